import { checkMembers } from '../check-members.ts';
import { type Contract, isOfMethod, otherMethodHint } from '../contract/contract.ts';
import type { JournalEntry, RequestFinding } from '../index.ts';
import { isObject } from '../json.ts';
import { shown } from '../text/shown.ts';
import { UsageTypeError } from '../usage-error.ts';

/** What fails the test that made it: `fail`, the default, or `ignore`. */
export interface GuardOptions {
  /**
   * A request that comes near an operation of the contract, or is sent to the mock, but matches none. Ignoring it does not
   * let it through: it still fails as if the network were down, or gets the mock's 404 or 405.
   */
  readonly unmatched?: 'fail' | 'ignore' | undefined;
  /** A request that nothing answers, neither the mock nor a handler of yours. Ignored, it goes to the network. */
  readonly unhandled?: 'fail' | 'ignore' | undefined;
  /** A request that breaks the contract: a parameter or a body that it does not allow. */
  readonly invalid?: 'fail' | 'ignore' | undefined;
}

/** `false` ignores all. */
export type Guard = boolean | GuardOptions;

/** A request that a test should not have made. */
export interface Leak {
  readonly kind: keyof GuardOptions;
  /** Method and URL, without the query, which may hold a key. */
  readonly request: string;
  readonly reason: string;
}

/** Those of one asker. */
export interface AskedLeaks {
  /** Who made the requests, to begin a sentence with. */
  readonly asker: string;
  readonly leaks: readonly Leak[];
  /** What a caller writes to be allowed a kind. */
  readonly optOut: (kind: keyof GuardOptions) => string;
}

/** Fails a test, or a file of tests, because of the requests that it made. */
export class LeakError extends Error {
  override readonly name = 'LeakError';
  readonly leaks: readonly Leak[];

  /** @param ownAnswer how a test answers a request itself. */
  constructor(asked: readonly AskedLeaks[], ownAnswer: string) {
    super(asked.map((one) => paragraphOf(one, ownAnswer)).join('\n'));
    this.leaks = asked.flatMap(({ leaks }) => leaks);
    // It is thrown when the test is over: all that its frames show is this package.
    this.stack = `${this.name}: ${this.message}`;
  }
}

/** Different ones; the message counts the rest. */
const MAX_LEAKS_SHOWN = 10;

function paragraphOf({ asker, leaks, optOut }: AskedLeaks, ownAnswer: string): string {
  const requests = leaks.length === 1 ? 'a request' : `${leaks.length} requests`;
  const kinds = [...new Set(leaks.map(({ kind }) => kind))];
  return [
    `${asker} made ${requests} that it should not make:`,
    ...listOf(leaks),
    ...kinds.map((kind) => ADVICE[kind](ownAnswer, optOut(kind))),
  ].join('\n');
}

/** The same request, as of a test that asks in a loop, is listed once. */
function listOf(leaks: readonly Leak[]): string[] {
  const counts = new Map<string, number>();
  for (const { request, reason } of leaks) {
    const line = `  ${request}\n    ${reason}`;
    counts.set(line, (counts.get(line) ?? 0) + 1);
  }
  const lines = [...counts].map(([line, count]) => (count > 1 ? `${line}\n    (${count} times)` : line));
  const rest = lines.length - MAX_LEAKS_SHOWN;
  return rest > 0 ? [...lines.slice(0, MAX_LEAKS_SHOWN), `  and ${rest} more`] : lines;
}

const ADVICE: Readonly<Record<keyof GuardOptions, (ownAnswer: string, optOut: string) => string>> = {
  unmatched: (ownAnswer, optOut) =>
    `Correct the URL or the method, or answer it with ${ownAnswer}. ${optOut} keeps it from failing, but does not let the request through.`,
  unhandled: (ownAnswer, optOut) =>
    `Answer it with ${ownAnswer}, or do not send it in a test; to let it go to the network: ${optOut}.`,
  invalid: (_, optOut) => `Send what the contract allows; if it is meant: ${optOut}.`,
};

const REACTIONS: readonly unknown[] = ['fail', 'ignore', undefined];

/**
 * Checks the guard of callers without types, whose misspelt kinds would be ignored silently.
 *
 * @param kinds those that it may have.
 * @throws {UsageTypeError} on a kind that does not exist, and on what is no reaction.
 */
export function checkGuard(guard: unknown, kinds: readonly (keyof GuardOptions)[]): void {
  if (typeof guard === 'boolean') return;
  if (!isObject(guard)) {
    throw new UsageTypeError(`"guard" is true, false or an object of kinds; found ${shown(guard)}.`);
  }
  checkMembers('"guard"', ['kind', 'kinds'], guard, kinds);
  const wrong = Object.entries(guard).find(([, reaction]) => !REACTIONS.includes(reaction));
  if (wrong === undefined) return;
  throw new UsageTypeError(`"${wrong[0]}" of "guard" is "fail" or "ignore"; found ${shown(wrong[1])}.`);
}

export function isGuarded(guard: Guard, kind: keyof GuardOptions): boolean {
  return typeof guard === 'boolean' ? guard : guard[kind] !== 'ignore';
}

/** What is wrong with a request that reached the mock, or came near it. */
export function leakOf({ operations }: Contract, entry: JournalEntry): Leak | null {
  const { method, origin = '', path } = entry.request;
  const request = `${method} ${origin}${path}`;
  if (entry.operation === null) {
    return { kind: 'unmatched', request, reason: `No operation matches. ${entry.hint ?? ''}`.trim() };
  }
  const operation = operations.find(({ id }) => id === entry.operation);
  // Every path answers OPTIONS.
  if (operation && method !== 'OPTIONS' && !isOfMethod(operation, method)) {
    const reason = `No operation matches. ${otherMethodHint(operation, method)}`;
    return { kind: 'unmatched', request, reason };
  }
  const { findings } = entry;
  if (findings.length === 0) return null;
  const heading = `It breaks the contract of ${entry.operation}:`;
  return { kind: 'invalid', request, reason: [heading, ...findings.map(sentenceOf)].join('\n      ') };
}

/** `query "limit": expected integer, found "a"`. */
function sentenceOf({ in: place, name, pointer = '', detail }: RequestFinding): string {
  const owner = name === undefined ? place : `${place} "${name}"`;
  return `${owner}${pointer === '' ? '' : ` at ${pointer}`}: ${detail}`;
}
