import { isObject } from '../../json.ts';
import { pointerTo } from '../../json-pointer.ts';
import { shown } from '../../text/shown.ts';
import { SUBSCHEMA, SUBSCHEMA_ARRAY, SUBSCHEMA_MAP } from '../keywords.ts';
import { isPattern } from '../pattern.ts';
import { createCycleCheck } from './check-cycles.ts';
import { kindOf, type Reading } from './reading.ts';
import { walk } from './walk.ts';

/** Reports mistakes in the schemas themselves, so that no example is blamed for them. */
export function checkSchemas(reading: Reading): void {
  const checkCycles = createCycleCheck(reading);
  walk(reading.document, ({ key, value, pointer, map }) => {
    const isSchema = map === 'schemas' || (map === undefined && key === 'schema');
    if (isSchema) checkSchema({ reading, checkCycles }, value, pointer);
    return !isSchema;
  });
}

interface SchemaReading {
  readonly reading: Reading;
  readonly checkCycles: (schema: unknown, pointer: string) => void;
}

function checkSchema(parts: SchemaReading, schema: unknown, pointer: string): void {
  const { reading, checkCycles } = parts;
  if (typeof schema === 'boolean') return;
  if (!isObject(schema)) {
    reading.report(pointer, `expected a schema, which is an object, true or false; found ${kindOf(schema)}.`);
    return;
  }
  checkCycles(schema, pointer);
  for (const [keyword, value] of Object.entries(schema)) {
    const at = pointerTo(pointer, keyword);
    if (SUBSCHEMA.has(keyword)) checkSchema(parts, value, at);
    else if (SUBSCHEMA_ARRAY.has(keyword))
      checkSubschemas(parts, value, at, Array.isArray(value), 'an array');
    else if (SUBSCHEMA_MAP.has(keyword)) checkSubschemas(parts, value, at, isObject(value), 'an object');
    else if (Object.hasOwn(VALUES, keyword)) checkValue(reading, value, at, VALUES[keyword]);
  }
}

interface ValueKind {
  /** As a message names it. */
  readonly expected: string;
  readonly accepts: (value: unknown) => boolean;
}

const TYPES = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'];
const NUMBER: ValueKind = { expected: 'a number', accepts: (value) => typeof value === 'number' };
const COUNT: ValueKind = {
  expected: 'a whole number, 0 or more',
  accepts: (value) => Number.isInteger(value) && Number(value) >= 0,
};

/** Keywords whose value makes the validator fail or misbehave when it is of the wrong kind. */
const VALUES: Readonly<Record<string, ValueKind>> = {
  enum: { expected: 'an array of values', accepts: Array.isArray },
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
  pattern: {
    expected: 'a regular expression',
    accepts: (value) => typeof value === 'string' && isPattern(value),
  },
  required: {
    expected: 'an array of names',
    accepts: (value) => Array.isArray(value) && value.every((name) => typeof name === 'string'),
  },
  type: {
    expected: `one of ${TYPES.join(', ')}, or an array of them`,
    accepts: (value) => [value].flat().every((name) => TYPES.some((known) => known === name)),
  },
};

function checkSubschemas(
  parts: SchemaReading,
  subschemas: unknown,
  pointer: string,
  isExpected: boolean,
  expected: string,
): void {
  if (!isExpected || typeof subschemas !== 'object' || subschemas === null) {
    parts.reading.report(pointer, `expected ${expected} of schemas, found ${kindOf(subschemas)}.`);
    return;
  }
  for (const [key, schema] of Object.entries(subschemas)) checkSchema(parts, schema, pointerTo(pointer, key));
}

function checkValue(reading: Reading, value: unknown, pointer: string, kind: ValueKind | undefined): void {
  if (!kind || kind.accepts(value)) return;
  reading.report(pointer, `expected ${kind.expected}, found ${shown(value)}.`);
}
