import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { Comparator } from '@pactflow/openapi-pact-comparator';
import { load } from 'js-yaml';
import { drift } from '../../src/cli/drift.ts';
import { validate } from '../../src/cli/validate.ts';
import { summaryOf } from '../../src/drift/render-text.ts';
import { type DriftReport, failuresOf } from '../../src/drift/report.ts';
import { createMock, type Mock } from '../../src/index.ts';
import { packagedPath } from '../../src/packaged.ts';
import { thingContract } from '../mock/request-check/thing.ts';

export const CONTRACT = readFileSync(packagedPath('openapi.yaml'), 'utf8');
const KEY = 'phx_experiment_read';
const AUTHORIZED = { headers: { Authorization: `Bearer ${KEY}` } };
export const STATS = '/api/projects/1/experiments/stats/';
export const FLAG = '/api/projects/1/experiments/requires_flag_implementation/';

/** Calls with a directory of the given files, which goes afterwards. */
async function withFiles<T>(
  files: Readonly<Record<string, string>>,
  use: (directory: string) => T | Promise<T>,
): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'mutation-'));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
    return await use(directory);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** `validate --contract`: errors, and what is odd. */
export function validateContract(text: string): Promise<readonly string[]> {
  return withFiles({ 'openapi.yaml': text }, async (directory) => {
    const { errors, warnings } = await validate({ contract: join(directory, 'openapi.yaml') });
    return [...errors, ...warnings.map(({ detail }) => detail)];
  });
}

/** `validate --fixtures`. */
export function validateFixtures(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  return withFiles(files, async (directory) => (await validate({ fixtures: directory })).errors);
}

/** `validate: 'error'`: what becomes of the computed answers. */
export async function checkAnswers(contract: string): Promise<readonly string[]> {
  const mock = createMock({ contract });
  const found: string[] = [];
  for (const path of [STATS, FLAG]) {
    const response = await mock.fetch(`https://us.posthog.com${path}`, AUTHORIZED);
    const { code, detail } = await response.json();
    if (code === 'MOCK_RESPONSE_INVALID') found.push(detail);
  }
  return found;
}

/** The hint for a request. */
export function hintFor(target: string, headers: Readonly<Record<string, string>> = {}) {
  return hintOf(createMock(), target, { headers: { ...AUTHORIZED.headers, ...headers } });
}

const THINGS = [
  { name: 'sort', in: 'query', explode: false, schema: { type: 'array', items: { enum: ['name', 'age'] } } },
  { name: 'filter', in: 'query', style: 'deepObject', schema: { properties: { age: { type: 'integer' } } } },
  { name: 'X-Tenant', in: 'header', required: true, schema: { type: 'integer' } },
  { name: 'X-Tags', in: 'header', schema: { type: 'array', items: { enum: ['a', 'b'] }, maxItems: 2 } },
  { name: 'page', in: 'cookie', schema: { type: 'integer' } },
];
/** The least that a request of that contract has. */
const TENANT = { 'x-tenant': '1' };

/** The hint for a request of a contract that has parameters everywhere, and a body. */
export function hintForThing({
  target = '/things/1',
  headers = TENANT,
  ...init
}: {
  readonly target?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}): Promise<readonly string[]> {
  return hintOf(createMock({ contract: thingContract(THINGS) }), target, { ...init, headers });
}

async function hintOf(
  mock: Pick<Mock, 'fetch'>,
  target: string,
  init: RequestInit,
): Promise<readonly string[]> {
  const response = await mock.fetch(`https://us.posthog.com${target}`, init);
  const hint = response.headers.get('X-Mock-Hint');
  return hint === null ? [] : [hint];
}

/** What the comparator has against a pact of requests of a mock, each after one of the same operation that is right. */
export async function comparePact(target: string, contract = CONTRACT): Promise<readonly string[]> {
  // PostHog answers some wrong requests with errors, whose requests the comparator does not check.
  const mock = createMock({ scenario: { [FLAG_OPERATION]: 'flag-implemented' } });
  for (const path of [STATS, `${FLAG}?limit=5`, target])
    await mock.fetch(`https://us.posthog.com${path}`, AUTHORIZED);
  const pact = JSON.parse(JSON.stringify(mock.pact({ consumer: 'client', provider: 'posthog' })));
  const openapi = load(contract);
  if (typeof openapi !== 'object' || openapi === null) throw new Error('no document');
  const found: string[] = [];
  for await (const { code, message } of new Comparator(openapi).compare(pact))
    found.push(`${code}: ${message}`);
  return found;
}

const FLAG_OPERATION = 'experiments_requires_flag_implementation_retrieve';

/** `drift` against a server that answers as told: findings, and what could not be compared. */
export async function driftFrom(answer: RequestListener, contract?: string): Promise<readonly string[]> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await withFiles({ 'openapi.yaml': contract ?? CONTRACT }, async (directory) => {
      const { port } = server.address() as AddressInfo;
      const report = await reportOf(`http://127.0.0.1:${port}`, join(directory, 'openapi.yaml'));
      const found = failuresOf(report).map(
        ({ verdict, pointer, name, expected, found }) =>
          `${verdict} ${name ?? pointer ?? ''}: expected ${expected}, found ${found}`,
      );
      return report.operations.some(({ reason }) => reason !== null) ? [...found, summaryOf(report)] : found;
    });
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

async function reportOf(target: string, contract: string): Promise<DriftReport> {
  let text = '';
  const out = new Writable({
    write: (chunk, _, done) => {
      text += chunk;
      done();
    },
  });
  const flags = { target, contract, keyEnv: 'KEY', operation: ['experiments_stats_retrieve'] };
  await drift({ ...flags, rate: 100, timeout: 5, format: 'json' }, { KEY }, { out, err: process.stderr });
  return JSON.parse(text);
}
