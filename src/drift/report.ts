import type { DriftFinding } from './finding.ts';

/** What came of one operation. */
export interface OperationResult {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  /** That live answered with; `null`: it did not answer, or was not asked. */
  readonly status: number | null;
  /** Why success could not be compared; `null`: it was. */
  readonly reason: string | null;
  /** Whether live answered 401 or 403 although a key was sent. */
  readonly refusesKey: boolean;
}

/** The result of a run, as `--format json` prints it. */
export interface DriftReport {
  readonly version: 1;
  /** Origin and path of the live server. */
  readonly target: string;
  /** The file of the contract. */
  readonly contract: string;
  readonly operations: readonly OperationResult[];
  readonly findings: readonly DriftFinding[];
}

/** Operations whose success was compared. */
export function comparedOf({ operations }: DriftReport): readonly OperationResult[] {
  return operations.filter(({ reason }) => reason === null);
}

/** Findings that fail a run: all but notes. */
export function failuresOf({ findings }: DriftReport): readonly DriftFinding[] {
  return findings.filter(({ level }) => level !== 'note');
}

/** 0: everything could be compared and agrees. 1: findings, or some of it could not be compared. 2: nothing could be. */
export function exitCodeOf(report: DriftReport): 0 | 1 | 2 {
  const compared = comparedOf(report).length;
  if (compared === 0) return 2;
  return failuresOf(report).length === 0 && compared === report.operations.length ? 0 : 1;
}

export function isRefusal(status: number): boolean {
  return status === 401 || status === 403;
}

/**
 * Why an answer with an error tells nothing of success, and what to do; `null` for any other status.
 *
 * @param needsKey whether the contract asks for a key, which was sent then.
 */
export function explainStatus(status: number, needsKey: boolean): string | null {
  if (status < 400) return null;
  if (!needsKey && isRefusal(status))
    return `live answers ${status}: no key was sent, because the contract asks for none here.`;
  const known = Object.hasOwn(ADVICE, status) ? ADVICE[status] : undefined;
  return `live answers ${status}${known === undefined ? '' : `: ${known}`}.`;
}

const ADVICE: Readonly<Record<number, string>> = {
  400: 'it does not take these parameters; give others with --param NAME=VALUE',
  401: 'it does not accept the key; check the variable that --key-env names, and that the key is of this server',
  403: 'the key may not do this; give it the scope that the contract names (for experiments: experiment:read), and name a project that it may read with --project ID',
  404: 'there is no such thing; name a project of the key with --project ID, other ids with --param NAME=VALUE, and check the path of --target',
  429: 'too many requests; try later, or with a lower --rate',
};
