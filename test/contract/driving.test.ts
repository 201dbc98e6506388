import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { dump } from 'js-yaml';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ContractError, createMock } from '../../src/index.ts';
import { ask, bodyOf, FLAGS, NOW, PATHS, prefer, STATS } from '../mock/asking.ts';
import { CONTRACT_FILE, CONTRACT_TEXT, copyWith, type Document, mockWith } from './copies.ts';

const TEMPLATE = '/api/projects/{project_id}/experiments/stats/';

const statsOf = (document: Document): Document => document.paths[TEMPLATE].get;

describe('the contract drives routes', () => {
  it('a renamed path moves the operation together with its code', () => {
    const mock = mockWith((document) => {
      document.paths['/api/teams/{project_id}/experiments/figures/'] = document.paths[TEMPLATE];
      delete document.paths[TEMPLATE];
    });
    const moved = { path: '/api/teams/1/experiments/figures' };
    expect(bodyOf(mock, moved)).toEqual(bodyOf(createMock({ now: NOW })));
    expect(ask(mock, moved).headers['x-mock-operation']).toBe(STATS);
    const gone = ask(mock);
    expect(JSON.parse(gone.body ?? '')).toMatchObject({ detail: 'Endpoint not found.' });
    expect(gone.headers['x-mock-hint']).toContain('Nearest operation: GET /api/projects/');
    expect(mock.handlers.map(({ info }) => info.header)).toContain(
      'GET /api/teams/{project_id}/experiments/figures/',
    );
  });

  it('a removed operation no longer matches', () => {
    const mock = mockWith((document) => delete document.paths[TEMPLATE]);
    expect(ask(mock).status).toBe(404);
    expect(ask(mock, { path: PATHS[FLAGS] }).status).toBe(200);
    expect(mock.handlers).toHaveLength(1);
    expect(() => mock.use('ok', { operation: STATS })).toThrow(RangeError);
    expect(mock.scenarios.map(({ name }) => name)).not.toContain('few-launches');
  });

  it('servers set the base paths and the site named in the challenge', () => {
    const mock = mockWith((document) => {
      document.servers = [{ url: 'https://posthog.example.org/proxy/' }, { url: '/other' }];
    });
    expect(ask(mock, { path: `/proxy${PATHS[STATS]}` }).status).toBe(200);
    expect(ask(mock, { path: `/other${PATHS[STATS]}` }).status).toBe(200);
    expect(ask(mock).status).toBe(404);
    expect(ask(mock, { path: `/proxy${PATHS[STATS]}`, headers: {} }).headers['www-authenticate']).toBe(
      'Bearer resource_metadata="https://posthog.example.org/proxy/.well-known/oauth-protected-resource"',
    );
  });
});

describe('the contract drives scopes', () => {
  const mock = mockWith((document) => {
    statsOf(document).security = [{ PersonalAPIKeyAuth: ['insight:read'] }];
  });
  const missing = "API key missing required scope 'insight:read'";

  it.each([
    ['phx_experiment_read', 403],
    ['phx_no_experiment_scope', 200],
    ['phx_all_access', 200],
  ])('when insight:read is required, %s gets %i', (key, status) => {
    const reply = ask(mock, { headers: { authorization: `Bearer ${key}` } });
    expect(reply.status).toBe(status);
    if (status === 403) expect(JSON.parse(reply.body ?? '').detail).toBe(missing);
  });

  it('the other operation keeps its scopes', () => {
    expect(ask(mock, { path: PATHS[FLAGS] }).status).toBe(200);
  });

  it('the forced 403 names the new scope', () => {
    expect(JSON.parse(prefer(mock, 'scenario=missing-scope').body ?? '').detail).toBe(missing);
  });

  it.each<[string, object[], string, number]>([
    [
      'one of several requirements is enough',
      [{ A: ['a:read'] }, { B: ['experiment:read'] }],
      'phx_experiment_read',
      200,
    ],
    [
      'every scope of a requirement is needed',
      [{ A: ['experiment:read', 'a:read'] }],
      'phx_experiment_read',
      403,
    ],
    [
      'schemes of a requirement add up',
      [{ A: ['experiment:read'], B: ['a:read'] }],
      'phx_experiment_read',
      403,
    ],
    ['a key with every scope is enough', [{ A: ['experiment:read', 'a:read'] }], 'phx_all_access', 200],
    ['an empty list needs no key', [], '', 200],
    ['an empty requirement makes the key optional', [{ A: ['a:read'] }, {}], '', 200],
  ])('%s', (_, security, key, status) => {
    const given = mockWith((document) => {
      statsOf(document).security = security;
    });
    const headers = key === '' ? {} : { authorization: `Bearer ${key}` };
    expect(ask(given, { path: PATHS[STATS], headers }).status).toBe(status);
  });
});

