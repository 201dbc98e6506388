import { isIP } from 'node:net';
import type { CoreMock } from '../mock/mock.ts';
import { packagedPath } from '../packaged.ts';
import { checkReach, type ReachNames } from '../server/control/guard.ts';
import { DEFAULT_HOST, type RunningServer, type ServerOptions, startServer } from '../server/server.ts';
import { stackOf } from '../text/message-of.ts';
import { shownText } from '../text/shown.ts';
import { bannerOf } from './banner.ts';
import { endGracefully } from './ending.ts';
import { CommandFailure } from './failure.ts';
import { createLog, type Log, type LogLevel, type LogStreams } from './log.ts';
import { type MockFlags, openMockOf } from './mock-flags.ts';
import { isOwnHost } from './own-host.ts';
import { openWatchedMock } from './reloading.ts';
import { writeOutput } from './write-output.ts';

export interface ServeFlags extends MockFlags {
  readonly port: number;
  readonly host: string;
  readonly watch: boolean;
  readonly corsOrigin?: readonly string[];
  readonly token?: string;
  readonly publicUrl?: string;
  readonly coverageFile?: string;
  readonly allowedHost?: readonly string[];
  readonly control: boolean;
  readonly logLevel: LogLevel;
  readonly json: boolean;
}

/** The flags whose value comes from the environment variable of that name. */
export type FromEnvironment = ReadonlyMap<keyof ServeFlags, string>;

/** Serves a mock until a signal ends the process. */
export async function serve(given: ServeFlags, env: FromEnvironment, streams: LogStreams): Promise<void> {
  const log = createLog({ level: given.logLevel, json: given.json }, streams);
  process.once('exit', log.flush);
  const flags = { ...given, host: await usableHost(given.host, env.get('host'), log) };
  const { host, port, corsOrigin, token, allowedHost, publicUrl, control, coverageFile } = flags;
  // A URL or a port: that others reach it would be the wrong complaint.
  if (isIP(host) === 0 && /[:/]/.test(host)) throw notOwnHost(host);
  if (control) checkReach(host, token, namesOf(env));
  const watched = flags.watch
    ? await openWatchedMock((beforeRead) => openMockOf(withPaths(flags), beforeRead), log)
    : { ...(await openMockOf(flags)), close: async () => {} };
  const { mock } = watched;
  const onError = (cause: unknown) => log.write('error', mock.secrets.hideKnown(stackOf(cause)));
  const server = await closeOnFailure(watched, async () => {
    // Early, so that nobody finds after a long run that it cannot be written.
    if (coverageFile !== undefined) writeCoverage(coverageFile, mock);
    return listen(env, mock, {
      host,
      port,
      corsOrigins: corsOrigin,
      token,
      allowedHosts: allowedHost,
      publicUrl,
      control,
      onError,
      // Replies that are not logged need not be timed.
      ...(log.isOn('warn') && { onReply: log.reply }),
    });
  });
  const writing = coverageFile === undefined ? server : withCoverage(server, mock, coverageFile);
  endGracefully([watched, writing], onError);
  if (!log.isOn('info')) return;
  const { lines, fields } = bannerOf(server.url, mock, flags);
  log.ready(lines, fields);
}

/** Writes the coverage once the last request has been answered. */
function withCoverage(server: RunningServer, mock: CoreMock, file: string): { close(): Promise<void> } {
  return {
    close: async () => {
      await server.close();
      writeCoverage(file, mock);
    },
  };
}

/** @throws {CommandFailure} when the file cannot be written. */
function writeCoverage(file: string, mock: CoreMock): void {
  writeOutput('--coverage-file', file, `${JSON.stringify(mock.coverage())}\n`);
}

/** Fills in the packaged files, so that they are watched, too. Another API may have no use for the rows. */
function withPaths(flags: MockFlags): MockFlags {
  const { contract = packagedPath('openapi.yaml'), provider, fixtures } = flags;
  const isPackaged = flags.contract === undefined && provider !== 'contract';
  if (fixtures !== undefined || !isPackaged) return { ...flags, contract };
  return { ...flags, contract, fixtures: packagedPath('fixtures') };
}

/**
 * Falls back to the default where a variable has a value that cannot be meant: conda sets HOST to the name of a platform.
 * Nobody but this machine can reach the default, so this does no harm.
 */
async function usableHost(host: string, variable: string | undefined, log: Log): Promise<string> {
  if (variable === undefined || (await isOwnHost(host))) return host;
  const reason = `${variable}=${shownText(host)} is ignored, as it is not an address of this machine`;
  log.write('warn', `${reason}; listening on ${DEFAULT_HOST}. Set ${variable} or --host to choose another.`);
  return DEFAULT_HOST;
}

function namesOf(env: FromEnvironment): ReachNames {
  const host = env.get('host');
  return { host: host === undefined ? '--host ' : `${host}=`, token: env.get('token') ?? '--token' };
}

async function listen(
  env: FromEnvironment,
  mock: CoreMock,
  options: ServerOptions & { readonly host: string; readonly port: number },
): Promise<RunningServer> {
  try {
    return await startServer(mock, options);
  } catch (cause) {
    if (!isSystemError(cause)) throw cause;
    throw new CommandFailure(cannotListen(cause, options, env), 1);
  }
}

/** Whether Node threw because the operating system refused; its `syscall` tells it from a bug. */
function isSystemError(cause: unknown): cause is NodeJS.ErrnoException {
  return cause instanceof Error && 'syscall' in cause;
}

function cannotListen(
  cause: NodeJS.ErrnoException,
  { host, port }: { readonly host: string; readonly port: number },
  env: FromEnvironment,
): string {
  const [inPort, byPort] = [env.get('port'), env.get('port') ?? '--port'];
  const subject = `Port ${port}${inPort === undefined ? '' : ` (from ${inPort})`} on ${shownText(host)}`;
  switch (cause.code) {
    case 'EADDRINUSE':
      return `${subject} is in use; choose another with ${byPort}, or any free one with --port 0.`;
    case 'EACCES':
      return `${subject} may not be used by this user; choose one above 1023 with ${byPort}.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return notOwnHost(host).message;
    default:
      return `Cannot listen on ${shownText(host)}, port ${port}: ${cause.message}`;
  }
}

function notOwnHost(host: string): CommandFailure {
  const detail = `${shownText(host)} is not an address of this machine`;
  return new CommandFailure(`${detail}; --host takes one, such as ${DEFAULT_HOST}, without a port.`, 1);
}

/** Closes what was opened when the next step fails. */
async function closeOnFailure<T>(opened: { close(): Promise<void> }, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (cause) {
    await opened.close();
    throw cause;
  }
}
