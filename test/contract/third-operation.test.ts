import { describe, expect, it } from 'vitest';
import { ask } from '../mock/asking.ts';
import { mockWith } from './copies.ts';

describe('a third operation that has only examples is mocked without code', () => {
  const operation = (more: object) => ({
    operationId: 'things_list',
    responses: {
      404: { description: 'None.' },
      201: {
        description: 'Made.',
        content: { 'application/json': { examples: { made: { value: { id: 1 } }, other: { value: {} } } } },
      },
    },
    ...more,
  });
  const key = { authorization: 'Bearer phx_experiment_read' };
  const scoped = { security: [{ PersonalAPIKeyAuth: ['thing:read'] }] };

  const mockOf = (path: string, method: string, more: object = {}) =>
    mockWith((document) => {
      document.paths[path] = { [method]: operation(more) };
    });

  it('with its first 2xx and its first named example', () => {
    const mock = mockOf('/api/things/', 'get');
    const reply = ask(mock, { path: '/api/things/', headers: {} });
    expect(reply).toMatchObject({ status: 201, body: '{"id":1}' });
    expect(reply.headers).toMatchObject({ 'x-mock-source': 'example', 'x-mock-operation': 'things_list' });
    expect(mock.handlers).toHaveLength(3);
  });

  it('with its single example, or with an empty body', () => {
    const json = (media: object) => ({
      responses: { 200: { description: 'It.', content: { 'application/json': media } } },
    });
    const single = mockOf('/api/things/', 'get', json({ example: [1] }));
    expect(ask(single, { path: '/api/things' }).body).toBe('[1]');
    const none = mockOf('/api/things/', 'get', { responses: { 204: { description: 'Nothing.' } } });
    expect(ask(none, { path: '/api/things' })).toMatchObject({ status: 204, body: null });
  });

  it('after the applicable checks of key, scope and project', () => {
    const mock = mockOf('/api/projects/{project_id}/things/', 'get', scoped);
    const statusOf = (path: string, headers: Record<string, string>) => ask(mock, { path, headers }).status;
    expect(statusOf('/api/projects/1/things/', {})).toBe(401);
    expect(statusOf('/api/projects/1/things/', key)).toBe(403);
    expect(statusOf('/api/projects/99/things/', key)).toBe(404);
    expect(statusOf('/api/projects/1/things/', { authorization: 'Bearer phx_all_access' })).toBe(201);
  });

  it('when the key has all scopes of any requirement', () => {
    const path = '/api/things/';
    const statusWith = (security: object[], headers: Record<string, string>) =>
      ask(mockOf(path, 'get', { security }), { path, headers }).status;
    expect(statusWith([{ A: ['thing:read'] }, { B: ['experiment:read'] }], key)).toBe(201);
    expect(statusWith([{ A: ['experiment:read', 'thing:read'] }], key)).toBe(403);
    expect(statusWith([{ A: ['experiment:read'] }], key)).toBe(201);
  });

  it('without a key when its own security is empty and the document’s is not', () => {
    const mockWithRoot = (more: object) =>
      mockWith((document) => {
        document.security = [{ PersonalAPIKeyAuth: ['thing:read'] }];
        document.paths['/api/things/'] = { get: operation(more) };
      });
    const path = '/api/things/';
    expect(ask(mockWithRoot({}), { path, headers: {} }).status).toBe(401);
    expect(ask(mockWithRoot({ security: [] }), { path, headers: {} }).status).toBe(201);
  });

  it('with the lowest 2xx, in any order of the document', () => {
    const responses = { 201: { description: 'Made.' }, 200: { description: 'There.' } };
    expect(ask(mockOf('/api/things/', 'get', { responses }), { path: '/api/things/' }).status).toBe(200);
  });

  it('with any method', () => {
    const mock = mockOf('/api/things/', 'post');
    expect(ask(mock, { method: 'POST', path: '/api/things/' }).status).toBe(201);
    const other = ask(mock, { method: 'GET', path: '/api/things/' });
    expect([other.status, other.headers.allow]).toEqual([405, 'POST, OPTIONS']);
  });
});
