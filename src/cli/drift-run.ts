import { accessSync, constants, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Contract, Operation } from '../contract/contract.ts';
import { type ParameterValues, safeOperations } from '../drift/plan.ts';
import { noSuchName } from '../text/nearest-name.ts';
import { MIN_NEEDLE_LENGTH } from '../text/needles.ts';
import { shown, shownUrl } from '../text/shown.ts';
import type { DriftFlags } from './drift-flags.ts';
import { CommandFailure } from './failure.ts';

/** What a run needs to know. */
export interface DriftRun {
  /** Origin and path, without a slash at the end. */
  readonly target: string;
  /** Whether the path of the target stands for the base path of the contract's servers. */
  readonly hasBasePath: boolean;
  readonly key: string | null;
  readonly operations: readonly Operation[];
  readonly values: ParameterValues;
  readonly timeoutMs: number;
  readonly intervalMs: number;
}

/**
 * Checks the flags before anything is sent.
 * @throws {CommandFailure} with exit code 2, saying which flag is wrong. It does not repeat the key.
 */
export function readDriftRun(
  flags: DriftFlags,
  environment: NodeJS.ProcessEnv,
  contract: Contract,
): DriftRun {
  const operations = readOperations(flags, contract);
  if (flags.output !== undefined) checkIsWritable(flags.output);
  return {
    ...readTarget(flags.target),
    key: readKey(flags.keyEnv, environment),
    operations,
    values: readValues(flags, operations),
    timeoutMs: flags.timeout * 1_000,
    intervalMs: 1_000 / flags.rate,
  };
}

function readTarget(text: string): Pick<DriftRun, 'target' | 'hasBasePath'> {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol))
    throw wrong(`--target ${shownUrl(text)}: expected a URL such as https://us.posthog.com.`);
  if (url.username !== '' || url.password !== '')
    throw wrong(
      '--target has a user or a password; put the key into a variable, and name it with --key-env.',
    );
  if (url.search !== '' || url.hash !== '')
    throw wrong('--target: expected a URL without a query and without a fragment.');
  const path = url.pathname.replace(/\/$/, '');
  return { target: url.origin + path, hasBasePath: path !== '' };
}

/** Of a header, which takes printable ASCII. */
const KEY = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;

function readKey(name: string | undefined, environment: NodeJS.ProcessEnv): string | null {
  if (name === undefined) return null;
  const value = environment[name];
  // The name is not repeated: it may be the key, given by mistake.
  if (value === undefined || value === '')
    throw wrong(
      '--key-env: there is no such variable, or it is empty. Give the name of a variable, not the key.',
    );
  if (!KEY.test(value) || value.length < MIN_NEEDLE_LENGTH)
    throw wrong(
      `--key-env: expected a variable of ${MIN_NEEDLE_LENGTH} or more printable ASCII characters, without spaces around them.`,
    );
  return value;
}

function readOperations({ operation: wanted }: DriftFlags, contract: Contract): readonly Operation[] {
  const safe = safeOperations(contract);
  if (wanted === undefined) {
    if (safe.length > 0) return safe;
    throw wrong(`${contract.file} has no operation that only reads (GET or HEAD).`);
  }
  return [...new Set(wanted)].map((id) => {
    const found = contract.operations.find((operation) => operation.id === id);
    if (!found) {
      const names = safe.map((operation) => operation.id);
      throw wrong(noSuchName('--operation: there is no operation', id, names, 'Those that only read are'));
    }
    if (safe.includes(found)) return found;
    throw wrong(
      `--operation ${shown(id)}: it is a ${found.method}; only GET and HEAD are sent to a live server.`,
    );
  });
}

function readValues({ project, param = [] }: DriftFlags, operations: readonly Operation[]): ParameterValues {
  const values = new Map<string, string>();
  for (const text of param) {
    const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
    if (name === undefined || value === undefined)
      // The text is not repeated: it may be the key.
      throw wrong('--param: expected NAME=VALUE, such as project_id=1.');
    values.set(name, value);
  }
  if (project !== undefined) values.set(PROJECT, project);
  const known = [...new Set(operations.flatMap(({ parameters }) => parameters.map(({ name }) => name)))];
  for (const name of values.keys()) {
    if (known.includes(name)) continue;
    const flag = name === PROJECT && project !== undefined ? '--project' : '--param';
    throw wrong(noSuchName(`${flag}: there is no parameter`, name, known, 'The parameters are'));
  }
  return values;
}

const PROJECT = 'project_id';

/** Before minutes of requests are lost. */
function checkIsWritable(file: string): void {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats?.isDirectory()) throw wrong(`--output ${shown(file)}: it is a directory; expected a file.`);
  try {
    accessSync(stats ? file : dirname(resolve(file)), constants.W_OK);
  } catch {
    throw wrong(
      `--output ${shown(file)}: ${stats ? 'it cannot be written to' : 'its directory does not exist, or cannot be written to'}.`,
    );
  }
}

function wrong(message: string): CommandFailure {
  return new CommandFailure(message, 2);
}
