/** What may be odd about a contract: each kind in one sentence, which says what the mock does about it. */
export const FINDING_KINDS = {
  document: 'The document cannot be served.',
  'missing-member': 'A member that OpenAPI asks for is missing; what needs it is left out.',
  'wrong-type': 'A value is of another type than OpenAPI says; it reads as absent.',
  'duplicate-key': 'A key is given twice in one object; the last one counts.',
  'through-reference':
    'A reference leads through another one, which JSON Pointer does not follow; it is followed here.',
  reference: 'A reference leads nowhere; what it stands for is absent, and a schema accepts every value.',
  'remote-reference':
    'A reference leads to a URL, which is never fetched; it reads as one that leads nowhere.',
  'file-reference': 'A reference leads to a file that is not read; it reads as one that leads nowhere.',
  circle: 'References lead back to themselves, or on and on; the last one is ignored.',
  'schema-keyword': 'A keyword of a schema has a value that JSON Schema does not allow; it is ignored.',
  'old-keyword': 'A schema has a keyword of OpenAPI 3.0 in a later document; it means what it meant there.',
  pattern:
    'A pattern is not a regular expression as JavaScript has them; it is ignored, or mended if that is safe.',
  'invalid-example': 'An example breaks its schema; another answer takes its place where one can be made.',
  'unsatisfiable-schema':
    'No body fits a schema, as far as was found, which only a strict reading looks for; "null" is sent.',
  'example-value': 'An example has no value in the document; it is left out.',
  'operation-id': 'Two operations have one operationId; the later one is called by its method and path.',
  'same-route': 'Two operations match the same paths; the first one whose parameters fit answers.',
  path: 'A path does not start with a slash; it reads as if it did.',
  method:
    'A method is not in lower case; it reads as if it were, or is not served where the path has it already.',
  parameter: 'A parameter is not one that OpenAPI knows, or is there twice; it is ignored.',
  status: 'A status is not one; its response is left out.',
  header: 'A header or media type of a response cannot be sent; it is left out.',
  scenario: 'A scenario cannot be read, or its name is taken; it is left out.',
  security: 'A security requirement names a scheme that is not described; any credential passes.',
} as const;

/** What kind of oddity a finding is about. */
export type FindingKind = keyof typeof FINDING_KINDS;
