import { readFileSync } from 'node:fs';
import { Comparator } from '@pactflow/openapi-pact-comparator';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { createMock, type HttpRequest, type Pact } from '../../../src/index.ts';
import { CONTRACT_FILE, mockWith } from '../../contract/copies.ts';
import { ask, FLAGS, NOW, PATHS, request, requestWith } from '../asking.ts';
import { askForAllScenarios, NAMES } from './asking.ts';

/** What the comparator has against a pact. It changes what it is given. */
async function findings(
  pact: Pact,
  contract = readFileSync(CONTRACT_FILE, 'utf8'),
): Promise<readonly string[]> {
  const openapi = load(contract);
  if (typeof openapi !== 'object' || openapi === null) throw new Error('no document');
  const found: string[] = [];
  for await (const { code, message } of new Comparator(openapi).compare(JSON.parse(JSON.stringify(pact)))) {
    found.push(`${code}: ${message}`);
  }
  return found;
}

describe('the comparator of openapi.yaml and pacts', () => {
  it('finds nothing in a pact of all scenarios of both operations', async () => {
    const mock = createMock({ now: NOW });
    askForAllScenarios(mock);
    const pact = mock.pact(NAMES);
    const scenarios = mock.contract.operations.flatMap(({ scenarios }) => [...scenarios.values()]);
    const representable = scenarios.filter(({ reply }) => reply === 'example' || reply === 'empty');
    expect(pact.interactions).toHaveLength(representable.length + 2);
    expect(await findings(pact)).toEqual([]);
  });

  it('finds nothing in a pact of parameters as the contract has them', async () => {
    const mock = createMock({ now: NOW });
    const query =
      'events=%5B%7B%22id%22%3A%22%24pageview%22%7D%5D&actions=%5B%5D&limit=20&properties=%5B%5D&format=json';
    ask(mock, { path: PATHS[FLAGS], query });
    expect(await findings(mock.pact(NAMES))).toEqual([]);
  });

  it.each<{ what: string; changes: Partial<HttpRequest>; found: RegExp }>([
    {
      what: 'an unknown parameter',
      changes: { query: 'limits=20' },
      found: /^request\.query\.unknown: .*limits/,
    },
    {
      what: 'a value of the wrong type',
      changes: { query: 'limit=many' },
      found: /^request\.query\.incompatible/,
    },
    { what: 'a value out of range', changes: { query: 'limit=-1' }, found: /^request\.query\.incompatible/ },
    { what: 'a missing key', changes: { headers: {} }, found: /^request\.authorization\.missing/ },
  ])('finds $what, also after a request that keeps the contract', async ({ changes, found }) => {
    // PostHog answers such requests with errors, whose requests the comparator does not check.
    const mock = createMock({ now: NOW, scenario: 'flag-implemented' });
    for (const query of ['', 'limit=20']) ask(mock, { path: PATHS[FLAGS], query });
    expect(await findings(mock.pact(NAMES))).toEqual([]);
    expect(ask(mock, { path: PATHS[FLAGS], ...changes }).status).toBe(200);
    expect(await findings(mock.pact(NAMES))).toEqual([expect.stringMatching(found)]);
  });

  it('does not look at a request that is answered with an error; the journal does', async () => {
    const mock = createMock({ now: NOW });
    expect(ask(mock, { path: PATHS[FLAGS], query: 'limit=abc' }).status).toBe(500);
    const pact = mock.pact(NAMES);
    expect(pact.interactions.map(({ response }) => response.status)).toEqual([500]);
    expect(await findings(pact)).toEqual([]);
    expect(mock.journal.entries[0]?.findings).toMatchObject([{ in: 'query', name: 'limit' }]);
  });

  it('keeps out of a pact what is refused', () => {
    const mock = createMock({ now: NOW, requests: 'error' });
    expect(ask(mock, { path: PATHS[FLAGS], query: 'limit=abc' }).status).toBe(400);
    expect(mock.pact(NAMES)).toMatchObject({ interactions: [] });
  });

  it('finds a media type that the contract does not answer with', async () => {
    const mock = createMock({ now: NOW });
    ask(mock, requestWith({ accept: 'application/xml' }));
    expect(await findings(mock.pact(NAMES))).toEqual([
      expect.stringMatching(/^request\.accept\.incompatible/),
    ]);
  });

  it('finds a status that the contract does not have', async () => {
    const mock = mockWith((document) => {
      const { responses } = document.paths['/api/projects/{project_id}/experiments/stats/'].get;
      responses['418'] = { description: 'A teapot.', content: responses['500'].content ?? {} };
      responses['418'].content['application/json'] = { examples: { teapot: { value: {} } } };
    });
    mock.use('teapot');
    expect(ask(mock).status).toBe(418);
    expect(await findings(mock.pact(NAMES))).toEqual([
      expect.stringMatching(/^response\.status\.unknown: .*418/),
    ]);
  });

  it('finds a body that breaks the contract', async () => {
    const options = { now: NOW, validate: 'off' } as const;
    const mock = mockWith((document) => {
      document.components.schemas.ExperimentStats.properties.percent_change = { type: 'string' };
      const { examples } =
        document.paths['/api/projects/{project_id}/experiments/stats/'].get.responses['200'].content[
          'application/json'
        ];
      for (const { value } of Object.values<{ value: { percent_change: unknown } }>(examples)) {
        value.percent_change = 'none';
      }
    }, options);
    mock.use('trend-up');
    mock.answer(request());
    expect(await findings(mock.pact(NAMES))).toEqual([
      expect.stringMatching(/^response\.body\.incompatible/),
    ]);
  });
});

