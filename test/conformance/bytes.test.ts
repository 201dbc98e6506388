import { setupServer } from 'msw/node';
import { expect, it } from 'vitest';
import { createMock } from '../../src/index.ts';
import { startServer } from '../../src/server/server.ts';
import { documentWith, response } from '../contract/cases/serving.ts';
import { connect } from './fronts/chromium.ts';

const TYPES = ['image/png', 'image/jpeg', 'image/webp', 'application/octet-stream', 'audio/mpeg'];
const binary = { schema: { type: 'string', format: 'binary' } };
const pathOf = (type: string) => `/${type.replace('/', '-')}`;
const contract = documentWith(
  // Of many types of bytes, documents give no schema.
  Object.fromEntries(
    TYPES.map((type) => [pathOf(type), { 200: response(type === 'audio/mpeg' ? {} : binary, type) }]),
  ),
);

/** The first bytes that say what a file is. */
const SIGNATURES: Readonly<Record<string, string>> = {
  'image/png': '89504e470d0a1a0a',
  'image/jpeg': 'ffd8ff',
  'image/webp': '52494646',
  'application/octet-stream': '0001feff',
  'audio/mpeg': '0001feff',
};

async function bytesOf(received: Promise<Response>): Promise<string> {
  return Buffer.from(await (await received).arrayBuffer()).toString('hex');
}

it.each(TYPES)('%s is the same bytes through every front end', async (type) => {
  const path = pathOf(type);
  const mock = createMock({ contract });
  const direct = await bytesOf(mock.fetch(`http://localhost${path}`));
  expect(direct.startsWith(SIGNATURES[type] ?? '-')).toBe(true);

  const server = await startServer(() => mock, { port: 0 });
  const received = await fetch(`http://127.0.0.1:${server.port}${path}`);
  expect(received.headers.get('content-length')).toBe(String(direct.length / 2));
  expect(await bytesOf(Promise.resolve(received))).toBe(direct);
  await server.close();

  const intercepted = setupServer(...mock.handlers);
  intercepted.listen();
  expect(await bytesOf(fetch(`http://localhost${path}`))).toBe(direct);
  intercepted.close();

  const bodies = mock.journal.entries.map((entry) => entry.response?.body);
  expect(new Set(bodies)).toEqual(new Set([`(${direct.length / 2} bytes)`]));
});

it('HEAD has no bytes', async () => {
  const mock = createMock({ contract });
  expect(await bytesOf(mock.fetch('http://localhost/image-png', { method: 'HEAD' }))).toBe('');
});

it.each(TYPES.slice(0, 3))('%s is an image to a browser', async (type) => {
  const given = await createMock({ contract }).fetch(`http://localhost${pathOf(type)}`);
  const url = `data:${type};base64,${Buffer.from(await given.arrayBuffer()).toString('base64')}`;
  const browser = await connect();
  const page = await browser.newPage();
  const size = await page.evaluate(async (source) => {
    const image = new Image();
    image.src = source;
    await image.decode();
    return [image.naturalWidth, image.naturalHeight];
  }, url);
  await browser.close();
  expect(size).toEqual([1, 1]);
});
