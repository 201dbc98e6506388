import { describe, expect, it } from 'vitest';
import { createFetch } from '../../../../src/adapters/fetch.ts';
import { readContract } from '../../../../src/contract/reading/read-contract.ts';
import type { MockOptions } from '../../../../src/index.ts';
import { isObject } from '../../../../src/json.ts';
import { assembleMock } from '../../../../src/mock/assemble-mock.ts';
import { jsonAnswer } from '../../../../src/provider/posthog/errors.ts';
import { operation } from '../../../../src/provider/posthog/operations/operation.ts';
import { OPERATIONS } from '../../../../src/provider/posthog/operations/operations.ts';
import { posthogWith } from '../../../../src/provider/posthog/posthog.ts';
import { readFiles } from '../../../../src/read-files.ts';
import { copyWith, type Document } from '../../../contract/copies.ts';
import { ask, NOW, STATS } from '../../../mock/asking.ts';

const KEY = { authorization: 'Bearer phx_experiment_read' };

/** A mock of openapi.yaml with a change, whose provider computes one more operation. */
function mockWith(change: (document: Document) => void, options: MockOptions = {}) {
  const createAction = operation(
    ({ reads, database }) =>
      ({ query, json, parameters, requester, project }) => {
        const name = isObject(json) ? json.name : null;
        if (name === 'bug') throw new Error('seeded');
        const id = Number(parameters.number);
        const projectId = reads.firstProject()?.id ?? 0;
        database.actions.create({ id, project_id: projectId, name: String(name ?? ''), steps: [] });
        const source = query.get('source');
        return jsonAnswer(201, { id, name, source, by: requester?.email ?? null, project });
      },
  );
  const provider = posthogWith({ ...OPERATIONS, actions_create: createAction });
  const contract = readContract(copyWith(change));
  return assembleMock({ ...readFiles({}), contract, provider }, { now: NOW, ...options }).mock;
}

/** `POST /api/actions/{number}/`, outside any project. */
function addAction(document: Document): void {
  document.paths['/api/actions/{number}/'] = {
    post: {
      operationId: 'actions_create',
      security: [{ PersonalAPIKeyAuth: ['experiment:read'] }],
      parameters: [{ name: 'number', in: 'path', required: true, schema: { type: 'integer' } }],
      responses: {
        201: {
          description: 'Created.',
          content: {
            'application/json': {
              schema: { type: 'object', required: ['id', 'name'], properties: { name: { type: 'string' } } },
              examples: { quota: { value: { id: 0, name: 'quota' } } },
            },
          },
        },
      },
    },
  };
}

const created = {
  method: 'POST',
  path: '/api/actions/700/',
  query: 'source=import',
  headers: KEY,
  body: '{"name":"Signed up"}',
};

describe('an operation outside a project that writes rows', () => {
  it('gets path, query, body and requester, and writes rows', () => {
    const mock = mockWith(addAction);
    const { status, body, headers } = ask(mock, created);
    expect(status).toBe(201);
    expect(JSON.parse(body ?? '')).toEqual({
      id: 700,
      name: 'Signed up',
      source: 'import',
      by: mock.database.users.findMany()[0]?.email,
      project: null,
    });
    expect(headers['x-mock-source']).toBe('database');
    expect(mock.database.actions.find({ id: 700 })?.name).toBe('Signed up');
  });

  it('does not run when the request is refused', () => {
    const mock = mockWith(addAction);
    const statusOf = (changes: object) => ask(mock, { ...created, ...changes }).status;
    expect(statusOf({ headers: {} })).toBe(401);
    expect(statusOf({ headers: { authorization: 'Bearer phx_no_experiment_scope' } })).toBe(403);
    expect(statusOf({ method: 'PUT' })).toBe(405);
    expect(statusOf({ method: 'OPTIONS' })).toBe(200);
    mock.use('quota', { times: 1 });
    expect(statusOf({})).toBe(201);
    expect(mock.database.actions.find({ id: 700 })).toBeUndefined();
  });

  it.each([
    ['cut off', '{"name":'],
    ['text', 'Signed up'],
    ['white space', ' '],
  ])("answers PostHog's 400 to a body that is not JSON: %s", (_, body) => {
    const mock = mockWith(addAction);
    const reply = ask(mock, { ...created, body });
    expect(reply.status).toBe(400);
    expect(JSON.parse(reply.body ?? '')).toEqual({
      type: 'invalid_request',
      code: 'parse_error',
      detail: 'JSON parse error - the body is not valid JSON',
      attr: null,
    });
    expect(mock.database.actions.find({ id: 700 })).toBeUndefined();
  });

  it('reports a bug of its own as one', () => {
    expect(() => ask(mockWith(addAction), { ...created, body: '{"name":"bug"}' })).toThrow('seeded');
  });

  it('answers a fetch as well, and in sessions that do not meet', async () => {
    const mock = mockWith(addAction);
    const session = mock.session();
    const init = { method: 'POST', headers: KEY, body: created.body };
    const response = await createFetch(session)('https://us.posthog.com/api/actions/8/', init);
    expect(response.status).toBe(201);
    expect(session.database.actions.find({ id: 8 })?.name).toBe('Signed up');
    expect(mock.database.actions.find({ id: 8 })).toBeUndefined();
  });

  it('is checked against the contract', () => {
    const answered = ask(mockWith(addAction), { ...created, body: '{}' });
    expect(answered.status).toBe(500);
    expect(answered.body).toContain('MOCK_RESPONSE_INVALID');
  });
});

describe('the code of stats runs', () => {
  const original = '/api/projects/{project_id}/experiments/stats/';
  const wanted = JSON.parse(
    ask(
      mockWith(() => {}),
      {},
    ).body ?? '',
  );

  it.each([
    {
      what: 'with another name for the project parameter',
      path: '/api/projects/{team_id}/experiments/stats/',
      number: 1,
    },
    { what: 'at another path', path: '/v2/{project_id}/stats/', number: 1 },
    { what: 'for the current project when the path names none', path: '/api/experiments/stats/', number: 0 },
  ])('$what', ({ path, number }) => {
    const mock = mockWith((document) => {
      const { get, parameters = [] } = document.paths[original];
      const rename = (list: Document[] = []) => list.filter((parameter) => parameter.in !== 'path');
      document.paths[path] = {
        parameters: rename(parameters),
        get: { ...get, parameters: rename(get.parameters) },
      };
      delete document.paths[original];
    });
    const asked = path.replace(/\{[^}]+\}/, String(number));
    const { status, body, headers } = ask(mock, { path: asked });
    expect(status).toBe(200);
    expect(JSON.parse(body ?? '')).toEqual(wanted);
    expect(headers).toMatchObject({ 'x-mock-operation': STATS, 'x-mock-source': 'database' });
  });

  it('and refuses a missing project, with any parameter name', () => {
    const mock = mockWith((document) => {
      document.paths['/api/projects/{team_id}/experiments/stats/'] = document.paths[original];
      delete document.paths[original];
    });
    expect(ask(mock, { path: '/api/projects/99/experiments/stats/' }).status).toBe(404);
  });
});
