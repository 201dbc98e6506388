import { describe, expect, it } from 'vitest';
import { MAX_SERVER_URLS } from '../../../src/contract/reading/read-servers.ts';
import { ask, documentWith, OK, OK_BODY, serve } from './serving.ts';

const mockAt = (url: string, variables: object) =>
  serve(documentWith({ '/a': OK }, { servers: [{ url, variables }] }));

describe('every value that a server variable may have is a base path', () => {
  const version = { enum: ['v1', 'v2'], default: 'v2' };

  it.each([
    ['https://x.example/{ver}', { ver: version }, ['/v2/a', '/v1/a'], ['/v3/a', '/a']],
    ['/{stage}/{ver}', { stage: { default: 's' }, ver: version }, ['/s/v1/a', '/s/v2/a'], ['/t/v1/a']],
    [
      '/{stage}/{ver}',
      { stage: { enum: ['s', 't'], default: 's' }, ver: version },
      ['/s/v1/a', '/s/v2/a', '/t/v1/a', '/t/v2/a'],
      [],
    ],
    ['/{ver}', { ver: { enum: ['v1'] } }, ['/v1/a'], ['/v2/a']],
  ])('%s', async (url, variables, known, unknown) => {
    const mock = mockAt(url, variables);
    for (const path of known) expect((await ask(mock, path)).body).toBe(OK_BODY);
    for (const path of unknown) expect((await ask(mock, path)).status).toBe(404);
  });

  it('up to a number, in which a path counts before a host', async () => {
    const regions = Array.from({ length: 2 * MAX_SERVER_URLS }, (_, index) => `r${index}`);
    const variables = { region: { enum: regions, default: 'r7' }, ver: version };
    const mock = mockAt('https://{region}.example/{ver}', variables);
    expect(mock.contract.servers).toHaveLength(MAX_SERVER_URLS);
    expect(mock.contract.servers[0]).toBe('https://r7.example/v2');
    for (const path of ['/v1/a', '/v2/a']) expect((await ask(mock, path)).body).toBe(OK_BODY);
  });
});
