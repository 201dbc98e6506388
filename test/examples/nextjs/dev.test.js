// Starts the app for development, which starts its own mock (`instrumentation.ts`).
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { runNext } from './run-next.js';

const APP = 'http://127.0.0.1:4122';
let stopNext;

before(async () => {
  stopNext = await runNext('dev', 4122);
});

after(() => stopNext?.());

it('follows the scenario that the panel selects', async () => {
  assert.match(await (await fetch(APP)).text(), /8 launched in 30 days/);
  await fetch('http://127.0.0.1:4120/__mock__/scenario', {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: '{"scenario":"throttled"}',
  });
  assert.match(await (await fetch(APP)).text(), /Request was throttled/);
  assert.equal((await fetch(`${APP}/flag`)).status, 429);
});
