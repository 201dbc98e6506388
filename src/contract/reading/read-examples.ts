import { isObject, type JsonObject } from '../../json.ts';
import { pointerTo } from '../../json-pointer.ts';
import { kindOf, type Located, type Reading } from './reading.ts';

export interface NamedExample {
  readonly name: string;
  readonly summary: string;
  readonly synthetic: boolean;
  readonly value: unknown;
  /** Where the value is, or would be if no reference led to it. */
  readonly pointer: string;
}

/** Reads the named examples of a media type, a parameter or a header; those without a value are left out. */
export function readExamples(reading: Reading, owner: Located<JsonObject>): readonly NamedExample[] {
  return reading.objects(reading.object(owner, 'examples')).flatMap(([name, example]) => {
    const at = valueMember(example.value);
    if (at === undefined) {
      reportNoValue(reading, example);
      return [];
    }
    return [
      {
        name,
        summary: reading.text(example, 'summary'),
        synthetic: example.value['x-synthetic'] === true,
        value: example.value[at],
        pointer: pointerTo(example.pointer, at),
      },
    ];
  });
}

/** The member that has the value; OpenAPI 3.2 has two more. */
function valueMember(example: JsonObject): string | undefined {
  return ['value', 'dataValue', 'serializedValue'].find((key) => example[key] !== undefined);
}

function reportNoValue(reading: Reading, { value, pointer }: Located<JsonObject>): void {
  if (value.externalValue === undefined) {
    reading.report('example-value', pointer, 'the example has no "value".');
    return;
  }
  const detail = 'external examples are not supported; put the example under "value".';
  reading.report('example-value', pointerTo(pointer, 'externalValue'), detail);
}

/** The pointer of the `schema` of an owner. References are not followed, as keywords next to a `$ref` count too. */
export function schemaPointer(reading: Reading, owner: Located<JsonObject>): string | undefined {
  const { schema } = owner.value;
  if (schema === undefined) return undefined;
  const pointer = pointerTo(owner.pointer, 'schema');
  if (isObject(schema) || typeof schema === 'boolean') return pointer;
  const detail = `expected a schema, which is an object, true or false; found ${kindOf(schema)}.`;
  reading.report('schema-keyword', pointer, detail);
  return undefined;
}
