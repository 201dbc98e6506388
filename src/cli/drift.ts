import type { Operation } from '../contract/contract.ts';
import { descriptionOf } from '../contract/described.ts';
import { askMock } from '../drift/ask-mock.ts';
import { compare } from '../drift/compare.ts';
import { withCredential } from '../drift/credential.ts';
import type { DriftFinding } from '../drift/finding.ts';
import { createHide, hideInFinding, hideInUrl } from '../drift/hide-key.ts';
import { planRequest } from '../drift/plan.ts';
import { renderSummary, renderText } from '../drift/render-text.ts';
import {
  type DriftReport,
  exitCodeOf,
  explainStatus,
  isRefusal,
  type OperationResult,
} from '../drift/report.ts';
import { toSarif } from '../drift/sarif.ts';
import type { CoreMock } from '../mock/mock.ts';
import { packagedVersion } from '../packaged.ts';
import { cut, printableJson, withoutControls } from '../text/printable.ts';
import { shown } from '../text/shown.ts';
import { locateContract } from './contract-location.ts';
import type { DriftFlags } from './drift-flags.ts';
import { type DriftRun, readDriftRun } from './drift-run.ts';
import { CommandFailure, toFailure } from './failure.ts';
import { type AskLive, openLive } from './live-server.ts';
import type { LogStreams } from './log.ts';
import { openMockOf } from './mock-flags.ts';
import { writeOutput } from './write-output.ts';

/**
 * Compares contract, mock and a live server, and writes the report. Sends nothing but GET and HEAD.
 *
 * @returns the exit code: 0 clean, 1 findings, or not everything could be compared, 2 nothing could be compared.
 * @throws {CommandFailure} with exit code 2, when the run cannot begin or its report cannot be written.
 */
export async function drift(
  flags: DriftFlags,
  environment: NodeJS.ProcessEnv,
  { out, err }: LogStreams,
): Promise<0 | 1 | 2> {
  const mock = await openMock(flags);
  const run = readDriftRun(flags, environment, mock.contract);
  const hide = createHide(run.key);
  const target = hideInUrl(run.target, hide);
  if (run.key !== null && isUnencrypted(run.target))
    err.write(`warning: the key is sent without encryption, as ${shown(target)} is not https.\n`);
  const askLive = openLive({
    ...run,
    userAgent: `posthog-experiments-mock/${packagedVersion()} drift`,
    hide,
  });
  const results: OperationResult[] = [];
  const findings: DriftFinding[] = [];
  for (const operation of run.operations) {
    const { method, path } = operation;
    if (err.isTTY) err.write(`\r\x1b[K${withoutControls(cut(progress(results.length, run, operation), 78))}`);
    const compared = await compareOperation(mock, operation, askLive, run);
    const { findings: own, ...result } = compared;
    results.push({ id: operation.id, method, path, ...result });
    findings.push(...own.map((finding) => hideInFinding(finding, hide)));
  }
  if (err.isTTY) err.write('\r\x1b[K');
  const report: DriftReport = {
    version: 1,
    target,
    contract: mock.contract.file,
    operations: results,
    findings,
  };
  const text = render(report, flags);
  if (flags.output === undefined) out.write(text);
  else {
    writeOutput('--output', flags.output, text);
    out.write(`${renderSummary(report)}\n`);
  }
  return exitCodeOf(report);
}

interface Compared extends Pick<OperationResult, 'status' | 'reason' | 'refusesKey'> {
  readonly findings: readonly DriftFinding[];
}

async function compareOperation(
  mock: CoreMock,
  operation: Operation,
  askLive: AskLive,
  { values, key, hasBasePath }: DriftRun,
): Promise<Compared> {
  const planned = planRequest(operation, values);
  if (typeof planned === 'string') return notCompared(planned);
  const request = withCredential(planned, operation, key);
  if (typeof request === 'string') return notCompared(request);
  const { contract } = mock;
  const path = hasBasePath ? request.path : (operation.basePaths[0] ?? '') + request.path;
  // A redirect that the contract has by its status or range is an answer; the others are followed.
  const isDocumented = (status: number) =>
    (descriptionOf(operation, status)?.status ?? 'default') !== 'default';
  const answer = await askLive({ ...request, path }, isDocumented);
  if (typeof answer === 'string') return notCompared(answer);
  const { redirected, ...live } = answer;
  const { status } = live;
  const answers = { live, redirected, ...askMock(mock, operation, planned, status) };
  const needsKey = operation.security.length > 0;
  return {
    status,
    reason: explainStatus(status, needsKey),
    refusesKey: needsKey && isRefusal(status),
    findings: compare(contract, operation, answers),
  };
}

function notCompared(reason: string): Compared {
  return { status: null, reason, refusesKey: false, findings: [] };
}

/** Keys and answers are not checked: the mock answers without the key of the live server, whatever its rows are. */
async function openMock({ contract, fixtures }: DriftFlags): Promise<CoreMock> {
  try {
    const { mock } = await openMockOf({
      ...(contract !== undefined && { contract }),
      ...(fixtures !== undefined && { fixtures }),
      auth: 'off',
      validate: 'off',
    });
    return mock;
  } catch (cause) {
    throw new CommandFailure(toFailure(cause).message, 2);
  }
}

function progress(done: number, { operations }: DriftRun, { method, path }: Operation): string {
  return `[${done + 1}/${operations.length}] ${method} ${path}`;
}

function isUnencrypted(target: string): boolean {
  const { protocol, hostname } = new URL(target);
  return protocol === 'http:' && !/^(?:localhost|.*\.localhost|127\..*|\[::1\])$/.test(hostname);
}

function render(report: DriftReport, { format, contract }: DriftFlags): string {
  if (format === 'json') return `${printableJson(report, null, 2)}\n`;
  if (format !== 'sarif') return `${renderText(report)}\n`;
  const context = { toolVersion: packagedVersion(), ...locateContract(contract) };
  return `${printableJson(toSarif(report, context), null, 2)}\n`;
}
