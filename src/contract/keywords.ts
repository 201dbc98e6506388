/** Keywords whose value is a schema. */
export const SUBSCHEMA: ReadonlySet<string> = new Set([
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
]);

/** Keywords whose value is an array of schemas. */
export const SUBSCHEMA_ARRAY: ReadonlySet<string> = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems']);

/** Keywords whose value is an object of schemas. */
export const SUBSCHEMA_MAP: ReadonlySet<string> = new Set([
  '$defs',
  'dependentSchemas',
  'patternProperties',
  'properties',
]);

/** Members that hold plain data: a `$ref` in there is not a reference. */
const DATA = new Set(['example', 'default', 'const', 'enum', 'value']);

/** Members that are maps. Their keys are names: a "default" in there is a response or a property, not data. */
const MAPS = new Set([
  ...SUBSCHEMA_MAP,
  'callbacks',
  'content',
  'encoding',
  'examples',
  'headers',
  'links',
  'parameters',
  'pathItems',
  'paths',
  'requestBodies',
  'responses',
  'schemas',
  'securitySchemes',
  'x-scenarios',
]);

/** Maps that may have specification extensions (`x-…`) among their members. */
const EXTENSIBLE = new Set(['paths', 'responses']);

/**
 * The name of the map that a member is, or `undefined`. Members of a map are never maps themselves.
 *
 * @param map the name of the map that the member is in, if any.
 */
export function mapAt(key: string, map: string | undefined): string | undefined {
  return map === undefined && MAPS.has(key) ? key : undefined;
}

/**
 * Whether a member holds plain data, so that a `$ref` in it is not a reference.
 *
 * @param map the name of the map that the member is in, if any.
 */
export function isData(key: string, member: unknown, map: string | undefined): boolean {
  if (map !== undefined) return EXTENSIBLE.has(map) && key.startsWith('x-');
  if (key.startsWith('x-')) return key !== 'x-scenarios';
  // `examples` of a schema is an array of data; of a media type it is a map of Example Objects.
  return DATA.has(key) || (key === 'examples' && Array.isArray(member));
}
