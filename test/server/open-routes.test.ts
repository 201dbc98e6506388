import { describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { createMock } from '../../src/index.ts';
import { largeContract } from '../contract/large.ts';
import { bodyOf, headerOf, message, send, statusOf } from './support/raw.ts';
import { serve } from './support/server.ts';

/** A request without `Host`, which HTTP/1.0 allows. */
const bare = (path: string, method = 'GET') => `${method} ${path} HTTP/1.0\r\n\r\n`;

const TOKEN = 'Right-Token-1';

describe('strangers learn that the server is up, and nothing else', () => {
  it.each([
    { who: 'a probe of HTTP/1.0', ask: bare },
    {
      who: 'a probe by the address of a pod',
      ask: (path: string) => message('GET', path, { Host: '10.1.2.3:4010' }),
    },
    {
      who: 'a probe by another name',
      ask: (path: string) => message('GET', path, { Host: 'mock.svc.cluster.local' }),
    },
    {
      who: 'a page of another site',
      ask: (path: string) =>
        message('GET', path, { Origin: 'https://a.example', 'Sec-Fetch-Site': 'cross-site' }),
    },
    {
      who: 'a client without the token',
      ask: (path: string) => message('GET', path),
      options: { token: TOKEN },
    },
    {
      who: 'a client with a wrong token',
      ask: (path: string) => message('GET', path, { 'X-Mock-Token': 'wrong' }),
      options: { token: TOKEN },
    },
    {
      who: 'anyone, without a control plane',
      ask: (path: string) => message('GET', path),
      options: { control: false },
    },
  ])('$who', async ({ ask, options }) => {
    const { port } = await serve(options);
    const index = await send(port, ask('/'));
    expect([statusOf(index), bodyOf(index)]).toEqual([200, 'posthog-experiments-mock is up.\n']);
    for (const path of ['/__mock__/health', '/__mock__/health/', '/__mock__/health?probe=1']) {
      const health = await send(port, ask(path));
      expect([statusOf(health), bodyOf(health)]).toEqual([200, '{"status":"ok"}']);
      expect(health).not.toMatch(/access-control-/i);
    }
  });

  it('an OPTIONS request, as HAProxy sends it', async () => {
    const { port } = await serve({ token: TOKEN });
    for (const path of ['/', '/__mock__/health', '*']) {
      const received = await send(port, bare(path, 'OPTIONS'));
      expect([statusOf(received), bodyOf(received)]).toEqual([204, '']);
      expect(headerOf(received, 'allow')).toContain('GET');
    }
  });

  it('a HEAD request', async () => {
    const { port } = await serve({ token: TOKEN });
    for (const path of ['/', '/__mock__/health']) {
      const received = await send(port, bare(path, 'HEAD'));
      expect([statusOf(received), bodyOf(received)]).toEqual([200, '']);
    }
  });
});

describe('those who may use the control plane learn what there is', () => {
  it.each([
    { headers: {}, options: {} },
    { headers: { 'X-Mock-Token': TOKEN }, options: { token: TOKEN } },
  ])('with $headers', async ({ headers, options }) => {
    const { url } = await serve(options);
    const index = await (await fetch(url, { headers })).text();
    expect(index).toContain(`posthog-experiments-mock at ${url}\n`);
    expect(index).toContain('GET    /api/projects/{project_id}/experiments/stats/');
    expect(index).toContain('PUT    /__mock__/scenario');
    const health = await (await fetch(`${url}/__mock__/health`, { headers })).json();
    expect(health).toEqual({ status: 'ok', version: packageJson.version, sessions: 0 });
  });

  it('with many operations in groups', async () => {
    const { url } = await serve({ mock: createMock({ contract: largeContract(200) }) });
    const [api = ''] = (await (await fetch(url)).text()).split('The control plane');
    expect(api).toContain('\nThe API\n200 operations\n  22 ');
    expect(api).toContain('\n  All of them: /__mock__/scenarios\n');
    expect(api.split('\n').length).toBeLessThan(18);
  });
});

describe('nothing but the two is open', () => {
  it.each([
    { method: 'POST', path: '/__mock__/health', status: 403 },
    { method: 'GET', path: '/__mock__/healthy', status: 403 },
    { method: 'GET', path: '/__mock__/health/scenarios', status: 403 },
    { method: 'GET', path: '/__mock__/s/any/__mock__/health', status: 403 },
    { method: 'GET', path: '//', status: 404 },
  ])('$method $path', async ({ method, path, status }) => {
    const { port } = await serve({ token: TOKEN });
    expect(statusOf(await send(port, message(method, path)))).toBe(status);
  });

  it('over HTTP/1.0 without Host, the control plane refuses in words', async () => {
    const { port } = await serve();
    const received = await send(port, bare('/__mock__/scenarios'));
    expect([statusOf(received), JSON.parse(bodyOf(received)).code]).toEqual([403, 'CONTROL_FORBIDDEN']);
  });
});
