/**
 * Runs the packed package in test runners and compilers, with each MSW that it supports, and prints a table.
 *
 * ```sh
 * npm run test:runners [-- PART OF A NAME]
 * ```
 */
import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installNode24 } from './node24.ts';
import { PLACES, type Place, TOOLS } from './places.ts';
import { plainProgramOf, programOf } from './programs.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const TIMEOUT_MS = 120_000;
const FAILS = 'FAILS';

/** A project with one version of MSW, and what its commands run with. */
interface Project {
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
}

const [, , wanted = ''] = process.argv;
const places = PLACES.filter(({ name }) => name.includes(wanted));
const folder = mkdtempSync(join(tmpdir(), 'runners-'));
try {
  const tarball = pack();
  const onNode24 = installNode24(join(folder, 'node'));
  const projects = [
    install('2.12.10', tarball, process.env),
    install('2.15', tarball, process.env),
    install('3', tarball, onNode24),
  ];
  const rows: string[][] = [];
  for (const place of places) {
    const row = [place.name];
    for (const project of projects) row.push(await verdict(place, project));
    console.error(row.join(' | '));
    rows.push(row);
  }
  print([['', ...projects.map(headingOf)], ...rows]);
  if (rows.some((row) => row.includes(FAILS))) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function pack(): string {
  const stdout = execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: ROOT });
  return join(folder, stdout.toString().trim().split('\n').at(-1) ?? '');
}

function install(msw: string, tarball: string, env: NodeJS.ProcessEnv): Project {
  const project = join(folder, `msw-${msw}`);
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), '{ "private": true }');
  const packages = [tarball, `msw@${msw}`, ...TOOLS];
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', ...packages], {
    cwd: project,
    env,
    stdio: 'inherit',
  });
  const bin = join(project, 'node_modules', '.bin');
  return { folder: project, env: { ...env, PATH: `${bin}${delimiter}${env.PATH}`, NO_COLOR: '1' } };
}

/** Whether a place works: `yes`, or why not. What fails is printed. */
async function verdict(place: Place, project: Project): Promise<string> {
  const failure = await run(place, programOf(place), project);
  if (failure === null) return 'yes';
  if ((await run(place, plainProgramOf(place), project)) !== null) return 'MSW itself fails';
  console.error(`\n${place.name}, ${headingOf(project)}:\n${failure}`);
  return FAILS;
}

/** Runs a program in a folder of its own. @returns what it wrote if it failed. */
function run(place: Place, program: string, project: Project): Promise<string | null> {
  const cwd = mkdtempSync(join(project.folder, 'place-'));
  const files = { ...place.files, [place.program]: program };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
  const [command = '', ...args] = place.command;
  const env = { ...project.env, ...place.env };
  return new Promise((resolve) => {
    execFile(command, args, { cwd, env, timeout: TIMEOUT_MS }, (error, stdout, stderr) => {
      rmSync(cwd, { recursive: true, force: true, maxRetries: 3 });
      resolve(error ? `${error.message}\n${stdout}${stderr}` : null);
    });
  });
}

/** Such as `MSW 3.0.5, Node 24.11.0`. */
function headingOf({ folder, env }: Project): string {
  const { version } = JSON.parse(readFileSync(join(folder, 'node_modules/msw/package.json'), 'utf8'));
  const node = execFileSync('node', ['--version'], { env }).toString().trim().slice(1);
  return `MSW ${version}, Node ${node}`;
}

function print(rows: readonly (readonly string[])[]): void {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of rows) {
    console.log(`| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`);
  }
}
