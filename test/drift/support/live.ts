import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { onTestFinished } from 'vitest';
import { drift } from '../../../src/cli/drift.ts';
import type { DriftFlags } from '../../../src/cli/drift-flags.ts';
import type { DriftReport } from '../../../src/drift/report.ts';

/** Not in the format of PostHog's keys, which are redacted by their format already. */
export const KEY = 'zq7-S3cr3t/K3y-0f-live';

/** A live server on a free port, closed when the test has finished. */
export async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  });
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
}

/** A live server and the requests that it got. */
export async function live(answer: RequestListener) {
  const requests: IncomingMessage[] = [];
  const url = await listen(
    createServer((request, response) => {
      requests.push(request);
      answer(request, response);
    }),
  );
  return { url, requests };
}

const FLAGS: DriftFlags = { target: '', keyEnv: 'LIVE_KEY', rate: 100, timeout: 5, format: 'json' };

/** Runs the command in this process. */
export async function run(flags: Partial<DriftFlags>, isTTY = false, key = KEY) {
  const texts = { out: '', err: '' };
  const collect = (name: keyof typeof texts) =>
    new Writable({
      decodeStrings: false,
      write: (chunk, _, done) => {
        texts[name] += chunk;
        done();
      },
    });
  const streams = { out: collect('out'), err: Object.assign(collect('err'), { isTTY }) };
  const code = await drift({ ...FLAGS, ...flags }, { LIVE_KEY: key }, streams);
  return { code, ...texts };
}

/** Runs the command and reads its report. */
export async function report(flags: Partial<DriftFlags>): Promise<DriftReport & { readonly code: number }> {
  const { code, out } = await run(flags);
  return { code, ...JSON.parse(out) };
}

/** Findings in a form that reads well in a test. */
export function lines({ findings }: DriftReport): readonly string[] {
  return findings.map(({ level, verdict, status, in: place, name, pointer, expected, found }) =>
    [level, verdict, status, place, name ?? pointer ?? '', `expected ${expected}, found ${found}`].join(
      ' | ',
    ),
  );
}

/** A contract as a file. */
export function contractFile(document: object): string {
  const file = join(mkdtempSync(join(tmpdir(), 'drift-')), 'contract.json');
  writeFileSync(file, JSON.stringify(document, null, 2));
  return file;
}
