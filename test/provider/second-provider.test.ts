import { describe, expect, it } from 'vitest';
import { ask } from '../mock/asking.ts';
import { openControl } from '../server/support/control.ts';
import { serve } from '../server/support/server.ts';
import { openByExample as open } from './by-example.ts';

describe('A mock with another provider', () => {
  it.each(['/files/readme.md', '/files/1.2.3', '/files/a%2Fb', '/files/stats.json'])(
    'routes %s by the rules of that provider',
    (path) => {
      expect(ask(open(), { path })).toMatchObject({
        status: 200,
        body: '1',
        headers: { server: 'byExample' },
      });
    },
  );

  it('decodes path parameters as that provider does', () => {
    const parametersOf = (path: string) => open().match('GET', new URL(path, 'http://localhost'))?.parameters;
    expect(parametersOf('/files/readme.md')).toEqual({ name: 'readme.md' });
    expect(parametersOf('/files/a%2Fb')).toEqual({ name: 'a/b' });
    expect(parametersOf('/files/a/')).toBeUndefined();
  });

  it('answers unmatched requests with a problem that explains the miss', () => {
    const { status, headers, body } = ask(open(), { path: '/files/a/' });
    expect(status).toBe(404);
    expect(headers['content-type']).toBe('application/problem+json');
    expect(body).toContain('surplus slash at the end');
  });

  it('supports scenarios, the journal and snapshots', () => {
    const mock = open();
    mock.use('large', { times: 1 });
    const snapshot = mock.snapshot();
    const bodies = () => [1, 2].map(() => ask(mock, { path: '/files/a' }).body);
    expect(bodies()).toEqual(['2', '1']);
    mock.restore(snapshot);
    expect(bodies()).toEqual(['2', '1']);
    expect(snapshot.provider).toEqual({});
    expect(mock.journal.entries).toHaveLength(4);
  });

  it('has no change requests in code or over the control plane', async () => {
    const mock = open();
    expect(mock.changeRequests).toBeNull();
    const { url } = await serve({ mock });
    const control = await openControl(url);
    const { status, json } = await control('GET', '/change-requests');
    expect(status).toBe(404);
    expect(json).toMatchObject({ code: 'NO_PATH_MATCHED' });
    expect((await control('POST', '/change-requests/1/approve', { body: {} })).status).toBe(404);
    expect((await control('GET', '/scenarios')).status).toBe(200);
  });
});
