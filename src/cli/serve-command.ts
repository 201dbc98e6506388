import { type Command, InvalidArgumentError, Option } from 'commander';
import { createClock } from '../mock/clock.ts';
import { type DelayOption, MAX_DELAY_MS, readDelay as readDelayOption } from '../mock/delay.ts';
import { TOKEN_HEADER } from '../mock/headers.ts';
import { DEFAULT_HOST, DEFAULT_PORT } from '../server/server.ts';
import { noSuchName } from '../text/nearest-name.ts';
import { isUsageError } from '../usage-error.ts';
import { CommandFailure } from './failure.ts';
import { LOG_LEVELS, type LogStreams } from './log.ts';
import { commandFirst } from './misplaced.ts';
import { type FromEnvironment, type ServeFlags, serve } from './serve.ts';
import { contractOption, fixturesOption, strictOption } from './source-options.ts';

/** Adds the command that runs when none is named. */
export function addServeCommand(program: Command, streams: LogStreams): Command {
  return (
    program
      .command('serve', { isDefault: true })
      .description('serve the mock over HTTP (default)')
      .addOption(
        new Option('-p, --port <number>', 'port, 0 for a free one')
          .env('PORT')
          .argParser(readPort)
          .default(DEFAULT_PORT),
      )
      .addOption(
        new Option('--host <address>', 'address to listen on')
          .env('HOST')
          .argParser(readHost)
          .default(DEFAULT_HOST),
      )
      .addOption(
        new Option('--scenario <name...>', 'scenario for all operations, or operationId=name for one'),
      )
      .addOption(contractOption)
      .addOption(strictOption)
      .addOption(
        new Option(
          '--provider <name>',
          'how the API behaves (default: by the operations of the contract)',
        ).choices(['posthog', 'contract']),
      )
      .addOption(fixturesOption)
      .addOption(
        new Option('--now <time>', 'fix the clock: ISO 8601, or relative such as now-1d').argParser(readNow),
      )
      .addOption(
        new Option('--delay <ms>', 'milliseconds before every answer, or a range such as 100-500').argParser(
          readDelay,
        ),
      )
      .addOption(
        new Option('--auth <mode>', 'whether keys and scopes are checked')
          .choices(['enforce', 'off'])
          .default('enforce'),
      )
      .addOption(
        new Option('--throttle <mode>', "PostHog's limits for each key")
          .choices(['off', 'enforce'])
          .default('off'),
      )
      .addOption(
        new Option(
          '--validate <mode>',
          'what an answer that breaks the contract becomes: a 500 problem, itself with a header, or no check',
        )
          .choices(['error', 'warn', 'off'])
          .default('error'),
      )
      .addOption(
        new Option(
          '--requests <mode>',
          'what a request that breaks the contract gets: the answer and a hint, a 400 problem, or no check',
        )
          .choices(['warn', 'error', 'off'])
          .default('warn'),
      )
      .addOption(new Option('--watch', 'read contract and fixtures again when they change').default(false))
      .option('--coverage-file <file>', 'write how much of the contract was used when the server ends')
      .addOption(
        new Option(
          '--cors-origin <origin...>',
          'origins whose pages may send credentials and read answers (default: any page may read)',
        ),
      )
      .addOption(
        new Option('--token <token>', `the ${TOKEN_HEADER} that the control plane demands`).env('MOCK_TOKEN'),
      )
      .addOption(new Option('--allowed-host <name...>', 'more host names that the control plane accepts'))
      .addOption(
        new Option(
          '--public-url <url>',
          'where clients reach the server through a proxy, with its path prefix',
        ),
      )
      .addOption(new Option('--no-control', 'serve the API only: no control plane, no sessions, no panel'))
      .addOption(new Option('--log-level <level>', 'lowest level to log').choices(LOG_LEVELS).default('info'))
      .addOption(new Option('--json', 'write the log as JSON lines').default(false))
      // A word that is not a command arrives here.
      .allowExcessArguments()
      .action((flags: ServeFlags, command: Command) => {
        const [word] = command.args;
        if (word !== undefined) throw new CommandFailure(unexpectedWord(program, word), 2);
        return serve(flags, fromEnvironment(command), streams);
      })
  );
}

/** The variables that give a flag its value. */
function fromEnvironment(command: Command): FromEnvironment {
  return new Map(
    command.options.flatMap((option) => {
      const { envVar } = option;
      // The flags of `serve` have the names that commander gives them.
      const name = option.attributeName() as keyof ServeFlags;
      const isUsed = envVar !== undefined && command.getOptionValueSource(name) === 'env';
      return isUsed ? [[name, envVar] as const] : [];
    }),
  );
}

function unexpectedWord(program: Command, word: string): string {
  const first = commandFirst(process.argv.slice(2), program.commands);
  if (first !== null) return first;
  const names = program.commands.map((command) => command.name());
  if (names.includes(word)) return `serve takes no words; found "${word}".`;
  return noSuchName('There is no command', word, names, 'The commands are');
}

/** An empty variable counts as not set; Node would listen on all interfaces. An IPv6 address may be as in a URL. */
function readHost(text: string): string {
  return text.trim() === '' ? DEFAULT_HOST : text.replace(/^\[(.*)\]$/, '$1');
}

function readPort(text: string): number {
  if (text.trim() === '') return DEFAULT_PORT;
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new InvalidArgumentError('Expected a port, 0 to 65535.');
}

function readDelay(text: string): DelayOption {
  const [, min, max = min] = /^(\d+)(?:-(\d+))?$/.exec(text) ?? [];
  return checked([Number(min), Number(max)], readDelayOption, `Expected ${DELAY_FORMAT}.`);
}

const DELAY_FORMAT = `milliseconds from 0 to ${MAX_DELAY_MS}, or a range such as 100-500`;

function readNow(text: string): string {
  return checked(text, (now) => createClock(now, () => {}));
}

/** A value that the mock takes, or what is wrong with it: Commander names the flag. */
function checked<T>(value: T, check: (value: T) => unknown, detail?: string): T {
  try {
    check(value);
    return value;
  } catch (cause) {
    if (isUsageError(cause)) throw new InvalidArgumentError(detail ?? cause.message);
    throw cause;
  }
}
