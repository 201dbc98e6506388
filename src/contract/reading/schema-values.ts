import { isObject } from '../../json.ts';
import { TYPE_NAMES } from '../keywords.ts';
import { isPattern } from '../pattern.ts';

export interface ValueKind {
  /** As a message names it. */
  readonly expected: string;
  readonly accepts: (value: unknown) => boolean;
}

const TYPES: readonly unknown[] = TYPE_NAMES;
const NUMBER: ValueKind = { expected: 'a number', accepts: (value) => typeof value === 'number' };
const TEXT: ValueKind = { expected: 'a string', accepts: (value) => typeof value === 'string' };
const BOOLEAN: ValueKind = { expected: 'true or false', accepts: (value) => typeof value === 'boolean' };
const COUNT: ValueKind = {
  expected: 'a whole number, 0 or more',
  accepts: (value) => Number.isInteger(value) && Number(value) >= 0,
};
const NAMES: ValueKind = { expected: 'an array of names', accepts: isNames };

/** Keywords whose value makes the validator fail or misbehave when it is of the wrong kind. */
export const KEYWORD_VALUES: ReadonlyMap<string, ValueKind> = new Map(
  Object.entries<ValueKind>({
    dependentRequired: {
      expected: 'an object of arrays of names',
      accepts: (value) => isObject(value) && Object.values(value).every(isNames),
    },
    enum: {
      expected: 'an array of values, not empty',
      accepts: (value) => Array.isArray(value) && value.length > 0,
    },
    exclusiveMaximum: NUMBER,
    exclusiveMinimum: NUMBER,
    format: TEXT,
    maxContains: COUNT,
    maxItems: COUNT,
    maxLength: COUNT,
    maxProperties: COUNT,
    maximum: NUMBER,
    minContains: COUNT,
    minItems: COUNT,
    minLength: COUNT,
    minProperties: COUNT,
    minimum: NUMBER,
    multipleOf: {
      expected: 'a number above 0',
      accepts: (value) => typeof value === 'number' && value > 0,
    },
    pattern: {
      expected: 'a regular expression',
      accepts: (value) => typeof value === 'string' && isPattern(value),
    },
    required: NAMES,
    type: {
      expected: `one of ${TYPES.join(', ')}, or an array of them`,
      accepts: (value) => {
        if (!Array.isArray(value)) return TYPES.includes(value);
        return value.length > 0 && value.every((name) => TYPES.includes(name));
      },
    },
    uniqueItems: BOOLEAN,
  }),
);

function isNames(value: unknown): boolean {
  return Array.isArray(value) && value.every((name) => typeof name === 'string');
}
