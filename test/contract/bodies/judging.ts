import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect } from 'vitest';
import { createBodyMaker } from '../../../src/contract/bodies/body-maker.ts';

/** The value that is made for a schema. */
export function make(schema: unknown): unknown {
  const made = createBodyMaker({ schema }).make('/schema');
  if ('failure' in made) throw new Error(made.failure);
  return made.value;
}

/** Why no value is made for a schema. */
export function failureOf(schema: unknown): string {
  const made = createBodyMaker({ schema }).make('/schema');
  if ('value' in made) throw new Error(`made ${JSON.stringify(made.value)}`);
  return made.failure;
}

/** What ajv finds wrong with a value; our own validator has passed it already. References are those of `{ schema }`. */
export function mistakesOf(schema: unknown, value: unknown): readonly unknown[] {
  const ajv = new Ajv2020({ strict: false, validateSchema: false, logger: false, allErrors: true });
  addFormats.default(ajv);
  const check = ajv.compile({ $ref: '#/schema', schema });
  return check(value) ? [] : (check.errors ?? ['invalid']);
}

/** Makes a value that ajv accepts, and the same one again. */
export function makeValid(schema: unknown): unknown {
  const value = make(schema);
  expect(mistakesOf(schema, value), JSON.stringify(value)).toEqual([]);
  expect(make(schema)).toEqual(value);
  return value;
}