describe('the contract drives scenarios', () => {
  it.each([
    ['200', { few: 1 }],
    ['404', 'plain'],
    ['418', { short: true, stout: true }],
  ])('a new example under %s can be selected', (status, value) => {
    const mock = mockWith((document) => {
      statsOf(document).responses[status] = {
        description: 'More.',
        content: { 'application/json': { examples: { 'brand-new': { summary: 'Brand new', value } } } },
      };
    });
    expect(mock.scenarios).toContainEqual({
      name: 'brand-new',
      status: Number(status),
      operations: [STATS],
      summary: 'Brand new',
      synthetic: false,
    });
    const expected = { status: Number(status), body: JSON.stringify(value) };
    expect(prefer(mock, 'scenario=brand-new')).toMatchObject(expected);
    mock.use('brand-new');
    expect(ask(mock)).toMatchObject(expected);
    expect(ask(mock).headers).toMatchObject({ 'x-mock-scenario': 'brand-new', 'x-mock-source': 'example' });
    expect(ask(mock, { path: PATHS[FLAGS] }).headers['x-mock-scenario']).toBe('ok');
  });

  it('a new entry of x-scenarios can be selected', () => {
    const mock = mockWith((document) => {
      statsOf(document).responses['200']['x-scenarios'].nothing = { summary: 'Nothing', reply: 'empty' };
      statsOf(document)['x-scenarios'].unplugged = { summary: 'Unplugged', reply: 'network-error' };
    });
    const nothing = prefer(mock, 'scenario=nothing');
    expect(nothing).toMatchObject({ status: 200, body: null });
    expect(nothing.headers).not.toHaveProperty('content-type');
    mock.use('unplugged');
    expect(mock.answer({ method: 'GET', path: PATHS[STATS], query: '', headers: {}, body: null }).kind).toBe(
      'network-error',
    );
  });

  it('a removed example cannot be selected', () => {
    const mock = mockWith((document) => delete statsOf(document).responses['429']);
    mock.use('ok');
    expect(prefer(mock, 'scenario=throttled').headers['x-mock-scenario']).toBe('ok');
  });
});

describe('the contract checks answers', () => {
  const narrowed = (document: Document) => {
    delete statsOf(document).responses['200'].content['application/json'].examples;
    document.components.schemas.ExperimentStats.properties.active_experiments.maximum = 3;
  };

  it('a computed answer that breaks its schema becomes a 500 problem that says where', () => {
    const reply = ask(mockWith(narrowed));
    expect(reply.status).toBe(500);
    expect(reply.headers['content-type']).toBe('application/problem+json');
    expect(JSON.parse(reply.body ?? '')).toMatchObject({
      code: 'MOCK_RESPONSE_INVALID',
      errors: [{ in: 'body', pointer: '/active_experiments' }],
    });
  });

  it('an answer that breaks its schema is sent when validate is off', () => {
    expect(ask(mockWith(narrowed, { validate: 'off' })).status).toBe(200);
  });
});

describe('the contract can be given', () => {
  const folder = mkdtempSync(join(tmpdir(), 'contract-'));
  const file = join(folder, 'contract.yaml');
  const renamed = copyWith((document) => {
    document.paths['/v9/stats/'] = { get: { responses: { 204: { description: 'Nothing.' } } } };
  });

  beforeAll(() => writeFileSync(file, dump(renamed)));
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each<[string, () => string | URL | object]>([
    ['as a path', () => file],
    ['as a file: URL', () => pathToFileURL(file)],
    ['as YAML text', () => dump(renamed)],
    ['as JSON text', () => JSON.stringify(renamed)],
    ['as a document', () => renamed],
  ])('%s', (_, contract) => {
    expect(ask(createMock({ contract: contract() }), { path: '/v9/stats/' }).status).toBe(204);
  });

  it('as the packaged text or not at all, with the same answers', () => {
    for (const contract of [CONTRACT_TEXT, CONTRACT_FILE]) {
      expect(bodyOf(createMock({ contract, now: NOW }))).toEqual(bodyOf(createMock({ now: NOW })));
    }
  });

  it('but not as a missing file, which the error names', () => {
    const missing = join(folder, 'missing.yaml');
    expect(() => createMock({ contract: missing })).toThrow(
      `${missing}: there is no such file; expected the path of an OpenAPI document.`,
    );
  });

  it('nor as a file: URL of a missing file', () => {
    const missing = pathToFileURL(join(folder, 'missing.yaml'));
    expect(() => createMock({ contract: missing })).toThrow(ContractError);
    expect(() => createMock({ contract: missing })).toThrow(`${missing.href}: there is no such file`);
  });

  it('nor as a directory', () => {
    expect(() => createMock({ contract: folder })).toThrow(`${folder}: it is a directory; expected the path`);
  });

  it.each(['https://shop.example/openapi.yaml', new URL('https://shop.example/openapi.yaml')])(
    'nor as a URL: %s',
    (contract) => {
      expect(() => createMock({ contract })).toThrow(
        'https://shop.example/openapi.yaml: a URL is not fetched; download the document first; expected the path of an OpenAPI document.',
      );
    },
  );

  it('and may be changed afterwards without changing the mock', () => {
    const document: Document = copyWith(() => {});
    const mock = createMock({ contract: document, now: NOW });
    delete document.paths[TEMPLATE];
    expect(ask(mock).status).toBe(200);
  });
});
