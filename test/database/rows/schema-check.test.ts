import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileRowSchema, type FieldSchema, MAX_FINDINGS } from '../../../src/database/rows/schema-check.ts';
import { COLLECTIONS } from '../../../src/database/rows/types.ts';
import { pointerTo } from '../../../src/json-pointer.ts';
import { packaged, schemas } from '../packaged.ts';

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);

/** Values that schemas like and dislike. */
const value = fc.oneof(
  fc.constantFrom<unknown>(null, true, 0, 1, -1, 1.5, 1e300, '', 'a', '\u{1f600}', 'now', 'editor', [], {}),
  fc.uuid(),
  fc.jsonValue({ maxDepth: 2 }),
);

describe.each([...COLLECTIONS])('a row of %s', (collection) => {
  const schema: FieldSchema = schemas[collection].items;
  const check = compileRowSchema(schema);
  const isValid = ajv.compile(schema);
  const names = [...Object.keys(schema.properties ?? {}), 'other', '__proto__'];
  const change = fc.tuple(fc.constantFrom(...names), value, fc.boolean());
  const rows: readonly object[] = packaged[collection] ?? [];

  it('that is changed in any way is refused when Ajv refuses it', () => {
    fc.assert(
      fc.property(fc.constantFrom({}, ...rows), fc.array(change, { maxLength: 4 }), (row, changes) => {
        const changed = new Map<string, unknown>(Object.entries(row));
        for (const [name, value, isRemoved] of changes) {
          if (isRemoved) changed.delete(name);
          else changed.set(name, value);
        }
        const given = Object.fromEntries(changed);
        expect([check(given).length === 0, given]).toEqual([isValid(given), given]);
      }),
    );
  });

  it('is refused in the places that Ajv names', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), value), (row) => {
        isValid(row);
        const expected = (isValid.errors ?? []).map(({ instancePath, params }) =>
          'additionalProperty' in params ? pointerTo(instancePath, params.additionalProperty) : instancePath,
        );
        expect(new Set(check(row).map(({ pointer }) => pointer))).toEqual(new Set(expected));
      }),
    );
  });
});

it('text is counted in characters', () => {
  const check = compileRowSchema({ type: 'string', minLength: 2 });
  expect(['\u{1f600}', 'ab', '\u{1f600}\u{1f600}'].map((text) => check(text).length)).toEqual([1, 0, 0]);
});

it.each<[string, FieldSchema, unknown]>([
  ['fields that do not exist', { properties: {}, additionalProperties: false }, manyFields(200_000)],
  ['items', { items: { type: 'integer' } }, Array(500_000).fill('x')],
])('of a million wrong %s, the first are listed', (_, schema, row) => {
  expect(compileRowSchema(schema)(row)).toHaveLength(MAX_FINDINGS);
});

it('a name of four million letters is cut', () => {
  const check = compileRowSchema({ additionalProperties: false });
  const [finding] = check({ ['a'.repeat(4_000_000)]: 1 });
  expect(JSON.stringify(finding).length).toBeLessThan(300);
});

it('a keyword that is not known is an error, not a check that never fails', () => {
  const schema: object = { type: 'string', maxLength: 2 };
  expect(() => compileRowSchema(schema)).toThrow(
    'fixtures/schema: the keyword "maxLength" is not known to database/rows/schema-check.ts.',
  );
});

function manyFields(count: number): object {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`field${index}`, index]));
}
