import { describe, expect, it } from 'vitest';
import { createMock, type HttpRequest } from '../../../src/index.ts';
import { mockWith } from '../../contract/copies.ts';
import { ask, NOW, request } from '../asking.ts';
import { NAMES, onlyInteraction } from './asking.ts';

const KEY = 'phx_mine-0123456789';
const SECRET = 'unlike-a-key-0123456789';

describe('a pact has no secret', () => {
  it.each<{ what: string; sent: Partial<HttpRequest>; shown: object }>([
    {
      what: 'Authorization',
      sent: { headers: { authorization: `Bearer ${SECRET}` } },
      shown: { headers: { Authorization: ['Bearer [redacted]'] } },
    },
    {
      what: 'Authorization without a scheme',
      sent: { headers: { authorization: SECRET } },
      shown: { headers: { Authorization: ['[redacted]'] } },
    },
    {
      what: 'the field of a query that has a key',
      sent: { query: `personal_api_key=${SECRET}` },
      shown: { query: { personal_api_key: ['[redacted]'] } },
    },
    {
      what: 'a key in any other parameter',
      sent: { query: `other=${KEY}` },
      shown: { query: { other: ['phx_…'] } },
    },
    {
      what: 'a key as the name of a parameter',
      sent: { query: `${KEY}=1` },
      shown: { query: { 'phx_…': ['1'] } },
    },
    {
      what: 'a key in the path',
      sent: { path: `/api/projects/${KEY}/experiments/stats/` },
      shown: { path: '/api/projects/phx_…/experiments/stats/' },
    },
    {
      what: 'a key of the rows',
      sent: { path: `/api/projects/${SECRET}/experiments/stats/` },
      shown: { path: '/api/projects/[redacted]/experiments/stats/' },
    },
    { what: 'a cookie', sent: { headers: { cookie: `session=${SECRET}` } }, shown: {} },
    { what: 'the token of the control plane', sent: { headers: { 'x-mock-token': SECRET } }, shown: {} },
  ])('in $what', ({ sent, shown }) => {
    const personalApiKeys = [{ value: SECRET, user_id: 1, scopes: ['experiment:read'] }];
    const mock = createMock({ now: NOW, fixtures: { personalApiKeys } });
    mock.pact(NAMES);
    mock.answer(request(sent));
    const interaction = onlyInteraction(mock);
    expect(interaction.request).toMatchObject(shown);
    expect(JSON.stringify(interaction)).not.toMatch(new RegExp(`${SECRET}|${KEY}`));
  });

  it.each([
    {
      kind: 'header',
      sent: { headers: { 'x-custom': SECRET } },
      shown: { headers: { 'X-Custom': ['[redacted]'] } },
    },
    {
      kind: 'query',
      sent: { query: `X-Custom=${SECRET}` },
      shown: { query: { 'X-Custom': ['[redacted]'] } },
    },
    {
      kind: 'cookie',
      sent: { headers: { cookie: `a=1; X-Custom=${SECRET}` } },
      shown: { headers: { Cookie: ['X-Custom=[redacted]'] } },
    },
  ])('in the credentials that the contract has in a $kind', ({ kind, sent, shown }) => {
    const mock = mockWith((document) => {
      document.components.securitySchemes.Custom = { type: 'apiKey', in: kind, name: 'X-Custom' };
      document.paths['/api/things/'] = {
        get: {
          operationId: 'things_list',
          security: [{ Custom: [] }],
          responses: { 204: { description: 'None.' } },
        },
      };
    });
    ask(mock, { path: '/api/things/', headers: {}, ...sent });
    expect(onlyInteraction(mock).request).toMatchObject(shown);
    expect(JSON.stringify(onlyInteraction(mock))).not.toContain(SECRET);
  });

  it('in a body', () => {
    const mock = mockWith((document) => {
      document.paths['/api/things/'] = {
        post: { operationId: 'things_create', responses: { 204: { description: 'Made.' } } },
      };
    });
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ personal_api_key: SECRET, note: `my ${KEY}` });
    ask(mock, { method: 'POST', path: '/api/things/', headers, body });
    expect(onlyInteraction(mock).request.body?.content).toEqual({
      personal_api_key: '[redacted]',
      note: 'my phx_…',
    });
  });
});
