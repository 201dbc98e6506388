/**
 * Serves real OpenAPI documents with the built command, asks for every operation, and lets ajv judge the answers; beside
 * it Prism and Scalar's mock server with the same requests. Exits with 1 when a document is refused, or when fewer than
 * 95 % of all operations are answered as their document says.
 *
 * ```sh
 * npm run test:documents
 * npm run test:documents -- --without-peers --only figma,github --details
 * npm run test:documents -- --folder ../documents --json documents.json
 * ```
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve as resolvePath } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Contestant, installPeers, OURS } from './contestants.ts';
import { documentsBelow, fetchDocument, installedDocuments, type Listed, PACKED } from './corpus.ts';
import { type OpenApiDocument, readDocument } from './document.ts';
import { createJudge, type Judge } from './judge.ts';
import { knownFor } from './known.ts';
import { askAll, memoryOf, type Question, type Refusal, type Started, start, stop } from './measure.ts';
import { operationsOf } from './operations.ts';
import { makeRequest } from './request.ts';
import { type Result, type Row, shareOf, summarize, writeDetails, writeTable } from './results.ts';

const STARTS = 3;
/** A start that takes longer is measured once. */
const MAX_REPEATED_START_MS = 10_000;
const MIN_SHARE = 0.95;
/** Of the small documents: documents.test.ts has all of them. */
const SMALL = ['security-3.1', 'readme-3.1', 'train-travel-3.1', 'http-status-codes-3.0', 'star-trek-3.0'];
const SHARED = fileURLToPath(new URL('../../../shared/documents', import.meta.url));

const { values } = parseArgs({
  options: {
    folder: { type: 'string', default: SHARED },
    only: { type: 'string', default: '' },
    json: { type: 'string', default: '' },
    'without-peers': { type: 'boolean', default: false },
    details: { type: 'boolean', default: false },
  },
});
const only = values.only.split(',').filter((name) => name !== '');
const isWanted = ({ name }: { readonly name: string }) =>
  only.length > 0 ? only.includes(name) : !/-3\.\d$/.test(name) || SMALL.includes(name);

const scratch = mkdtempSync(join(tmpdir(), 'documents-'));
const running = new Set<() => void>();
process.on('exit', () => {
  for (const kill of running) kill();
  rmSync(scratch, { recursive: true, force: true });
});
for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => process.exit(1));

const inFolder = documentsBelow(resolvePath(values.folder)).filter(isWanted);
const listed = [
  ...installedDocuments().filter(isWanted),
  ...inFolder,
  ...PACKED.filter(isWanted).map((packed) => fetchDocument(packed, scratch)),
];
const missing = only.filter((name) => !listed.some((document) => document.name === name));
if (missing.length > 0) throw new Error(`There is no document ${missing.join(', ')}.`);
const contestants = [OURS, ...(values['without-peers'] ? [] : installPeers(scratch))];
const rows: Row[] = [];
for (const document of listed) {
  const row = await measureDocument(document);
  if (row === null) continue;
  rows.push(row);
  if (values.json !== '') writeFileSync(values.json, `${JSON.stringify(rows, null, 2)}\n`);
  console.error(`${rows.length} of at most ${listed.length}: ${document.name}`);
}
if (values.details) console.log(writeDetails(rows));
console.log(writeTable(rows));
const refused = rows.filter(({ results: [ours] }) => ours && 'refusal' in ours);
if (refused.length > 0) console.log(`Refused: ${refused.map(({ document }) => document).join(', ')}`);
const isShort = rows.length === 0 || shareOf(rows, OURS.name) < MIN_SHARE;
process.exitCode = refused.length > 0 || isShort ? 1 : 0;

/** @returns `null` for a file of the folder that is no OpenAPI 3 document with operations. */
async function measureDocument(listing: Listed): Promise<Row | null> {
  const { name, file } = listing;
  const mayBeOther = inFolder.includes(listing);
  const document = mayBeOther ? readOrNull(file) : readDocument(file);
  if (document === null) return null;
  const judge = createJudge(document);
  const known = knownFor(document);
  const questions = operationsOf(document).map((operation) => ({
    operation,
    request: makeRequest(document, judge, operation, known),
  }));
  const [first] = questions;
  if (first === undefined) {
    if (mayBeOther) return null;
    throw new Error(`${file} has no operation.`);
  }
  return {
    document: name,
    version: document.version,
    operations: questions.length,
    invalidRequests: questions.flatMap(({ operation, request }) =>
      request.problems.slice(0, 1).map((problem) => `${operation.name}: ${problem}`),
    ),
    results: await compare(file, first, questions, judge),
  };
}

/** Starts all servers in turns, so that a slow moment of the machine is everyone's, and then asks each of them. */
async function compare(
  file: string,
  first: Question,
  questions: readonly Question[],
  judge: Judge,
): Promise<readonly Result[]> {
  const starts = new Map<Contestant, number[]>(contestants.map((contestant) => [contestant, []]));
  const results: Result[] = [];
  for (let round = 1; round <= STARTS; round += 1) {
    for (const [contestant, times] of starts) {
      const started = await start(contestant, file, first);
      if ('refusal' in started) {
        results.push({ contestant: contestant.name, refusal: started.refusal });
        starts.delete(contestant);
        continue;
      }
      const { child } = started;
      const kill = () => child.kill('SIGKILL');
      running.add(kill);
      times.push(started.milliseconds);
      const isSlow = started.milliseconds > MAX_REPEATED_START_MS;
      if (isSlow) starts.delete(contestant);
      if (isSlow || round === STARTS) {
        results.push(await question(contestant, started, questions, judge, times));
      }
      await stop(child);
      running.delete(kill);
    }
  }
  const order = contestants.map(({ name }) => name);
  return results.toSorted((a, b) => order.indexOf(a.contestant) - order.indexOf(b.contestant));
}

async function question(
  contestant: Contestant,
  { child, origin }: Exclude<Started, { readonly refusal: Refusal }>,
  questions: readonly Question[],
  judge: Judge,
  times: readonly number[],
): Promise<Result> {
  const findings = await askAll(contestant, origin, questions, judge);
  const median = times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
  return summarize(contestant, findings, median, memoryOf(child));
}

function readOrNull(file: string): OpenApiDocument | null {
  try {
    return readDocument(file);
  } catch {
    return null;
  }
}
