#!/usr/bin/env node
/**
 * The command line. Exit codes: 0 fine; 1 findings, or it could not start; 2 wrong usage.
 * @module
 */
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { createClock } from '../mock/clock.ts';
import { type DelayOption, MAX_DELAY_MS, readDelay as readDelayOption } from '../mock/delay.ts';
import { TOKEN_HEADER } from '../mock/headers.ts';
import { packagedVersion } from '../packaged.ts';
import { DEFAULT_HOST, DEFAULT_PORT } from '../server/server.ts';
import { noSuchName } from '../text/nearest-name.ts';
import { linesWithoutControls, withoutControls } from '../text/printable.ts';
import { wordsOf } from '../text/words.ts';
import { isUsageError } from '../usage-error.ts';
import { COVERAGE_FORMATS, type CoverageFlags, readThreshold } from './coverage-flags.ts';
import {
  DEFAULT_RATE,
  DEFAULT_TIMEOUT_S,
  type DriftFlags,
  REPORT_FORMATS,
  readRate,
  readTimeout,
} from './drift-flags.ts';
import { CommandFailure, toFailure } from './failure.ts';
import { listOperations } from './list-operations.ts';
import { listScenarios } from './list-scenarios.ts';
import { createLog, LOG_LEVELS } from './log.ts';
import { type FromEnvironment, type ServeFlags, serve } from './serve.ts';
import { listWarnings, toJson, validate } from './validate.ts';

const STREAMS = { out: process.stdout, err: process.stderr };
/** For a command that has failed, or could not be read. */
const failures = createLog({ level: 'error', json: process.argv.includes('--json') }, STREAMS);

const program = new Command('posthog-experiments-mock')
  .description("A contract mock of PostHog's experiments API.")
  .version(packagedVersion(), '-v, --version')
  .exitOverride()
  .configureOutput({
    outputError: (text) =>
      failures.write('error', `${text.replace(/^error: /, '')}Run with --help for the options.`),
  });

const contractOption = new Option('--contract <file>', 'OpenAPI document instead of the packaged one');
const strictOption = new Option('--strict', 'refuse a contract with anything odd').default(false);
const fixturesOption = new Option(
  '--fixtures <dir>',
  'directory of <collection>.json, each replacing the packaged one',
);

const serveCommand = program
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
  .addOption(new Option('--scenario <name...>', 'scenario for all operations, or operationId=name for one'))
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
    new Option('--public-url <url>', 'where clients reach the server through a proxy, with its path prefix'),
  )
  .addOption(new Option('--no-control', 'serve the API only: no control plane, no sessions, no panel'))
  .addOption(new Option('--log-level <level>', 'lowest level to log').choices(LOG_LEVELS).default('info'))
  .addOption(new Option('--json', 'write the log as JSON lines').default(false))
  // A word that is not a command arrives here.
  .allowExcessArguments()
  .action((flags: ServeFlags, command: Command) => {
    const [word] = command.args;
    if (word !== undefined) throw new CommandFailure(unknownCommand(word), 2);
    return serve(flags, fromEnvironment(command), STREAMS);
  });

program
  .command('operations')
  .description('list the operations of the contract')
  .argument('[words...]', 'only those that have all of these words in id, path, summary or tags')
  .addOption(contractOption)
  .addOption(new Option('--json', 'as JSON').default(false))
  .action((words: string[], flags) => console.log(listOperations(wordsOf(words.join(' ')), flags)));

program
  .command('scenarios')
  .description('list the scenarios that can be selected')
  .argument('[words...]', 'only those that have all of these words in name, status or summary')
  .addOption(new Option('--operation <id>', 'only those of one operation'))
  .addOption(new Option('--all', 'with the operations that have each').default(false))
  .addOption(contractOption)
  .addOption(new Option('--json', 'as JSON').default(false))
  .action((words: string[], flags) => console.log(listScenarios(wordsOf(words.join(' ')), flags)));

