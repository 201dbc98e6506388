import { isObject } from '../../json.ts';
import { pointerTo } from '../../json-pointer.ts';
import { shown } from '../../text/shown.ts';
import { SUBSCHEMA, SUBSCHEMA_ARRAY, SUBSCHEMA_MAP } from '../keywords.ts';
import { kindOf, type Reading } from './reading.ts';
import { walk } from './walk.ts';

/** Reports mistakes in the schemas themselves, so that no example is blamed for them. */
export function checkSchemas(reading: Reading): void {
  walk(reading.document, ({ key, value, pointer, map }) => {
    const isSchema = map === 'schemas' || (map === undefined && key === 'schema');
    if (isSchema) checkSchema(reading, value, pointer);
    return !isSchema;
  });
}

function checkSchema(reading: Reading, schema: unknown, pointer: string): void {
  if (typeof schema === 'boolean') return;
  if (!isObject(schema)) {
    reading.report(pointer, `expected a schema, which is an object, true or false; found ${kindOf(schema)}.`);
    return;
  }
  for (const [keyword, value] of Object.entries(schema)) {
    const at = pointerTo(pointer, keyword);
    if (SUBSCHEMA.has(keyword)) checkSchema(reading, value, at);
    else if (SUBSCHEMA_ARRAY.has(keyword)) checkMembers(reading, value, at, Array.isArray(value), 'an array');
    else if (SUBSCHEMA_MAP.has(keyword)) checkMembers(reading, value, at, isObject(value), 'an object');
    else if (Object.hasOwn(VALUES, keyword)) checkValue(reading, value, at, VALUES[keyword]);
  }
}

interface ValueKind {
  readonly expected: string;
  readonly holds: (value: unknown) => boolean;
}

const TYPES = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'];
const NUMBER: ValueKind = { expected: 'a number', holds: (value) => typeof value === 'number' };
const COUNT: ValueKind = {
  expected: 'a whole number, 0 or more',
  holds: (value) => Number.isInteger(value) && Number(value) >= 0,
};

/** The other keywords that a checker stumbles over when their value is of the wrong kind. */
const VALUES: Readonly<Record<string, ValueKind>> = {
  enum: { expected: 'an array of values', holds: Array.isArray },
  exclusiveMaximum: NUMBER,
  exclusiveMinimum: NUMBER,
  maxItems: COUNT,
  maxLength: COUNT,
  maxProperties: COUNT,
  maximum: NUMBER,
  minItems: COUNT,
  minLength: COUNT,
  minProperties: COUNT,
  minimum: NUMBER,
  multipleOf: NUMBER,
  pattern: { expected: 'a regular expression', holds: isPattern },
  required: {
    expected: 'an array of names',
    holds: (value) => Array.isArray(value) && value.every((name) => typeof name === 'string'),
  },
  type: {
    expected: `one of ${TYPES.join(', ')}, or an array of them`,
    holds: (value) => [value].flat().every((name) => TYPES.some((known) => known === name)),
  },
};

function checkMembers(
  reading: Reading,
  members: unknown,
  pointer: string,
  isOfKind: boolean,
  kind: string,
): void {
  if (!isOfKind || typeof members !== 'object' || members === null) {
    reading.report(pointer, `expected ${kind} of schemas, found ${kindOf(members)}.`);
    return;
  }
  for (const [key, member] of Object.entries(members)) checkSchema(reading, member, pointerTo(pointer, key));
}

function checkValue(reading: Reading, value: unknown, pointer: string, kind: ValueKind | undefined): void {
  if (!kind || kind.holds(value)) return;
  reading.report(pointer, `expected ${kind.expected}, found ${shown(value)}.`);
}

/** JSON Schema wants patterns to be those of ECMA-262 with the flag `u`. */
function isPattern(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  try {
    new RegExp(value, 'u');
    return true;
  } catch {
    return false;
  }
}
