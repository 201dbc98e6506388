import type { JsonObject } from '../../json.ts';
import { pointerTo } from '../../json-pointer.ts';
import type { Parameter, ParameterStyle } from '../contract.ts';
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
        reading.report(
          'parameter',
          located.pointer,
          `there is already a ${parameter.in} parameter "${parameter.name}".`,
        );
      own.add(key);
      parameters.set(key, parameter);
    }
  }
  return [...parameters.values()];
}

/** Whether a parameter of an operation or of its path item is the whole query. */
export function hasWholeQuery(reading: Reading, ...owners: readonly Located<JsonObject>[]): boolean {
  return owners.some((owner) => readList(reading, owner).some(isWholeQuery));
}

/** Of OpenAPI 3.2. */
function isWholeQuery({ value }: Located<JsonObject>): boolean {
  return value.in === 'querystring';
}

function readList(reading: Reading, owner: Located<JsonObject>): readonly Located<JsonObject>[] {
  const { parameters } = owner.value;
  if (parameters === undefined) return [];
  const pointer = pointerTo(owner.pointer, 'parameters');
  if (!Array.isArray(parameters)) {
    reading.report('wrong-type', pointer, `expected an array of parameters, found ${kindOf(parameters)}.`);
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
  if (isWholeQuery(parameter)) return undefined;
  if (typeof name !== 'string' || name === '') {
    reading.report('parameter', parameter.pointer, 'the parameter has no "name".');
    return undefined;
  }
  if (known === undefined) {
    reading.report(
      'parameter',
      parameter.pointer,
      `"in" of the parameter "${name}" has to be one of ${PLACES.join(', ')}.`,
    );
    return undefined;
  }
  // It has either a schema and examples, or one media type that has them.
  const content = reading.object(parameter, 'content');
  const [[mediaType, media] = []] = reading.objects(content);
  const described = media ?? parameter;
  return {
    name,
    in: known,
    required: required === true,
    description: reading.text(parameter, 'description'),
    example: readExample(reading, described, mediaType) ?? reading.object(parameter, 'schema')?.value.default,
    schema: schemaPointer(reading, described),
    ...readStyle(parameter.value, known),
    allowReserved: parameter.value.allowReserved === true,
    allowEmptyValue: parameter.value.allowEmptyValue === true,
    deprecated: parameter.value.deprecated === true,
    mediaType,
    isJson: mediaType !== undefined && isJson(mediaType),
  };
}

const STYLES: Readonly<Record<Parameter['in'], readonly [ParameterStyle, ...ParameterStyle[]]>> = {
  path: ['simple', 'label', 'matrix'],
  query: ['form', 'spaceDelimited', 'pipeDelimited', 'deepObject'],
  header: ['simple'],
  cookie: ['form', 'cookie'],
};

/** A style that the place does not have is read as the place's default. */
function readStyle(
  { style, explode }: JsonObject,
  place: Parameter['in'],
): Pick<Parameter, 'style' | 'explode'> {
  const styles = STYLES[place];
  const known = styles.find((candidate) => candidate === style) ?? styles[0];
  const byDefault = known === 'form' || known === 'cookie';
  return { style: known, explode: typeof explode === 'boolean' ? explode : byDefault };
}

function readExample(reading: Reading, owner: Located<JsonObject>, mediaType: string | undefined): unknown {
  const { example } = owner.value;
  const schema = schemaPointer(reading, owner);
  const single = { value: example, pointer: pointerTo(owner.pointer, 'example') };
  const examples = [...(example === undefined ? [] : [single]), ...readExamples(reading, owner)];
  for (const { value, pointer } of examples) reading.examples.add({ value, pointer, schema, mediaType });
  return examples[0]?.value;
}
