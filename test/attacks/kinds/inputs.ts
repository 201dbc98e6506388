import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Attack, type Site, STATS } from '../attack.ts';

const HEAD = 'openapi: 3.1.0\ninfo: { title: x, version: "1" }\n';

/** A contract with one operation, and what else is given as lines of YAML. */
function contractOf(schema: string, { example = '1', rest = '', security = '' } = {}): string {
  return `${HEAD}${rest}
paths:
  ${STATS}:
    get:
      operationId: a
      ${security}
      responses:
        '200':
          description: x
          content: { application/json: { schema: ${schema}, examples: { a: { value: ${example} } } } }
`;
}

const PATTERNS: readonly { readonly pattern: string; readonly text: string }[] = [
  { pattern: '^(a+)+$', text: `${'a'.repeat(40)}!` },
  { pattern: '^(a|aa)+$', text: `${'a'.repeat(60)}!` },
  { pattern: '^(([a-z])+.)+[A-Z]([a-z])+$', text: 'a'.repeat(60) },
  { pattern: '(.*a){20}$', text: `${'a'.repeat(60)}b` },
  { pattern: '\\s*\\s*\\s*\\s*$', text: `${' '.repeat(5_000)}x` },
];

const names = (count: number, make: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => make(index));

interface Document {
  readonly of: string;
  /** Not more than so many seconds to say what is wrong. */
  readonly seconds?: number;
  readonly large: number;
  readonly small: number;
  readonly text: (size: number) => string;
}

const CONTRACTS: readonly Document[] = [
  ...PATTERNS.map(({ pattern, text }) => ({
    of: `the pattern ${pattern} and an example that takes for ever`,
    large: 1,
    small: 1,
    text: () => contractOf(`{ type: string, pattern: ${JSON.stringify(pattern)} }`, { example: `"${text}"` }),
  })),
  {
    of: 'scopes',
    large: 1_000_000,
    small: 200_000,
    seconds: 5,
    text: (size) => {
      const rest = 'components: { securitySchemes: { k: { type: http, scheme: bearer } } }';
      const scopes = names(size, (index) => `s${index}`).join(',');
      return contractOf('{}', { rest, security: `security: [{ k: [${scopes}] }]` });
    },
  },
  {
    of: 'lines of YAML',
    large: 400_000,
    small: 40_000,
    seconds: 5,
    text: (size) =>
      `${contractOf('{}')}x-long:\n${names(size, (index) => `  a${index}: [b, "c"]\n`).join('')}`,
  },
  {
    of: 'schemas that include each other',
    large: 1,
    small: 1,
    text: () => {
      const b = "b: { allOf: [{ $ref: '#/components/schemas/a' }] }";
      const a = "a: { allOf: [{ $ref: '#/components/schemas/b' }] }";
      return contractOf("{ $ref: '#/components/schemas/a' }", {
        rest: `components: { schemas: { ${a}, ${b} } }`,
      });
    },
  },
  {
    of: 'schemas, each of which includes the next',
    large: 100_000,
    small: 20_000,
    seconds: 5,
    text: (size) => {
      const next = (index: number) =>
        `a${index}: { allOf: [{ $ref: '#/components/schemas/a${index + 1}' }] }`;
      const schemas = `components: { schemas: { ${[...names(size, next), `a${size}: {}`].join(', ')} } }`;
      return contractOf("{ $ref: '#/components/schemas/a0' }", { rest: schemas });
    },
  },
  {
    of: 'nested lists of YAML',
    large: 500_000,
    small: 20_000,
    seconds: 5,
    text: (size) => `${contractOf('{}')}x-deep: ${'['.repeat(size)}${']'.repeat(size)}\n`,
  },
  {
    of: 'nested schemas, as JSON',
    large: 500_000,
    small: 20_000,
    seconds: 5,
    text: (size) => {
      const get = '"get":{"operationId":"a","responses":{"200":{"description":"x"}}}';
      const deep = `${'{"items":'.repeat(size)}{}${'}'.repeat(size)}`;
      const schemas = `"components":{"schemas":{"a":${deep}}}`;
      return `{"openapi":"3.1.0","info":{"title":"x","version":"1"},"paths":{"/a":{${get}}},${schemas}}`;
    },
  },
  {
    of: 'levels of an example',
    large: 500_000,
    small: 20_000,
    seconds: 5,
    text: (size) => contractOf('{}', { example: `${'['.repeat(size)}${']'.repeat(size)}` }),
  },
  {
    of: 'aliases of aliases',
    large: 30,
    small: 12,
    text: (size) => {
      const next = (index: number) =>
        `  a${index + 1}: &a${index + 1} [${Array(9).fill(`*a${index}`).join(',')}]\n`;
      return `${contractOf('{}')}x-many:\n  a0: &a0 [x]\n${names(size, next).join('')}`;
    },
  },
  {
    of: 'references to references',
    large: 100_000,
    small: 20_000,
    seconds: 5,
    text: (size) => {
      const next = (index: number) => `a${index}: { $ref: '#/components/schemas/a${index + 1}' }`;
      const schemas = `components: { schemas: { ${[...names(size, next), `a${size}: {}`].join(', ')} } }`;
      return contractOf("{ $ref: '#/components/schemas/a0' }", { rest: schemas });
    },
  },
];

