import assert from 'node:assert/strict';
import { Agent, type IncomingMessage, request } from 'node:http';
import { text as textOf } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Running } from '../cli/running.ts';
import { KEY, REFUSALS, type Received, type Sent, STATS, type Target } from './attack.ts';
import type { Figures } from './figures.ts';

/** A refusal lists the first findings, and then counts. */
const MAX_REFUSAL_BYTES = 256 * 1_024;
/** By then the code of an answer is compiled. */
const WARM_ANSWERS = 50;

/** A target, with what the attempt does about it when the attack is over. */
export interface WatchedTarget extends Target {
  /** @throws {Error} (rejects) when the server has died or answers others in another way. */
  check(): Promise<void>;
  close(): void;
}

/** Waits for a server to start, and watches it. */
export async function watch(running: Running, figures: Figures): Promise<WatchedTarget> {
  const { child, finished } = running;
  const url = await running.url();
  const probe = await startProbe(url, child.pid);
  let isEnding = false;
  const endWatch = () => {
    if (!isEnding) figures.waited(probe.longestMs());
    probe.stop();
  };
  return {
    port: Number(new URL(url).port),
    output: () => running.texts.out + running.texts.err,
    note: figures.note,
    ask: async (method, path, sent = {}) => {
      const received = await exchange(url + path, method, sent, figures);
      checkAnswer(received, `${method} ${path.slice(0, 60)}`);
      return received;
    },
    end: (signal) => {
      endWatch();
      isEnding = true;
      child.kill(signal);
      return finished;
    },
    check: async () => {
      if (isEnding) return;
      // Comes after whatever the server still does about the attack, so others have waited for that by then, too.
      const { status } = await exchange(url + STATS, 'GET', { headers: KEY }, figures, false);
      endWatch();
      assert.equal(status, 200, 'others are refused afterwards');
      assert.equal(probe.refusals(), 0, 'others were refused');
    },
    close: endWatch,
  };
}

/** @throws {Error} when an answer is a bug of the mock, or a refusal that is long or without words. */
function checkAnswer({ status, text }: Received, what: string): void {
  const isDeliberate = status < 500 || REFUSALS.has(status);
  assert.ok(isDeliberate, `${what} is answered with ${status}: ${text.slice(0, 200)}`);
  if (status < 400) return;
  assert.ok(text.length <= MAX_REFUSAL_BYTES, `${what} is refused in ${text.length} bytes`);
  assert.match(text, /"(detail|error)":"[^"]/, `${what} is refused without words`);
}

const AGENT = new Agent({ keepAlive: true });

/** @param agent `false`: a connection of its own. */
function exchange(
  url: string,
  method: string,
  { headers = {}, body = '' }: Sent,
  figures: Figures,
  agent: Agent | false = AGENT,
) {
  const isJson = typeof body !== 'string' && !(body instanceof Uint8Array);
  const content = Buffer.from(isJson ? JSON.stringify(body) : body);
  const type = isJson ? { 'content-type': 'application/json' } : {};
  const options = {
    method,
    agent,
    headers: { ...type, 'content-length': content.length, ...headers },
  };
  return new Promise<Received>((resolve, reject) => {
    let isAnswered = false;
    const outgoing = request(url, options, (incoming: IncomingMessage) => {
      isAnswered = true;
      const { statusCode = 0 } = incoming;
      figures.note(content.length + url.length + JSON.stringify(headers).length, statusCode);
      textOf(incoming).then((text) => resolve({ status: statusCode, text }), reject);
    });
    // A server closes a connection that is idle for seconds, perhaps while a request is on its way: a client asks again.
    outgoing.on('error', (cause) => {
      if (outgoing.reusedSocket && !isAnswered)
        resolve(exchange(url, method, { headers, body }, figures, false));
      else reject(cause);
    });
    outgoing.end(content);
  });
}

interface Probe {
  /** Milliseconds, with what the request that is open has waited by now. */
  longestMs(): number;
  refusals(): number;
  stop(): void;
}

async function startProbe(url: string, pid: number | undefined): Promise<Probe> {
  const account = new Float64Array(new SharedArrayBuffer(32));
  const worker = new Worker(new URL('./probe.js', import.meta.url), {
    workerData: { url, pid, account },
    execArgv: [],
  });
  const [longest, since, answers, refusals] = [0, 1, 2, 3];
  const at = (index: number) => account[index] ?? 0;
  while (at(answers) < WARM_ANSWERS && at(refusals) === 0) await wait(10);
  account[longest] = 0;
  const open = () => (at(since) === 0 ? 0 : performance.timeOrigin + performance.now() - at(since));
  const longestMs = () => Math.max(at(longest), open());
  return {
    longestMs,
    refusals: () => at(refusals),
    stop: () => {
      account[longest] = longestMs();
      account[since] = 0;
      void worker.terminate();
    },
  };
}
