import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type SetupServer, setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { createMock, type UnhandledOptions, UsageTypeError, unhandled } from '../../src/index.ts';

/** Stands for the network: counts what reaches it. */
let network: Server;
let origin = '';
let reached: (string | undefined)[] = [];
let server: SetupServer | undefined;

beforeAll(async () => {
  network = createServer(({ url }, response) => {
    reached.push(url);
    response.end('from the network');
  });
  await new Promise<void>((resolve) => network.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(network.address() as AddressInfo).port}`;
});
afterAll(() => network.close());

beforeEach(() => {
  reached = [];
  vi.spyOn(console, 'error').mockImplementation(() => {});
  vi.spyOn(console, 'warn').mockImplementation(() => {});
});
afterEach(() => {
  // MSW 3 refuses to close one twice.
  server?.close();
  server = undefined;
  vi.restoreAllMocks();
});

function listen(options?: UnhandledOptions) {
  const mock = createMock();
  server = setupServer(...mock.handlers);
  server.listen(unhandled(mock, options));
  return mock.journal;
}

const OPERATION = '/api/projects/1/experiments/stats/';
const NEAR = '/api/projects/1/experiment/stats/?personal_api_key=phx_secret';
const OTHER = '/bookings';

it.each([undefined, { others: 'warn' }, { others: 'bypass' }, { others: 'error' }] as const)(
  'a near miss is stopped with the reason: %o',
  async (options) => {
    const journal = listen(options);
    await expect(fetch(origin + NEAR)).rejects.toThrow(TypeError);
    expect(reached).toEqual([]);
    expect(journal.unmatched).toMatchObject([
      { status: null, request: { query: 'personal_api_key=[redacted]' } },
    ]);
    expect(console.error).toHaveBeenCalledExactlyOnceWith(
      expect.stringMatching(
        /^\[posthog-experiments-mock\] GET http:\S+\/experiment\/stats\/ was stopped: .*segment 4 is "experiment".*server\.use/,
      ),
    );
  },
);

it('a request that an operation matches is answered', async () => {
  listen({ others: 'error' });
  expect((await fetch(origin + OPERATION)).status).toBe(401);
  expect(console.error).not.toHaveBeenCalled();
});

it.each([
  { options: {}, warnings: 1 },
  { options: { others: 'warn' }, warnings: 1 },
  { options: { others: 'bypass' }, warnings: 0 },
] as const)(
  'another request goes to the network, and $options warns $warnings times',
  async ({ options, warnings }) => {
    listen(options);
    expect(await (await fetch(origin + OTHER)).text()).toBe('from the network');
    expect(reached).toEqual([OTHER]);
    expect(console.warn).toHaveBeenCalledTimes(warnings);
    expect(console.error).not.toHaveBeenCalled();
  },
);

it('another request is stopped when others are errors, but not one for an asset', async () => {
  listen({ others: 'error' });
  await expect(fetch(origin + OTHER)).rejects.toThrow();
  expect(reached).toEqual([]);
  expect((await fetch(`${origin}/logo.png`)).status).toBe(200);
  expect(reached).toEqual(['/logo.png']);
  expect(console.error).toHaveBeenCalledOnce();
});

it('an option that does not exist, or has another value, is refused', () => {
  const mock = createMock();
  // @ts-expect-error: there is no such option
  expect(() => unhandled(mock, { other: 'warn' })).toThrow(UsageTypeError);
  // @ts-expect-error: there is no such value
  expect(() => unhandled(mock, { others: 'ignore' })).toThrow(
    '"others" is one of error, warn, bypass; found "ignore".',
  );
});