const FIXTURES: readonly (Document & { readonly file: string })[] = [
  {
    of: 'rows',
    file: 'experiments.json',
    large: 1_000_000,
    small: 100_000,
    seconds: 2,
    text: (size) => `[${names(size, (index) => `{"id":${index + 1},"project_id":1,"name":"x"}`).join(',')}]`,
  },
  {
    of: 'rows of events',
    file: 'events.json',
    large: 1_000_000,
    small: 100_000,
    seconds: 2,
    text: (size) =>
      `[${names(size, () => '{"project_id":1,"event":"x","timestamp":"now-1d","properties":{"a":1}}').join(',')}]`,
  },
  {
    of: 'rows that are numbers',
    file: 'experiments.json',
    large: 1_000_000,
    small: 200_000,
    text: (size) => `[${Array(size).fill('1').join(',')}]`,
  },
  {
    of: 'levels of a value',
    file: 'experiments.json',
    large: 500_000,
    small: 100_000,
    text: (size) => `[{"id":1,"project_id":1,"parameters":${'['.repeat(size)}${']'.repeat(size)}}]`,
  },
  {
    of: 'levels of a file',
    file: 'users.json',
    large: 500_000,
    small: 100_000,
    text: (size) => `${'['.repeat(size)}${']'.repeat(size)}`,
  },
  {
    of: 'scopes of a key',
    file: 'personal-api-keys.json',
    large: 1_000_000,
    small: 200_000,
    text: (size) =>
      `[{"value":"a","user_id":1,"scopes":[${names(size, (index) => `"s${index}"`).join(',')}]}]`,
  },
];

/** A large file may take ten times as long: it is ten times as large. */
const secondsOf = ({ seconds = 2, large, small }: Document, { size }: Site) =>
  seconds * size(Math.max(1, large / small), 1);

const labelOf = ({ of, small }: Document) => (small === 1 ? of : `many ${of}`);

/** A file of the user's own that is too large, too deep or too slow ends in a finding that says so. */
export const INPUTS: readonly Attack[] = [
  ...CONTRACTS.map(
    (document): Attack => ({
      name: `a contract with ${labelOf(document)}`,
      make: async (site) => {
        const contract = join(site.folder, 'contract.yaml');
        writeFileSync(contract, document.text(site.size(document.large, document.small)));
        await site.command(['validate', '--contract', contract], secondsOf(document, site));
      },
    }),
  ),
  ...FIXTURES.map(
    (document): Attack => ({
      name: `fixtures with ${labelOf(document)}`,
      make: async (site) => {
        writeFileSync(
          join(site.folder, document.file),
          document.text(site.size(document.large, document.small)),
        );
        await site.command(['validate', '--fixtures', site.folder], secondsOf(document, site));
      },
    }),
  ),
];
