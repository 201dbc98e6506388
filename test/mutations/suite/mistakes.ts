import type { expect as vitestExpect } from 'vitest';
import type { Expected } from '../../../src/adapters/vitest/vitest.ts';
import type { Mock } from '../../../src/index.ts';
import { FLAG, STATS } from '../tools.ts';

/** What a test has. */
interface Context {
  readonly mock: Mock;
  readonly expect: typeof vitestExpect;
}

/** A test that passes without a mistake, and fails with it. */
export interface Mistake {
  readonly what: string;
  readonly tool: 'toHaveReceived' | 'toConformToContract' | 'leak guard';
  readonly run: (hasMistake: boolean, context: Context) => Promise<void>;
}

const KEY = { Authorization: 'Bearer phx_experiment_read' };
const JSON_TYPE = { 'Content-Type': 'application/json' };

const ask = (path: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
  fetch(`https://us.posthog.com${path}`, { headers: { ...KEY, ...headers } });

/** A client that asks something else. */
function asks(
  what: string,
  right: () => Promise<unknown>,
  wrong: () => Promise<unknown>,
  such?: Omit<Expected, 'scenario'>,
) {
  return {
    what,
    tool: 'toHaveReceived',
    run: async (hasMistake: boolean, { mock, expect }: Context) => {
      await (hasMistake ? wrong() : right());
      expect(mock).toHaveReceived('experiments_requires_flag_implementation_retrieve', such);
    },
  } as const;
}

/** A response that a server of the team gives, which the contract does not allow. */
function responds(what: string, wrong: (right: object) => Response) {
  return {
    what,
    tool: 'toConformToContract',
    run: async (hasMistake: boolean, { expect }: Context) => {
      const right = await ask(STATS);
      const response = hasMistake ? wrong(await right.json()) : right;
      await expect(response).toConformToContract({ operation: 'experiments_stats_retrieve' });
    },
  } as const;
}

/** A request that is caught by nothing in the test itself. */
function leaks(what: string, wrong: () => Promise<unknown>) {
  return {
    what,
    tool: 'leak guard',
    run: async (hasMistake: boolean) => {
      await (hasMistake ? wrong() : ask(STATS)).catch(() => null);
    },
  } as const;
}

const allowed = { headers: { ...JSON_TYPE, Allow: 'GET, HEAD, OPTIONS' } };

export const MISTAKES: readonly Mistake[] = [
  asks(
    'the client calls another operation',
    () => ask(FLAG),
    () => ask(STATS),
  ),
  asks(
    'the client asks twice',
    () => ask(FLAG),
    () => Promise.all([ask(FLAG), ask(FLAG)]),
    { times: 1 },
  ),
  asks(
    'the client asks for another page',
    () => ask(`${FLAG}?limit=5`),
    () => ask(`${FLAG}?limit=50`),
    { query: { limit: 5 } },
  ),
  asks(
    'the client forgets a header',
    () => ask(FLAG, { 'X-Client': 'dashboard' }),
    () => ask(FLAG),
    { headers: { 'X-Client': 'dashboard' } },
  ),
  asks(
    'the client forgets its key',
    () => ask(FLAG),
    () => fetch(`https://us.posthog.com${FLAG}`),
    { status: 200 },
  ),
  responds('a property is missing', (right) =>
    Response.json({ ...right, percent_change: undefined }, allowed),
  ),
  responds('a number is text', (right) => Response.json({ ...right, percent_change: '50' }, allowed)),
  responds(
    'the media type is another',
    () => new Response('<p>', { headers: { 'Content-Type': 'text/html' } }),
  ),
  responds('the status is not documented', (right) => Response.json(right, { ...allowed, status: 202 })),
  responds('the body of an error is missing', () => new Response(null, { status: 404 })),
  leaks('a segment is misspelt, and the error swallowed', () => ask(STATS.replace('stats', 'stat'))),
  leaks('another API is asked', () => fetch('https://other.example/')),
  leaks('a parameter is misspelt', () => ask(`${FLAG}?limt=5`)),
];
