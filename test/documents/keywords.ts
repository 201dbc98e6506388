import { isObject } from '../../src/json.ts';

const TYPES = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'];

const isNumber = (value: unknown) => typeof value === 'number' && Number.isFinite(value);
const isCount = (value: unknown) => isNumber(value) && Number.isInteger(value) && Number(value) >= 0;
const isBoolean = (value: unknown) => typeof value === 'boolean';
const isText = (value: unknown) => typeof value === 'string';
const isTextList = (value: unknown) => Array.isArray(value) && value.every(isText);
const isType = (value: unknown) =>
  TYPES.some((type) => type === value) ||
  (Array.isArray(value) && value.length > 0 && value.every((type) => TYPES.includes(type)));

/**
 * Keywords of JSON Schema 2020-12 that a body can break, with what their value must be. Anything else is an annotation,
 * or means nothing, and a value of another shape is the document's mistake: a validator cannot be asked about either.
 */
export const ASSERTIONS: ReadonlyMap<string, (value: unknown) => boolean> = new Map(
  Object.entries({
    type: isType,
    enum: (value) => Array.isArray(value) && value.length > 0,
    const: () => true,
    multipleOf: (value) => isNumber(value) && Number(value) > 0,
    maximum: isNumber,
    minimum: isNumber,
    exclusiveMaximum: isNumber,
    exclusiveMinimum: isNumber,
    maxLength: isCount,
    minLength: isCount,
    pattern: isText,
    format: isText,
    maxItems: isCount,
    minItems: isCount,
    uniqueItems: isBoolean,
    maxContains: isCount,
    minContains: isCount,
    maxProperties: isCount,
    minProperties: isCount,
    required: isTextList,
    dependentRequired: (value) => isObject(value) && Object.values(value).every(isTextList),
  }),
);

/** Keywords whose value is a schema, a list of schemas, or schemas by name. */
export const SCHEMA = [
  'additionalProperties',
  'contains',
  'else',
  'if',
  'items',
  'not',
  'propertyNames',
  'then',
  'unevaluatedItems',
  'unevaluatedProperties',
];
export const SCHEMA_LIST = ['allOf', 'anyOf', 'oneOf', 'prefixItems'];
export const SCHEMA_MAP = ['$defs', 'dependentSchemas', 'patternProperties', 'properties'];
