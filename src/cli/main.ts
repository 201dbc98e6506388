#!/usr/bin/env node
/**
 * The command line. Exit codes: 0 fine; 1 findings, or it could not start; 2 wrong usage.
 * @module
 */
import { Command, CommanderError, Option } from 'commander';
import { packagedVersion } from '../packaged.ts';
import { COVERAGE_FORMATS, type CoverageFlags, readThreshold } from './coverage-flags.ts';
import {
  DEFAULT_RATE,
  DEFAULT_TIMEOUT_S,
  type DriftFlags,
  REPORT_FORMATS,
  readRate,
  readTimeout,
} from './drift-flags.ts';
import { toFailure } from './failure.ts';
import { createLog } from './log.ts';
import { commandFirst, flagAsValue } from './misplaced.ts';
import { addServeCommand } from './serve-command.ts';
import { contractOption, fixturesOption, strictOption } from './source-options.ts';
import type { ValidateFlags } from './validate.ts';

const STREAMS = { out: process.stdout, err: process.stderr };
/** For a command that has failed, or could not be read. */
const failures = createLog({ level: 'error', json: process.argv.includes('--json') }, STREAMS);

const program = new Command('posthog-experiments-mock')
  .description("A contract mock of PostHog's experiments API.")
  .version(packagedVersion(), '-v, --version')
  .exitOverride()
  .configureOutput({
    outputError: (text) =>
      failures.write(
        'error',
        `${text.replace(/^error: /, '')}${misplaced()}Run with --help for the options.`,
      ),
  })
  .hook('preAction', (_, command) => {
    const missing = flagAsValue(command);
    if (missing) command.error(`error: option '${missing.flags}' argument missing; found ${missing.value}`);
  });

/** What may explain an option that does not exist. */
function misplaced(): string {
  const detail = commandFirst(process.argv.slice(2), program.commands);
  return detail === null ? '' : `${detail}\n`;
}

const serveCommand = addServeCommand(program, STREAMS);

program
  .command('operations')
  .description('list the operations of the contract')
  .argument('[words...]', 'only those that have all of these words in id, path, summary or tags')
  .addOption(contractOption)
  .addOption(new Option('--json', 'as JSON').default(false))
  .action(async (words: string[], flags) => {
    const { listOperations } = await import('./list-operations.ts');
    console.log(await listOperations(words, flags));
  });

program
  .command('scenarios')
  .description('list the scenarios that can be selected')
  .argument('[words...]', 'only those that have all of these words in name, status or summary')
  .addOption(new Option('--operation <id>', 'only those of one operation'))
  .addOption(new Option('--all', 'with the operations that have each').default(false))
  .addOption(contractOption)
  .addOption(new Option('--json', 'as JSON').default(false))
  .action(async (words: string[], flags) => {
    const { listScenarios } = await import('./list-scenarios.ts');
    console.log(await listScenarios(words, flags));
  });

program
  .command('validate')
  .description('check contract and fixtures; exits with 1 when something is wrong')
  .addOption(contractOption)
  .addOption(fixturesOption)
  .addOption(strictOption)
  .addOption(new Option('--all', 'list every warning, not only the first of each kind').default(false))
  .addOption(new Option('--json', 'as JSON').default(false))
  .action(async (flags: ValidateFlags) => {
    const { validate, writeValidation } = await import('./validate.ts');
    const validation = await validate(flags);
    writeValidation(validation, flags, STREAMS);
    process.exitCode = validation.isValid ? 0 : 1;
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
    process.exitCode = await coverage(files, flags, STREAMS);
  });

// Without a command, serve runs, so most readers look for its options.
program.addHelpText(
  'after',
  () =>
    `\n${serveCommand.helpInformation().replace(/^Usage.*\n\n.*\n\n/, 'Of serve, the default command:\n\n')}`,
);

// A reader may leave early, as `head` does, a terminal may be closed, and a disk may be full; a server keeps running.
process.stdout.once('error', ({ code, message }: NodeJS.ErrnoException) => {
  process.stdout.on('error', () => {});
  if (code === 'EPIPE' || code === 'EIO') return;
  process.exitCode = 1;
  failures.write('error', `Standard output cannot be written: ${message}.`);
});
process.stderr.on('error', () => {});

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
