import assert from 'node:assert/strict';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { message, open } from '../../server/support/raw.ts';
import { type Attack, KEY, STATS, type Target } from '../attack.ts';

const CLIENTS = 50;
/** A request may cross the end of its connection on the wire; nothing comes back, and a client repeats it. */
const MAX_CROSSED = 5;

/** What became of requests, by what came back. */
interface Tally {
  complete: number;
  /** Connections that ended with an answer that said so. */
  told: number;
  crossed: number;
  /** Ended in the middle of an answer. */
  torn: number;
}

const asking = (prefer: Readonly<Record<string, string>> = {}) =>
  message('GET', STATS, { ...KEY, Connection: 'keep-alive', ...prefer });

const CLIENTS_OF: readonly { readonly of: string; readonly request: string; readonly atOnce: number }[] = [
  { of: 'that ask again and again', request: asking(), atOnce: 1 },
  { of: 'that wait for delayed answers', request: asking({ Prefer: 'delay=300' }), atOnce: 1 },
  { of: 'that pipeline', request: asking(), atOnce: 10 },
];

/** Asks in one connection until it ends. */
async function askOn({ port }: Target, request: string, atOnce: number, tally: Tally): Promise<void> {
  const socket = open(port);
  let text = '';
  let isOpen = true;
  let wake = () => {};
  socket.on('data', (chunk) => {
    text += chunk;
    wake();
  });
  socket.once('close', () => {
    isOpen = false;
    wake();
  });
  await once(socket, 'connect');
  const news = () =>
    new Promise<void>((resolve) => {
      wake = resolve;
    });
  while (isOpen) {
    socket.write(request.repeat(atOnce));
    for (let answered = 0; answered < atOnce; answered += 1) {
      while (isOpen && lengthOfAnswer(text) === null) await news();
      const length = lengthOfAnswer(text);
      if (length === null) {
        if (text === '') tally.crossed += atOnce - answered;
        else tally.torn += 1;
        return;
      }
      tally.complete += 1;
      const isLast = /^connection: close\r$/im.test(text.slice(0, length));
      text = text.slice(length);
      if (!isLast) continue;
      tally.told += 1;
      socket.destroy();
      return;
    }
  }
}

/** The length of the answer that a text begins with; `null` when there is no whole one. */
function lengthOfAnswer(text: string): number | null {
  const head = text.indexOf('\r\n\r\n');
  if (head < 0) return null;
  const [, length = '0'] = /^content-length: (\d+)\r$/im.exec(text.slice(0, head + 2)) ?? [];
  const end = head + 4 + Number(length);
  return text.length < end ? null : end;
}

/** A server that is told to end says so in its answers, and leaves no request that it has read. */
export const ENDINGS: readonly Attack[] = [
  ...CLIENTS_OF.map(
    ({ of, request, atOnce }): Attack => ({
      name: `SIGTERM with ${CLIENTS} clients ${of}`,
      make: async ({ serve }) => {
        const target = await serve();
        const tally: Tally = { complete: 0, told: 0, crossed: 0, torn: 0 };
        const clients = Array.from({ length: CLIENTS }, () => askOn(target, request, atOnce, tally));
        await wait(700);
        const { code } = await target.end('SIGTERM');
        await Promise.all(clients);
        for (const [what, count] of Object.entries(tally)) target.note(0, `${what} ${count}`);
        assert.equal(code, 0, `it ended with ${code}`);
        assert.equal(tally.torn, 0, `${tally.torn} answers were torn`);
        // What follows the answer that says so is not answered, and need not be.
        const untold = CLIENTS - tally.told;
        assert.ok(untold <= MAX_CROSSED, `${untold} connections ended without an answer that said so`);
      },
    }),
  ),
  {
    name: 'SIGTERM with 50 event streams and a request that is never answered',
    make: async ({ serve }) => {
      const target = await serve();
      const streams = Array.from({ length: CLIENTS }, () =>
        open(target.port, message('GET', '/__mock__/events')),
      );
      const waiting = open(target.port, message('GET', STATS, { ...KEY, Prefer: 'scenario=timeout' }));
      await Promise.all(streams.map((stream) => once(stream, 'data')));
      // The answer that never comes is broken off.
      waiting.on('error', () => {});
      const ends = [...streams, waiting].map(
        (socket) => new Promise((over) => socket.resume().once('close', over)),
      );
      const closed = Promise.all(ends);
      const { code } = await target.end('SIGTERM');
      await closed;
      assert.equal(code, 0, `it ended with ${code}`);
    },
  },
];
