/** What an object of a document is, by OpenAPI's names. */
export type Kind =
  | 'document'
  | 'components'
  | 'pathItem'
  | 'operation'
  | 'parameter'
  | 'requestBody'
  | 'response'
  | 'mediaType'
  | 'encoding'
  | 'example'
  | 'securityScheme'
  | 'scenario'
  | 'schema';

/** A member with objects of a kind: one, a list, or a map by name. Extensions (`x-…`) of an open map are none. */
interface Shape {
  readonly key: string;
  readonly kind: Kind;
  readonly form: 'one' | 'list' | 'map' | 'open-map';
}

const one = (key: string, kind: Kind): Shape => ({ key, kind, form: 'one' });
const list = (key: string, kind: Kind): Shape => ({ key, kind, form: 'list' });
const map = (key: string, kind: Kind): Shape => ({ key, kind, form: 'map' });
const openMap = (key: string, kind: Kind): Shape => ({ key, kind, form: 'open-map' });

/** Of a path item, in the order in which OpenAPI lists them. */
export const METHODS = [
  'get',
  'post',
  'put',
  'patch',
  'delete',
  'options',
  'head',
  'trace',
  'query',
] as const;

/** Parameters and headers. */
const PARAMETER = [one('schema', 'schema'), map('content', 'mediaType'), map('examples', 'example')];

/** Which members are not plain data. Callbacks, webhooks and links are not: the mock has no use for them. */
export const SHAPES: Readonly<Record<Exclude<Kind, 'schema'>, readonly Shape[]>> = {
  document: [openMap('paths', 'pathItem'), one('components', 'components')],
  components: [
    map('schemas', 'schema'),
    map('responses', 'response'),
    map('parameters', 'parameter'),
    map('examples', 'example'),
    map('requestBodies', 'requestBody'),
    map('headers', 'parameter'),
    map('securitySchemes', 'securityScheme'),
    map('pathItems', 'pathItem'),
    map('mediaTypes', 'mediaType'),
  ],
  pathItem: [
    list('parameters', 'parameter'),
    ...METHODS.flatMap((method) => [one(method, 'operation'), one(method.toUpperCase(), 'operation')]),
    map('additionalOperations', 'operation'),
  ],
  operation: [
    list('parameters', 'parameter'),
    one('requestBody', 'requestBody'),
    openMap('responses', 'response'),
    map('x-scenarios', 'scenario'),
  ],
  parameter: PARAMETER,
  requestBody: [map('content', 'mediaType')],
  response: [map('headers', 'parameter'), map('content', 'mediaType'), map('x-scenarios', 'scenario')],
  mediaType: [
    one('schema', 'schema'),
    one('itemSchema', 'schema'),
    map('examples', 'example'),
    map('encoding', 'encoding'),
  ],
  encoding: [map('headers', 'parameter')],
  example: [],
  securityScheme: [],
  scenario: [],
};
