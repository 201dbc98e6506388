import { stripVTControlCharacters } from 'node:util';
import { describe, expect } from 'vitest';
import { test } from '../../../src/adapters/vitest/vitest.ts';
import { createMock } from '../../../src/index.ts';

const STATS = 'https://us.posthog.com/api/projects/1/experiments/stats/';
const FLAG = 'https://us.posthog.com/api/projects/1/experiments/requires_flag_implementation/';
const headers = { Authorization: 'Bearer phx_experiment_read' };

const messageOf = (act: () => unknown): string => {
  try {
    act();
  } catch (cause) {
    if (cause instanceof Error) return stripVTControlCharacters(cause.message);
  }
  return 'passed';
};

describe('toHaveReceived', () => {
  test('counts the requests of an operation', async ({ mock }) => {
    expect(mock).not.toHaveReceived('experiments_stats_retrieve');
    await fetch(STATS, { headers });
    await fetch(STATS, { headers });
    expect(mock).toHaveReceived('experiments_stats_retrieve');
    expect(mock).toHaveReceived('experiments_stats_retrieve', { times: 2, status: 200, scenario: 'ok' });
    expect(mock).toHaveReceived('experiments_requires_flag_implementation_retrieve', { times: 0 });
    expect(mock).not.toHaveReceived('experiments_stats_retrieve', { times: 1 });
    expect(mock).not.toHaveReceived('experiments_stats_retrieve', { status: 403 });
  });

  test('compares parts of the query, the headers and the body', async ({ mock }) => {
    await mock.fetch(`${FLAG}?properties=%5B%5D&limit=7`, { headers });
    const flag = 'experiments_requires_flag_implementation_retrieve';
    expect(mock).toHaveReceived(flag, { query: { limit: '7' } });
    expect(mock).toHaveReceived(flag, { query: { limit: expect.stringMatching(/^\d$/) } });
    expect(mock).toHaveReceived(flag, { headers: { authorization: '[redacted]' } });
    expect(mock).not.toHaveReceived(flag, { query: { limit: '8' } });
  });

  test('compares parts of the body', async () => {
    const requestBody = { content: { 'application/json': {} } };
    const post = { operationId: 'make', requestBody, responses: { 204: { description: 'Made' } } };
    const mock = createMock({
      contract: { openapi: '3.1.0', info: { title: 'T', version: '1' }, paths: { '/things': { post } } },
    });
    const body = JSON.stringify({ filters: { action: 7, since: 'today' } });
    await mock.fetch('https://things.example/things', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body,
    });
    expect(mock).toHaveReceived('make', { body: { filters: { action: 7 } }, status: 204 });
    expect(mock).not.toHaveReceived('make', { body: { filters: { action: 8 } } });
  });

  test('counts HEAD as GET, and no other method', async () => {
    const mock = createMock();
    for (const method of ['GET', 'HEAD', 'POST', 'OPTIONS']) await mock.fetch(STATS, { method, headers });
    expect(mock).toHaveReceived('experiments_stats_retrieve', { times: 2 });
    expect(mock).toHaveReceived('experiments_stats_retrieve', { times: 2, status: 200 });
  });

  test('compares names of headers in any case, and numbers of the query as text', async ({ mock }) => {
    const flag = 'experiments_requires_flag_implementation_retrieve';
    await mock.fetch(`${FLAG}?limit=7`, { headers: { ...headers, 'X-Client': 'a' } });
    expect(mock).toHaveReceived(flag, { headers: { 'X-CLIENT': 'a' }, query: { limit: 7 } });
    expect(mock).not.toHaveReceived(flag, { headers: { 'X-Client': 'b' } });
    expect(mock).not.toHaveReceived(flag, { query: { limit: 8 } });
    expect(mock).toHaveReceived(flag, { query: expect.objectContaining({ limit: '7' }) });
  });

  test('refuses scenarios that the operation does not have', ({ mock }) => {
    const stats = 'experiments_stats_retrieve';
    // @ts-expect-error: there is no such scenario
    expect(messageOf(() => expect(mock).not.toHaveReceived(stats, { scenario: 'trend-up ' }))).toContain(
      'Did you mean "trend-up"?',
    );
    // @ts-expect-error: a scenario of the other operation
    expect(messageOf(() => expect(mock).not.toHaveReceived(stats, { scenario: 'flag-required' }))).toContain(
      'experiments_stats_retrieve has no scenario "flag-required"',
    );
    expect(mock).not.toHaveReceived(stats, { scenario: 'ok' });
    // @ts-expect-error: no operation
    expect(messageOf(() => expect(mock).toHaveReceived(undefined))).toContain('named by its operationId');
  });

  test('says what was received instead', async ({ mock }) => {
    const operation = 'experiments_stats_retrieve';
    expect(messageOf(() => expect(mock).toHaveReceived(operation))).toContain('no request at all');
    await fetch(STATS, { headers });
    const message = messageOf(() => expect(mock).toHaveReceived(operation, { status: 403 }));
    expect(message).toContain(`a request of ${operation} with {"status": 403}`);
    expect(message).toContain('GET /api/projects/1/experiments/stats/ → 200');
    expect(message).toMatch(/- +"status": 403,\n\+ +"status": 200/);
    expect(messageOf(() => expect(mock).not.toHaveReceived(operation))).toContain('no request of');
  });

  test('refuses names that do not exist', ({ mock }) => {
    // @ts-expect-error: the contract has no such operation
    expect(messageOf(() => expect(mock).toHaveReceived('experiments_stats'))).toMatch(
      /no operation "experiments_stats".*experiments_stats_retrieve/,
    );
    expect(
      // @ts-expect-error: there is no such criterion
      messageOf(() => expect(mock).toHaveReceived('experiments_stats_retrieve', { time: 1 })),
    ).toContain('Did you mean "times"?');
    // @ts-expect-error: not a mock
    expect(messageOf(() => expect(5).toHaveReceived('experiments_stats_retrieve'))).toContain('takes a mock');
  });
});

