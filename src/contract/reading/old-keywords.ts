import type { JsonObject } from '../../json.ts';

/** Keywords whose schemas are about the same value; what `null` has to pass beside `type`, `enum` and `const`. */
const IN_PLACE = ['$ref', 'allOf', 'oneOf', 'anyOf', 'not', 'if', 'then', 'else', 'discriminator'];

/** Keywords that say something about a schema, not about values. They count beside a reference in OpenAPI 3.0 too. */
const ANNOTATIONS = new Set([
  '$ref',
  'default',
  'deprecated',
  'description',
  'example',
  'examples',
  'nullable',
  'readOnly',
  'title',
  'writeOnly',
]);

/**
 * Lets a schema that is `nullable` accept `null`. OpenAPI 3.0 says so only beside a `type`; everybody means it beside
 * `allOf` and a reference too.
 */
export function allowNull(schema: JsonObject): void {
  const { type, enum: values, anyOf } = schema;
  const hasConst = Object.hasOwn(schema, 'const') && schema.const !== null;
  if (type !== undefined) Reflect.set(schema, 'type', [...new Set([type, 'null'].flat())]);
  if (Array.isArray(values) && !values.includes(null)) Reflect.set(schema, 'enum', [...values, null]);
  const inPlace = [...IN_PLACE, ...(hasConst ? ['const'] : [])].filter((key) => Object.hasOwn(schema, key));
  if (inPlace.length === 0) return;
  if (inPlace.length === 1 && Array.isArray(anyOf)) {
    Reflect.set(schema, 'anyOf', [...anyOf, { type: 'null' }]);
    return;
  }
  const branch = Object.fromEntries(inPlace.map((key) => [key, schema[key]]));
  for (const key of inPlace) Reflect.deleteProperty(schema, key);
  Reflect.set(schema, 'anyOf', [branch, { type: 'null' }]);
}

/** In OpenAPI 3.0, what stands beside a reference does not count. */
export function dropSiblings(schema: JsonObject): void {
  for (const key of Object.keys(schema)) {
    if (!ANNOTATIONS.has(key) && !key.startsWith('x-')) Reflect.deleteProperty(schema, key);
  }
}

/** Reads `exclusiveMinimum: true` beside `minimum: 1` as `exclusiveMinimum: 1`; likewise for maximum. */
export function readExclusive(
  schema: JsonObject,
  keyword: 'exclusiveMinimum' | 'exclusiveMaximum',
  bound: string,
): void {
  const isExclusive = schema[keyword] === true && typeof schema[bound] === 'number';
  if (isExclusive) Reflect.set(schema, keyword, schema[bound]);
  else Reflect.deleteProperty(schema, keyword);
  if (isExclusive) Reflect.deleteProperty(schema, bound);
}

/** Says in the words of JSON Schema what the formats of OpenAPI 3.0 say of text that stands for bytes. */
export function readBytes(schema: JsonObject): void {
  const { format, contentEncoding, contentMediaType } = schema;
  if (format === 'byte' && contentEncoding === undefined) Reflect.set(schema, 'contentEncoding', 'base64');
  if (format === 'binary' && contentMediaType === undefined) {
    Reflect.set(schema, 'contentMediaType', 'application/octet-stream');
  }
}
