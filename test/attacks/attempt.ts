import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Running } from '../cli/running.ts';
import type { Attack, Site } from './attack.ts';
import { createFigures, type Figures, type Read } from './figures.ts';
import { checkOutput, residentMib, start } from './process.ts';
import { type WatchedTarget, watch } from './target.ts';

/** The heap, and what a process has beside it: Node itself, buffers, and bodies that are being read. */
const MAX_RESIDENT_MIB = 650;
/** Machines of CI are slow and shared: what takes longer than this many times its bound is not the machine's fault. */
const MAX_RATIO = 10;
const COMMAND_SECONDS = 2;
/** How long a command may take beyond its bound before it is killed. */
const PATIENCE_MS = 10_000;
const MAX_REASON_LENGTH = 300;
const MAX_SECONDS = { small: 60, large: 900 };
/** One pause of the machine is not the server's fault: what is too slow is tried again, up to so many times in all. */
const MAX_TRIES = 3;

/** How the attacks are run. */
export interface Terms {
  /** A checkout that is built. */
  readonly root: string;
  readonly isLarge: boolean;
}

export interface Outcome extends Read {
  /** What was not as it has to be; `null`: the server held. */
  readonly broken: string | null;
  readonly tries: number;
}

/** It took too long, and nothing else was wrong. */
class TooSlow extends Error {}

/** Makes an attack on processes of its own, and again while its only fault is that it took too long. */
export async function attempt(attack: Attack, terms: Terms): Promise<Outcome> {
  for (let tries = 1; ; tries += 1) {
    const { failure, crashes, ...read } = await tryOnce(attack, terms);
    const broken = failure === null ? null : [...crashes, messageOf(failure)].join('; ');
    const isSlow = failure instanceof TooSlow && crashes.length === 0;
    if (!isSlow || tries === MAX_TRIES) return { ...read, broken, tries };
  }
}

async function tryOnce({ make }: Attack, { root, isLarge }: Terms) {
  const figures = createFigures();
  const processes: Running[] = [];
  const targets: WatchedTarget[] = [];
  const launch = (args: readonly string[]) => {
    const running = start(root, args);
    processes.push(running);
    return running;
  };
  const folder = mkdtempSync(join(tmpdir(), 'attack-'));
  const site: Site = {
    folder,
    size: (large, small) => (isLarge ? large : small),
    serve: async (flags = []) => {
      const target = await watch(launch(['--port', '0', ...flags]), figures);
      targets.push(target);
      return target;
    },
    command: (args, seconds = COMMAND_SECONDS) => finish(launch(args), seconds * 1_000, figures),
  };
  const sampling = setInterval(() => {
    for (const { child } of processes) figures.grew(residentMib(child.pid, 'VmHWM'));
  }, 20);
  const failure = await failureOf(async () => {
    await withinSeconds(isLarge ? MAX_SECONDS.large : MAX_SECONDS.small, make(site));
    for (const target of targets) await target.check();
    for (const running of processes) checkOutput(running);
    checkFigures(figures.read());
  });
  clearInterval(sampling);
  for (const target of targets) target.close();
  for (const { child, finished } of processes) {
    child.kill('SIGKILL');
    await finished;
  }
  rmSync(folder, { recursive: true, force: true });
  const crashes = processes.map(crashOf).filter((crash) => crash !== null);
  return { ...figures.read(), failure, crashes };
}

/** Runs a command to its end. */
async function finish(running: Running, boundMs: number, figures: Figures) {
  figures.allow(boundMs);
  const begin = performance.now();
  let isLate = false;
  const end = setTimeout(() => {
    isLate = true;
    running.child.kill('SIGKILL');
  }, boundMs + PATIENCE_MS);
  const finished = await running.finished;
  clearTimeout(end);
  figures.waited(performance.now() - begin);
  const { code, out, err } = finished;
  figures.note(0, code === null ? `${running.child.signalCode}` : `exit ${code}`);
  if (isLate) throw new TooSlow('the command did not end by itself');
  assert.ok(code === 0 || code === 1 || code === 2, `the command ended with ${code}`);
  assert.doesNotMatch(out + err, /Maximum call stack|heap out of memory|^ +at /m);
  if (code !== 0) assert.notEqual((out + err).trim(), '', 'the command failed without a word');
  return finished;
}

async function withinSeconds(seconds: number, act: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TooSlow(`not over after ${seconds} s`)), seconds * 1_000);
  });
  await Promise.race([act, late]).finally(() => clearTimeout(timer));
}

async function failureOf(act: () => Promise<void>): Promise<unknown> {
  try {
    await act();
    return null;
  } catch (cause) {
    return cause;
  }
}

function messageOf(cause: unknown): string {
  return String(cause instanceof Error ? cause.message : cause)
    .replaceAll(/\s+/g, ' ')
    .slice(0, MAX_REASON_LENGTH);
}

/** Time comes last, so that it is the only fault. */
function checkFigures({ stallMs, boundMs, peakMib }: Read): void {
  assert.ok(peakMib <= MAX_RESIDENT_MIB, `${peakMib.toFixed(0)} MiB of memory`);
  if (stallMs <= boundMs * MAX_RATIO) return;
  throw new TooSlow(`others waited for ${(stallMs / boundMs).toFixed(0)} times the bound`);
}

/** Why a process has died; `null`: it has not. */
function crashOf({ texts }: Running): string | null {
  if (texts.err.includes('heap out of memory')) return 'died: out of memory';
  const [, error] = /^(\w*Error.*)[\s\S]*^Node\.js v\d/m.exec(texts.err) ?? [];
  return error === undefined ? null : `died: ${error}`;
}