describe('toConformToContract', () => {
  const answer = { operation: 'experiments_requires_flag_implementation_retrieve', status: 200 } as const;

  test('takes responses, and leaves their bodies to be read', async () => {
    const response = await fetch(STATS, { headers });
    await expect(response).toConformToContract();
    expect(await response.json()).toHaveProperty('launched_last_30d');
  });

  test('takes responses that do not say which operation answers', async () => {
    const response = new Response('{"launched_last_30d":"8"}', {
      headers: { 'Content-Type': 'application/json' },
    });
    await expect(response).not.toConformToContract({ operation: 'experiments_stats_retrieve' });
    await expect(expect(response).toConformToContract()).rejects.toThrow('say which operation');
  });

  test('finds what the contract does not have', async () => {
    const html = new Response('<p>', { headers: { 'Content-Type': 'text/html' } });
    await expect(expect(html).toConformToContract({ operation: answer.operation })).rejects.toThrow(
      /header "Content-Type": expected application\/json; found "text\/html"/,
    );
    expect(messageOf(() => expect({ ...answer, status: 418 }).toConformToContract())).toContain('found 418');
    expect(messageOf(() => expect({ ...answer, body: 5 }).toConformToContract())).toMatch(/The body: .*5/);
  });

  test('takes data of other media types than JSON', () => {
    const page = { ...answer, status: 502, body: '<html>' };
    expect({ ...page, contentType: 'text/html' }).toConformToContract();
    expect({ ...page, contentType: 'text/plain' }).not.toConformToContract();
    expect({ ...answer, body: 5, contentType: 'application/json' }).not.toConformToContract();
    expect(messageOf(() => expect(page).toConformToContract())).toContain(
      'The media type is one of text/html. A body as data is JSON: give its contentType, or the Response.',
    );
    expect(
      messageOf(() => expect({ ...page, body: 5, contentType: 'text/html' }).toConformToContract()),
    ).toContain('A body of "text/html" is a string; found 5.');
    const wrong = { ...page, contentType: 5 };
    // @ts-expect-error: a media type is a string
    expect(messageOf(() => expect(wrong).toConformToContract())).toContain('"contentType" is a string');
  });

  test('finds that a body is missing', async () => {
    const { operation } = answer;
    const missing = new Response(null, { status: 404 });
    await expect(expect(missing).toConformToContract({ operation })).rejects.toThrow('found no body');
    expect(messageOf(() => expect({ ...answer, status: 429 }).toConformToContract())).toContain(
      'The media type is one of application/json; found no body.',
    );
    // A scenario answers without one.
    expect({ ...answer, status: 200 }).toConformToContract();
    await expect(await fetch(STATS, { method: 'HEAD', headers })).toConformToContract();
  });

  test('refuses what it does not know', async () => {
    const response = await fetch(STATS, { headers });
    await expect(async () => {
      // @ts-expect-error: there is no such option
      await expect(response).toConformToContract({ operatoin: 'experiments_stats_retrieve' });
    }).rejects.toThrow('Did you mean "operation"?');
    expect(messageOf(() => expect({ ...answer, boddy: 5 }).not.toConformToContract())).toContain(
      'Did you mean "body"?',
    );
    // @ts-expect-error: a promise
    expect(messageOf(() => expect(Promise.resolve(response)).toConformToContract())).toContain('awaited');
  });

  test('takes another mock', () => {
    const mock = createMock({
      contract: {
        openapi: '3.1.0',
        info: { title: 'Things', version: '1' },
        paths: { '/things': { get: { operationId: 'list', responses: { 204: { description: 'None' } } } } },
      },
    });
    expect({ operation: 'list', status: 204 }).toConformToContract({ mock });
    expect({ operation: 'list', status: 200 }).not.toConformToContract({ mock });
  });

  test('looks at the headers of a response', async () => {
    const limit = { required: true, schema: { type: 'integer' } };
    const mock = createMock({
      contract: {
        openapi: '3.1.0',
        info: { title: 'T', version: '1' },
        paths: {
          '/a': {
            get: { operationId: 'a', responses: { 204: { description: 'd', headers: { Limit: limit } } } },
          },
        },
      },
    });
    const given = (value: string) => new Response(null, { status: 204, headers: { limit: value } });
    await expect(given('5')).toConformToContract({ mock, operation: 'a' });
    await expect(expect(given('many')).toConformToContract({ mock, operation: 'a' })).rejects.toThrow(
      '"Limit"',
    );
  });
});
