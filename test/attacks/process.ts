import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { type Running, run } from '../cli/running.ts';
import { SECRET } from './attack.ts';

const MAX_HEAP_MIB = 300;

/** Runs the built command of a checkout with a small heap. On SIGUSR2 it writes how much of it is in use. */
export function start(root: string, args: readonly string[]): Running {
  const probe = new URL('../server/support/heap-probe.js', import.meta.url).href;
  const options = `--max-old-space-size=${MAX_HEAP_MIB} --import ${probe}`;
  return run(args, { NODE_OPTIONS: options }, `${root}/dist/cli.js`);
}

/** MiB of memory that a process has, or the most that it has had; NaN without /proc, or once it has exited. */
export function residentMib(pid: number | undefined, which: 'VmRSS' | 'VmHWM'): number {
  try {
    const [, kibibytes] =
      new RegExp(`^${which}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return Number(kibibytes) / 1_024;
  } catch {
    return Number.NaN;
  }
}

/** @throws {Error} when a process wrote what no terminal may get, or a secret. */
export function checkOutput({ texts }: Running): void {
  const written = texts.out + texts.err;
  const [control] = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u.exec(written) ?? [];
  assert.equal(
    control && `U+${control.codePointAt(0)?.toString(16)}`,
    undefined,
    'the output has a control character',
  );
  assert.equal(findSecret(written), null, 'the output has a key');
  assert.doesNotMatch(written, /Maximum call stack|heap out of memory/);
}

/** Where a text has a secret, with what is around it. */
export function findSecret(text: string): string | null {
  const found = text.search(new RegExp(SECRET, 'i'));
  return found < 0 ? null : text.slice(Math.max(0, found - 30), found + 20);
}
