import { afterAll, describe, expect, it } from 'vitest';
import { type Running, run } from '../../cli/running.ts';
import { message, send, statusOf } from '../support/raw.ts';
import { API, KEY } from '../support/server.ts';

const started: Running[] = [];

afterAll(async () => {
  for (const { child } of started) child.kill('SIGKILL');
  await Promise.all(started.map(({ finished }) => finished));
});

function start(args: readonly string[], env: NodeJS.ProcessEnv = {}): Running {
  const running = run(['--port', '0', ...args], env);
  started.push(running);
  return running;
}

describe.concurrent('a server whose control plane other machines could reach without a token does not start', () => {
  it.each([
    { args: ['--host', '0.0.0.0'] },
    { args: ['--host', '::'] },
    { args: ['--host', 'mock.example'] },
    { args: ['--host', '127.0.0.1.evil.example'] },
    { args: ['--host', '0.0.0.0', '--allowed-host', 'localhost'] },
    { args: [], env: { HOST: '0.0.0.0' } },
  ])('$args $env', async ({ args, env }) => {
    const { code, out, err } = await start(args, env).finished;
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(
      /^error: (--host |HOST=)\S+ lets other machines reach the control plane; .*--token.*--no-control/,
    );
    expect(err.trim().split('\n')).toHaveLength(1);
  });

  it.each([
    { args: ['--host', '0.0.0.0', '--token', ''] },
    { args: ['--host', '0.0.0.0'], env: { MOCK_TOKEN: '' } },
  ])('with an empty token: $args $env', async ({ args, env }) => {
    expect((await start(args, env).finished).code).toBe(2);
  });
});

describe.concurrent('a server on all addresses', () => {
  it.each([
    { by: 'a flag', args: ['--token', 'Right-1'] },
    { by: 'the environment', args: [], env: { MOCK_TOKEN: 'Right-1' } },
  ])(
    'with a token from $by serves the API to everyone and the control plane to clients with the token',
    async ({ args, env }) => {
      const running = start(['--host', '0.0.0.0', ...args], env);
      const url = await running.url();
      const status = (path: string, headers: HeadersInit = {}) =>
        fetch(url + path, { headers }).then((response) => response.status);
      expect(await status(API, KEY)).toBe(200);
      expect(await status('/__mock__/requests')).toBe(403);
      expect(await status('/__mock__/requests', { 'X-Mock-Token': 'right-1' })).toBe(403);
      expect(await status('/__mock__/requests', { 'X-Mock-Token': 'Right-1' })).toBe(200);
      const rebound = message('GET', '/__mock__/requests', {
        Host: 'evil.example',
        'X-Mock-Token': 'Right-1',
      });
      expect(statusOf(await send(Number(new URL(url).port), rebound))).toBe(403);
      expect(running.texts.out + running.texts.err).not.toContain('Right-1');
    },
  );

  it('needs no token without a control plane, and cannot be controlled', async () => {
    const running = start(['--host', '0.0.0.0', '--no-control']);
    const url = await running.url();
    expect((await fetch(url + API, { headers: KEY })).status).toBe(200);
    expect((await fetch(`${url}/__mock__/scenarios`)).status).toBe(404);
    const steering = { method: 'PUT', body: '{"scenario":"server-error"}' };
    expect((await fetch(`${url}/__mock__/scenario`, steering)).status).toBe(404);
    expect(running.texts.out).not.toContain('__mock__/\n');
  });
});

it('a server listens on 127.0.0.1 by default', async () => {
  const url = await start([]).url();
  expect(new URL(url).hostname).toBe('127.0.0.1');
});
