import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { residentMib } from '../attacks/process.ts';
import { ask } from './ask.ts';
import type { Contestant } from './contestants.ts';
import type { Answer, Judge, Verdict } from './judge.ts';
import type { Operation } from './operations.ts';
import type { DocumentedRequest } from './request.ts';

/** An operation with the request that every server gets. */
export interface Question {
  readonly operation: Operation;
  readonly request: DocumentedRequest;
}

/** What was found about one operation. */
export interface Finding {
  readonly question: Question;
  readonly answer: Answer;
  readonly verdict: Verdict;
}

/** A server that has answered its first request, or why there is none. */
export type Started =
  | { readonly child: ChildProcess; readonly origin: string; readonly milliseconds: number }
  | { readonly refusal: Refusal };

/** Why a server does not serve a document. */
export interface Refusal {
  readonly reason: 'refused' | 'too slow';
  readonly detail: string;
}

const MAX_START_MS = 120_000;
/** For all operations of a document. */
const MAX_ASKING_MS = 180_000;
const POLL_MS = 5;
const WORKERS = 4;
const MAX_REFUSAL_CHARACTERS = 2_000;

/** Starts a server and waits for its first answer, whatever that is. */
export async function start(contestant: Contestant, file: string, first: Question): Promise<Started> {
  // Below the ports that outgoing connections take.
  const port = 10_000 + Math.floor(Math.random() * 20_000);
  const origin = `http://127.0.0.1:${port}`;
  const begin = performance.now();
  const child = spawn(process.execPath, contestant.command(file, port), {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let written = '';
  child.stderr.on('data', (chunk) => {
    if (written.length < MAX_REFUSAL_CHARACTERS) written += chunk;
  });
  for (;;) {
    const answer = await ask(origin, contestant.basePath(first.operation), first.request);
    const milliseconds = performance.now() - begin;
    if (!('failure' in answer)) return { child, origin, milliseconds };
    const hasExited = child.exitCode !== null || child.signalCode !== null;
    if (hasExited || milliseconds > MAX_START_MS) {
      await stop(child);
      const detail = written.trim() || `no answer in ${Math.round(milliseconds)} ms`;
      return { refusal: { reason: hasExited ? 'refused' : 'too slow', detail } };
    }
    await wait(POLL_MS);
  }
}

export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

/** Asks a running server for every operation. */
export async function askAll(
  contestant: Contestant,
  origin: string,
  questions: readonly Question[],
  judge: Judge,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const waiting = questions.entries();
  const begin = performance.now();
  const work = async () => {
    for (const [index, question] of waiting) {
      const { operation, request } = question;
      const isLate = performance.now() - begin > MAX_ASKING_MS;
      const answer = isLate
        ? { failure: `not asked: ${MAX_ASKING_MS} ms were over` }
        : await ask(origin, contestant.basePath(operation), request);
      findings[index] = { question, answer, verdict: judge.judge(operation, answer) };
    }
  };
  await Promise.all(Array.from({ length: WORKERS }, work));
  return findings;
}

/** MiB that a process has after it has answered. */
export function memoryOf(child: ChildProcess): number {
  return residentMib(child.pid, 'VmRSS');
}