describe('with another contract', () => {
  const contract = `
openapi: 3.0.3
info: { title: Pets, version: 1.0.0 }
servers: [{ url: https://pets.example/v1 }]
paths:
  /owners/{owner}/pets:
    parameters: [{ name: owner, in: path, required: true, schema: { type: integer } }]
    post:
      operationId: addPet
      security: [{ Key: [] }]
      parameters:
        - { name: X-Trace, in: header, required: true, schema: { type: string, format: uuid } }
        - { name: colours, in: query, schema: { type: array, items: { type: string, enum: [red, blue] } } }
      requestBody:
        required: true
        content: { application/json: { schema: { $ref: "#/components/schemas/Pet" } } }
      responses:
        "201":
          description: The pet.
          headers: { X-Rate: { schema: { type: integer } } }
          content: { application/json: { schema: { $ref: "#/components/schemas/Pet" } } }
components:
  securitySchemes: { Key: { type: apiKey, in: header, name: X-Key } }
  schemas:
    Pet:
      type: object
      required: [name]
      properties:
        name: { type: string }
        born: { type: string, format: date, nullable: true }
        kind: { type: string, enum: [cat, dog] }
`;
  const headers = {
    'content-type': 'application/json',
    'x-key': 'a secret',
    'x-trace': '00000000-0000-4000-8000-000000000000',
  };
  const add = (body: string): Pact => {
    const mock = createMock({ contract });
    expect(ask(mock, { method: 'POST', path: '/v1/owners/7/pets', headers, body }).status).toBe(201);
    return mock.pact(NAMES);
  };
  /** The comparator does not read `servers`. */
  const withBase = contract.replace('info: {', 'info: { x-opc-config-base-path: /v1,');

  it('has path, headers and body of a request, by the rules of that contract', async () => {
    const pact = add('{"name":"Rex","born":null,"kind":"dog"}');
    expect(pact.interactions).toMatchObject([
      {
        description: 'addPet answers 201',
        request: {
          path: '/v1/owners/7/pets',
          headers: { 'X-Trace': [headers['x-trace']], 'X-Key': ['[redacted]'] },
          body: { content: { name: 'Rex', born: null, kind: 'dog' } },
          matchingRules: {
            path: { matchers: [{ match: 'regex', regex: '^/v1/owners/[^/]+/pets$' }] },
            body: { '$.kind': { matchers: [{ match: 'regex', regex: '^(cat|dog)$' }] } },
          },
        },
      },
    ]);
    expect(await findings(pact, withBase)).toEqual([]);
  });

  it.each<{ what: string; options: object; changes: Partial<HttpRequest>; found: RegExp }>([
    {
      what: 'a body',
      options: {},
      changes: { body: '{"name":"Tom","kind":"cow"}' },
      found: /^request\.body\.incompatible: .*allowed values/,
    },
    {
      what: 'a body, also where the mock checks no requests',
      options: { requests: 'off' },
      changes: { body: '{"name":"Tom","kind":"cow"}' },
      found: /^request\.body\.incompatible: .*allowed values/,
    },
    {
      what: 'a parameter in the path',
      options: {},
      changes: { path: '/v1/owners/nora/pets' },
      found: /^request\.path-or-method\.unknown/,
    },
    {
      what: 'an item of a list',
      options: {},
      changes: { query: 'colours=red&colours=loud' },
      found: /^request\.query\.incompatible/,
    },
  ])('finds $what that breaks it, after one of the same types that does not', async (row) => {
    const { options, changes, found } = row;
    const mock = createMock({ contract, ...options });
    const query = 'colours=red&colours=blue';
    const good = {
      method: 'POST',
      path: '/v1/owners/7/pets',
      query,
      headers,
      body: '{"name":"Rex","kind":"dog"}',
    };
    ask(mock, good);
    expect(await findings(mock.pact(NAMES), withBase)).toEqual([]);
    ask(mock, { ...good, ...changes });
    expect(await findings(mock.pact(NAMES), withBase)).toEqual([expect.stringMatching(found)]);
  });

  it('finds a body that breaks it', async () => {
    expect(await findings(add('{"kind":"cow"}'), withBase)).toEqual([
      expect.stringMatching(/^request\.body\.incompatible: .*name/),
      expect.stringMatching(/^request\.body\.incompatible: .*allowed values/),
    ]);
  });
});
