import type { CoreMock } from '../mock/mock.ts';
import { packagedPath } from '../packaged.ts';
import { CONTROL_PATH } from '../server/control-path.ts';
import { type RunningServer, type ServerOptions, startServer } from '../server/server.ts';
import { stackOf } from '../text/message-of.ts';
import { endGracefully } from './ending.ts';
import { curlOf, findExampleRequest } from './example-request.ts';
import { CommandFailure } from './failure.ts';
import { createLog, type Log, type LogLevel, type LogStreams } from './log.ts';
import { type MockFlags, openMockOf } from './mock-flags.ts';
import { openWatchedMock } from './reloading.ts';
import { settingsLine, settingsOf } from './settings.ts';

export interface ServeFlags extends MockFlags {
  readonly port: number;
  readonly host: string;
  readonly watch: boolean;
  readonly corsOrigin?: readonly string[];
  readonly token?: string;
  readonly allowedHost?: readonly string[];
  readonly control: boolean;
  readonly logLevel: LogLevel;
  readonly json: boolean;
}

/** Serves a mock until a signal ends the process. */
export async function serve(flags: ServeFlags, streams: LogStreams): Promise<void> {
  const { host, port, corsOrigin, token, allowedHost, control, logLevel, json } = flags;
  const log = createLog({ level: logLevel, json }, streams);
  const mockFlags = flags.watch ? withPaths(flags) : flags;
  const files = flags.watch ? pathsOf(mockFlags) : [];
  const watched = await openWatchedMock(() => openMockOf(mockFlags), files, log);
  const { mock } = watched;
  const server = await closeOnFailure(watched, () =>
    listen(mock, {
      host,
      port,
      corsOrigins: corsOrigin,
      token,
      allowedHosts: allowedHost,
      control,
      onError: (cause) => log.write('error', stackOf(cause)),
      // Replies that are not logged need not be timed.
      ...(log.isOn('warn') && { onReply: log.reply }),
    }),
  );
  endGracefully(async () => {
    await watched.close();
    await server.close();
  });
  if (log.isOn('info')) announce(log, server, mock, flags);
}

/** Fills in the packaged files, so that they are watched, too. */
function withPaths(flags: MockFlags): MockFlags {
  const { contract = packagedPath('openapi.yaml'), fixtures = packagedPath('fixtures') } = flags;
  return { ...flags, contract, fixtures };
}

function pathsOf({ contract, fixtures }: MockFlags): readonly string[] {
  return [contract, fixtures].filter((path) => path !== undefined);
}

async function listen(...[mock, options]: Parameters<typeof startServer>): Promise<RunningServer> {
  try {
    return await startServer(mock, options);
  } catch (cause) {
    if (!isSystemError(cause)) throw cause;
    throw new CommandFailure(cannotListen(cause, options ?? {}), 1);
  }
}

/** Whether Node threw because the operating system refused; its `syscall` tells it from a bug. */
function isSystemError(cause: unknown): cause is NodeJS.ErrnoException {
  return cause instanceof Error && 'syscall' in cause;
}

function cannotListen(cause: NodeJS.ErrnoException, { host, port }: ServerOptions): string {
  switch (cause.code) {
    case 'EADDRINUSE':
      return `Port ${port} on ${host} is in use; choose another with --port, or any free one with --port 0.`;
    case 'EACCES':
      return `Port ${port} on ${host} may not be used by this user; choose one above 1023 with --port.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `${host} is not an address of this machine; --host takes one, such as 127.0.0.1.`;
    default:
      return `Cannot listen on ${host}, port ${port}: ${cause.message}`;
  }
}

/** Logs the URL, the routes, what is not the default, and a curl command that works. */
function announce(log: Log, { url }: RunningServer, mock: CoreMock, flags: ServeFlags): void {
  const { host, control: hasControl, token } = flags;
  const needsToken = token !== undefined;
  const routes = mock.contract.operations.map(({ method, path }) => `${method} ${path}`);
  const example = findExampleRequest(mock);
  const panel = hasControl ? `${url}${CONTROL_PATH}/` : null;
  const others = host === '0.0.0.0' || host === '::' ? ', and on all other addresses of this machine' : '';
  const lines = [`Listening on ${url}${others}`, ...routes.map((route) => `  ${route}`)];
  const settings = settingsOf(flags, mock);
  const notDefault = settingsLine(settings);
  if (notDefault !== null) lines.push(notDefault);
  if (panel) lines.push(`Panel: ${panel}${needsToken ? '#token=…' : ''}`);
  if (example) lines.push(`Try it: ${curlOf(example, url)}`);
  const fields = Object.fromEntries(settings.map(({ name, value }) => [name, value]));
  log.ready(lines, { url, routes, panel, ...fields });
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
