import { isObject, type JsonObject } from '../../json.ts';
import { pointerTo } from '../../json-pointer.ts';
import { compileSchema, type SchemaCheck } from '../schema.ts';
import { kindOf, type Located, type Reading } from './reading.ts';

export interface NamedExample {
  readonly name: string;
  readonly summary: string;
  readonly synthetic: boolean;
  readonly value: unknown;
  readonly pointer: string;
}

/**
 * Reads the named examples of a media type, a parameter or a header. Checks them, and a single `example`, against the
 * schema next to them.
 *
 * @param isJson whether examples are JSON values. Otherwise an example that is a string is text in another format, which
 * a schema cannot check.
 */
export function readExamples(
  reading: Reading,
  owner: Located<JsonObject>,
  isJson: boolean,
): readonly NamedExample[] {
  const schema = schemaPointer(reading, owner);
  const isChecked = reading.checksExamples && schema !== undefined && reading.isFirstVisit(owner.pointer);
  const compiled: SchemaCheck = isChecked ? compileSchema(reading.document, schema) : () => [];
  const check = (value: unknown, pointer: string): void => {
    if (!isJson && typeof value === 'string') return;
    for (const violation of compiled(value)) {
      reading.report(pointer + violation.pointer, `the example breaks its schema: ${violation.detail}`);
    }
  };
  if (owner.value.example !== undefined) check(owner.value.example, pointerTo(owner.pointer, 'example'));
  return reading.objects(reading.object(owner, 'examples')).map(([name, example]) => {
    const { value } = example.value;
    if (example.value.externalValue !== undefined) {
      reading.report(
        pointerTo(example.pointer, 'externalValue'),
        'external examples are not supported; put the example under "value".',
      );
    } else if (value === undefined) {
      reading.report(example.pointer, 'the example has no "value".');
    } else {
      check(value, pointerTo(example.pointer, 'value'));
    }
    return {
      name,
      summary: reading.text(example, 'summary'),
      synthetic: example.value['x-synthetic'] === true,
      value,
      pointer: pointerTo(owner.pointer, 'examples', name),
    };
  });
}

/** The pointer of the `schema` of an owner. References are not followed, as keywords next to a `$ref` count too. */
export function schemaPointer(reading: Reading, owner: Located<JsonObject>): string | undefined {
  const { schema } = owner.value;
  if (schema === undefined) return undefined;
  const pointer = pointerTo(owner.pointer, 'schema');
  if (!isObject(schema) && typeof schema !== 'boolean') {
    reading.report(pointer, `expected a schema, which is an object, true or false; found ${kindOf(schema)}.`);
    return undefined;
  }
  return pointer;
}
