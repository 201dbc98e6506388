import { request } from 'node:http';
import { expect, it } from 'vitest';
import { API, CONTROL, JSON_BODY, KEY, serve } from './support/server.ts';

const MEBIBYTE = 1_048_576;

/** Begins a request whose body does not come. */
function begin(url: string, path: string, bytes: number) {
  const headers = { ...JSON_BODY, 'content-length': String(bytes) };
  const asked = request(url + path, { method: 'PUT', headers });
  const status = new Promise<number | undefined>((resolve) => {
    asked.on('response', ({ statusCode }) => resolve(statusCode));
    asked.on('error', () => resolve(undefined));
  });
  asked.flushHeaders();
  return { status, end: () => asked.destroy() };
}

it('bodies that do not come take no more room than there is, and give it back', async () => {
  const { url } = await serve();
  // There is room for four of them; nothing tells a client that its request was taken.
  const open = Array.from({ length: 5 }, () => begin(url, `${CONTROL}/fixtures`, 15 * MEBIBYTE));
  expect(await Promise.race(open.map(({ status }) => status))).toBe(503);
  expect((await fetch(url + API, { headers: KEY })).status).toBe(200);
  for (const { end } of open) end();
  const body = JSON.stringify({ scenario: 'ok' });
  const put = () => fetch(`${url}${CONTROL}/scenario`, { method: 'PUT', headers: JSON_BODY, body });
  expect((await put()).status).toBe(200);
});

it('bodies of requests that wait for their delay count until they are answered', async () => {
  const { url } = await serve({ bodyLimit: 40 * MEBIBYTE });
  const post = (headers: HeadersInit) =>
    fetch(url + API, { method: 'POST', headers, body: 'x'.repeat(40 * MEBIBYTE) });
  const delayed = post({ ...KEY, prefer: 'delay=1500' });
  await expect.poll(() => post(KEY).then(({ status }) => status)).toBe(503);
  expect((await delayed).status).toBe(405);
  expect((await post(KEY)).status).toBe(405);
});
