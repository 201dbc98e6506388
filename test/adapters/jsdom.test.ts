import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

const index = new URL('../../dist/index.js', import.meta.url).href;

/** Like a test runner with a jsdom environment: creates the window first, then the mock. */
const SCRIPT = `
import { JSDOM } from 'jsdom';
const { window } = new JSDOM('', { url: 'http://localhost/' });
globalThis.window = window;
globalThis.document = window.document;
const { createMock } = await import(${JSON.stringify(index)});
const [one, other] = [createMock(), createMock()];
one.database.experiments.create({ id: 9001, project_id: 1, start_date: 'now' });
await new Promise((resolve) => setTimeout(resolve, 50));
const headers = { authorization: 'Bearer phx_experiment_read' };
const active = async (mock) =>
  (await (await mock.fetch('/api/projects/1/experiments/stats/', { headers })).json()).active_experiments;
console.log((await active(one)) - (await active(other)), typeof BroadcastChannel);
`;

it('keeps the rows of two mocks apart in jsdom, keeps BroadcastChannel, and lets the process exit', () => {
  const { stdout, stderr, signal } = spawnSync(process.execPath, ['--input-type=module', '--eval', SCRIPT], {
    encoding: 'utf8',
    timeout: 25_000,
    cwd: new URL('../..', import.meta.url),
  });
  expect({ stdout, stderr, signal }).toEqual({ stdout: '1 function\n', stderr: '', signal: null });
});
