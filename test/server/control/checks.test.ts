import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { createLog } from '../../../src/cli/log.ts';
import { createMock } from '../../../src/index.ts';
import type { JournalEntry } from '../../../src/mock/journal/journal.ts';
import { NOW } from '../../mock/asking.ts';
import { openControl } from '../support/control.ts';
import { API, ask, openSession, serve } from '../support/server.ts';

/** A contract in which `Allow` is another one than the API sends. */
function otherAllow() {
  const document = structuredClone(createMock().contract.document);
  Object.assign(document.components?.headers?.Allow ?? {}, { schema: { type: 'string', enum: ['GET'] } });
  Object.assign(document.components?.headers?.Allow ?? {}, { example: 'GET' });
  return document;
}

it('a session can refuse requests that break the contract', async () => {
  const { url } = await serve();
  const session = await openSession(url, { requests: 'error' });
  expect((await ask(url, {}, `${API}?a=1`)).status).toBe(200);
  const refused = await ask(session, {}, `${API}?a=1`);
  expect([refused.status, await refused.json()]).toMatchObject([
    400,
    { code: 'REQUEST_INVALID', errors: [{ in: 'query', name: 'a' }] },
  ]);
});

it('the control plane tells how an answer breaks the contract, and what was not sent', async () => {
  const { url } = await serve({ mock: createMock({ now: NOW, contract: otherAllow() }) });
  const session = await openSession(url, { validate: 'warn' });
  expect((await ask(url)).status).toBe(500);
  const warned = await ask(session);
  expect([warned.status, warned.headers.get('x-mock-violations')]).toEqual([
    200,
    'The header "Allow": expected one of "GET", found "GET, HEAD, OPTIONS".',
  ]);
  const entryOf = async (base: string) => {
    const control = await openControl(base);
    return (await control<{ requests: JournalEntry[] }>('GET', '/requests')).json.requests[0];
  };
  const violations = [{ in: 'header', name: 'Allow', detail: expect.any(String) }];
  expect(await entryOf(url)).toMatchObject({ status: 500, violations, withheld: { status: 200 } });
  expect(await entryOf(session)).toMatchObject({ status: 200, violations, withheld: null });
});

it('the log counts findings and violations', async () => {
  const streams = { out: new PassThrough(), err: new PassThrough() };
  const { reply, flush } = createLog({ level: 'info', json: false }, streams);
  const mock = createMock({ now: NOW, contract: otherAllow(), validate: 'warn' });
  const { url, close } = await serve({ mock, onReply: reply });
  await (await ask(url, {}, `${API}?a=1&b=2`)).text();
  await close();
  flush();
  streams.out.end();
  expect(await text(streams.out)).toContain(' 200 ok (database) 2 findings 1 violation ');
});
