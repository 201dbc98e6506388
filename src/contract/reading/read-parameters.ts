import { isObject, type JsonObject } from '../../json.ts';
import { pointerTo } from '../../json-pointer.ts';
import type { Parameter } from '../contract.ts';
import { isJson } from '../media-type.ts';
import { readExamples, schemaPointer } from './read-examples.ts';
import { kindOf, type Located, type Reading } from './reading.ts';

const PLACES = ['path', 'query', 'header', 'cookie'] as const;

/** Reads the parameters of an operation. Its own override those of its path item with the same name and place. */
export function readParameters(
  reading: Reading,
  pathItem: Located<JsonObject>,
  operation: Located<JsonObject>,
): readonly Parameter[] {
  const parameters = new Map<string, Parameter>();
  for (const owner of [pathItem, operation]) {
    const own = new Set<string>();
    for (const located of readList(reading, owner)) {
      const parameter = readParameter(reading, located);
      if (!parameter) continue;
      const key = `${parameter.in} ${parameter.name}`;
      if (own.has(key))
        reading.report(located.pointer, `there is already a ${parameter.in} parameter "${parameter.name}".`);
      own.add(key);
      parameters.set(key, parameter);
    }
  }
  return [...parameters.values()];
}

function readList(reading: Reading, owner: Located<JsonObject>): readonly Located<JsonObject>[] {
  const { parameters } = owner.value;
  if (parameters === undefined) return [];
  const pointer = pointerTo(owner.pointer, 'parameters');
  if (!Array.isArray(parameters)) {
    reading.report(pointer, `expected an array of parameters, found ${kindOf(parameters)}.`);
    return [];
  }
  return parameters.flatMap((value: unknown, index) => {
    const located = reading.asObject(reading.follow({ value, pointer: pointerTo(pointer, index) }));
    return located ? [located] : [];
  });
}

function readParameter(reading: Reading, parameter: Located<JsonObject>): Parameter | undefined {
  const { name, in: place, required } = parameter.value;
  const known = PLACES.find((candidate) => candidate === place);
  if (typeof name !== 'string' || name === '') {
    reading.report(parameter.pointer, 'the parameter has no "name".');
    return undefined;
  }
  if (known === undefined) {
    reading.report(
      parameter.pointer,
      `"in" of the parameter "${name}" has to be one of ${PLACES.join(', ')}.`,
    );
    return undefined;
  }
  // It has either a schema and examples, or one media type that has them.
  const content = reading.own(parameter, 'content');
  const [mediaType] = Object.keys(content?.value ?? {});
  const described = (mediaType === undefined ? undefined : reading.own(content, mediaType)) ?? parameter;
  const schema = reading.object(parameter, 'schema')?.value;
  const [named] = readExamples(reading, described, mediaType === undefined || isJson(mediaType));
  return {
    name,
    in: known,
    required: required === true,
    description: reading.text(parameter, 'description'),
    example: described.value.example ?? named?.value ?? (isObject(schema) ? schema.default : undefined),
    schema: schemaPointer(reading, described),
    isJson: mediaType !== undefined && isJson(mediaType),
  };
}