program
  .command('validate')
  .description('check contract and fixtures; exits with 1 when something is wrong')
  .addOption(contractOption)
  .addOption(fixturesOption)
  .addOption(strictOption)
  .addOption(new Option('--all', 'list every warning, not only the first of each kind').default(false))
  .addOption(new Option('--json', 'as JSON').default(false))
  .action((flags) => {
    const validation = validate(flags);
    process.exitCode = validation.isValid ? 0 : 1;
    if (flags.json) {
      console.log(toJson(validation, flags));
      return;
    }
    for (const error of validation.errors) console.error(`error: ${withoutControls(error)}`);
    if (validation.warnings.length > 0) {
      console.error(linesWithoutControls(listWarnings(validation, flags)));
    }
    if (validation.summary !== '') console.log(linesWithoutControls(validation.summary));
  });

program
  .command('drift')
  .description(
    'compare contract, mock and a live server; exits with 1 when they differ, with 2 when it could not tell',
  )
  .requiredOption(
    '--target <url>',
    'the live server; its path, if any, stands for that of the contract’s servers',
  )
  .option('--key-env <name>', 'the environment variable that has the API key')
  .option('--project <id>', 'the project to ask for, like --param project_id=ID')
  .option('--operation <id...>', 'only these operations (default: all that are GET or HEAD)')
  .option('--param <name=value...>', 'values for parameters of the contract, instead of its examples')
  .addOption(contractOption)
  .addOption(fixturesOption)
  .addOption(new Option('--rate <n/s>', 'requests a second').argParser(readRate).default(DEFAULT_RATE))
  .addOption(
    new Option('--timeout <seconds>', 'the longest that one request may take')
      .argParser(readTimeout)
      .default(DEFAULT_TIMEOUT_S),
  )
  .addOption(new Option('--format <format>', 'of the report').choices(REPORT_FORMATS).default('text'))
  .option('--output <file>', 'write the report into a file')
  .action(async (flags: DriftFlags) => {
    const { drift } = await import('./drift.ts');
    process.exitCode = await drift(flags, process.env, STREAMS);
  });

program
  .command('coverage')
  .description('add up files of coverage, as of parallel runs; exits with 1 when a threshold is missed')
  .argument(
    '<files...>',
    'files of serve --coverage-file, or of GET /__mock__/coverage; - for standard input',
  )
  .addOption(
    new Option('--threshold <kind=percent>', 'fail below it; once for each kind').argParser(readThreshold),
  )
  .addOption(new Option('--format <format>', 'of the report').choices(COVERAGE_FORMATS).default('text'))
  .action(async (files: string[], flags: CoverageFlags) => {
    const { coverage } = await import('./coverage.ts');
    process.exitCode = coverage(files, flags, STREAMS);
  });

// Without a command, serve runs, so most readers look for its options.
program.addHelpText(
  'after',
  () =>
    `\n${serveCommand.helpInformation().replace(/^Usage.*\n\n.*\n\n/, 'Of serve, the default command:\n\n')}`,
);

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

function unknownCommand(word: string): string {
  const names = program.commands.map((command) => command.name());
  return noSuchName('There is no command', word, names, 'The commands are');
}

/** An empty variable counts as not set; Node would listen on all interfaces. */
function readHost(text: string): string {
  return text.trim() === '' ? DEFAULT_HOST : text;
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

// A reader may leave early, as `head` does, and a terminal may be closed; a server keeps running.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'EPIPE' && cause.code !== 'EIO') throw cause;
  });
}

program.parseAsync().catch((cause: unknown) => {
  process.exitCode = reportFailure(cause);
});

/**
 * Commander has already written its own errors; help and version are not failures.
 * @returns the exit code.
 */
function reportFailure(cause: unknown): number {
  if (cause instanceof CommanderError) return cause.exitCode === 0 ? 0 : 2;
  const { message, exitCode } = toFailure(cause);
  failures.write('error', message);
  return exitCode;
}
