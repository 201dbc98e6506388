/**
 * Generates `src/generated` from the contracts and the fixtures. With `--check`, fails if a file is stale.
 *
 * ```sh
 * npm run generate [-- --check]
 * ```
 */
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { load } from 'js-yaml';
import { compile } from 'json-schema-to-typescript';
import openapiTS, { astToString } from 'openapi-typescript';
import { type Contract, OK } from '../contract/contract.ts';
import { readCheckedContract } from '../contract/reading/read-checked-contract.ts';
import { readContract } from '../contract/reading/read-contract.ts';
import { collectionOf, fixtureFile, schemaFile } from '../database/rows/fixture-files.ts';
import type { JsonObject } from '../json.ts';
import { valueAt } from '../json-pointer.ts';
import { digestOf } from '../packaged.ts';
import { messageOf } from '../text/message-of.ts';

interface Output {
  readonly file: string;
  readonly render: () => Promise<string>;
}

const OUTPUTS: readonly Output[] = [
  { file: 'rows.ts', render: renderRows },
  { file: 'openapi.ts', render: renderOpenapi },
  { file: 'names.ts', render: renderNames },
  { file: 'packaged.json', render: renderPackaged },
  { file: 'control-plane.json', render: renderControlPlane },
  { file: 'control-plane.ts', render: renderControlPlaneTypes },
  { file: 'snapshot.json', render: renderSnapshot },
];

const COMMAND = 'npm run generate';
const GENERATED = new URL('../generated/', import.meta.url);
const CONTRACT = new URL('../../openapi.yaml', GENERATED);
const CONTROL_PLANE = new URL('../server/control/control-plane.yaml', GENERATED);
const FIXTURES = new URL('../../fixtures/', GENERATED);
const SCHEMAS = new URL('schema/', FIXTURES);

/** Types of the fixture rows as one writes them: a field with a default is optional. */
async function renderRows(): Promise<string> {
  const collections = await readCollections();
  const members: string[] = [];
  const types: string[] = [];
  for (const collection of collections) {
    const { items, description } = await readJson(new URL(schemaFile(collection), SCHEMAS));
    types.push(await compile(items, collection, { bannerComment: '', style: { singleQuote: true } }));
    members.push(`/** ${description} */\n${collection}: ${items.title};`);
  }
  return [
    banner('fixtures/schema'),
    `export const COLLECTIONS = ${JSON.stringify(collections)} as const;`,
    `export interface FixtureRow {\n${members.join('\n')}\n}`,
    ...types,
  ].join('\n\n');
}

/** Types of the contract. */
async function renderOpenapi(): Promise<string> {
  return `${banner('openapi.yaml')}\n\n${astToString(await openapiTS(CONTRACT))}`;
}

/** The names in the packaged contract, as literal types. */
async function renderNames(): Promise<string> {
  const { operations } = readContract(await readFile(CONTRACT, 'utf8'), 'openapi.yaml');
  const scenarios = operations.flatMap(({ scenarios }) => [...scenarios.keys()]);
  const byOperation = operations.map(
    ({ id, scenarios }) => `  readonly ${id}:\n${renderLiterals([OK, ...scenarios.keys()], '    ')};`,
  );
  return [
    banner('openapi.yaml'),
    renderUnion(
      'OperationId',
      'An operation of the packaged contract.',
      operations.map(({ id }) => id),
    ),
    renderUnion('ScenarioName', 'A scenario of the packaged contract.', [OK, ...scenarios]),
    `/** The scenarios of each operation. */\nexport type ScenariosByOperation = {\n${byOperation.join('\n')}\n};`,
  ].join('\n\n');
}

function renderUnion(name: string, description: string, members: readonly string[]): string {
  return `/** ${description} */\nexport type ${name} =\n${renderLiterals(members, '  ')};`;
}

function renderLiterals(members: readonly string[], indent: string): string {
  return [...new Set(members)].map((member) => `${indent}| ${JSON.stringify(member)}`).join('\n');
}

/** The contract, which a start from source takes, too; and the fixtures, for browsers, which cannot read files. */
async function renderPackaged(): Promise<string> {
  const text = await readFile(CONTRACT, 'utf8');
  const contract = load(text) as JsonObject;
  readAnswers(readCheckedContract(contract, 'openapi.yaml'));
  const fixtures: Record<string, unknown> = {};
  const schemas: Record<string, unknown> = {};
  for (const collection of await readCollections()) {
    fixtures[collection] = await readJson(new URL(fixtureFile(collection), FIXTURES));
    schemas[collection] = await readJson(new URL(schemaFile(collection), SCHEMAS));
  }
  return JSON.stringify({ contractDigest: digestOf(text), contract, fixtures, schemas });
}

/** @throws {Error} when an answer has no example: this contract is read without the code that makes bodies. */
function readAnswers({ operations }: Contract): readonly unknown[] {
  return operations
    .flatMap(({ ok, responses, scenarios }) => [
      ...ok,
      ...responses.flatMap(({ answers }) => answers),
      ...[...scenarios.values()].flatMap((scenario) => ('answers' in scenario ? scenario.answers : [])),
    ])
    .map(({ headers, body }) => [headers, body]);
}

/** The contract of the control plane, which the server serves and checks input against. */
async function renderControlPlane(): Promise<string> {
  return JSON.stringify(load(await readFile(CONTROL_PLANE, 'utf8')));
}

/** Types of what the control plane takes and answers. */
async function renderControlPlaneTypes(): Promise<string> {
  const types = await openapiTS(CONTROL_PLANE, { immutable: true, arrayLength: true });
  return `${banner('src/server/control/control-plane.yaml')}\n\n${astToString(types)}`;
}

/** The schema of a snapshot, which a mock checks wherever it runs. */
async function renderSnapshot(): Promise<string> {
  const document = load(await readFile(CONTROL_PLANE, 'utf8'));
  return JSON.stringify(valueAt(document, '/components/schemas/Snapshot'));
}

async function readCollections(): Promise<string[]> {
  return (await readdir(SCHEMAS)).sort().map(collectionOf);
}

async function readJson(url: URL) {
  return JSON.parse(await readFile(url, 'utf8'));
}

function banner(source: string): string {
  return `// Generated from ${source} by \`${COMMAND}\`: do not edit.`;
}

async function readIfPresent(file: URL): Promise<string | undefined> {
  return existsSync(file) ? await readFile(file, 'utf8') : undefined;
}

async function update({ file, render }: Output, folder: URL, checkOnly: boolean): Promise<void> {
  const url = new URL(file, folder);
  const text = `${(await render()).trimEnd()}\n`;
  if ((await readIfPresent(url)) === text) return;
  if (checkOnly) throw new Error(`stale: run \`${COMMAND}\` and commit the result`);
  await writeFile(url, text);
  console.log(`src/generated/${file}: written`);
}

/**
 * Writes every output that is stale, or only reports it.
 *
 * @param folder where the outputs are, with a slash at the end.
 * @returns whether all of them are up to date now.
 */
export async function generate(checkOnly: boolean, folder: URL = GENERATED): Promise<boolean> {
  let isUpToDate = true;
  for (const output of OUTPUTS) {
    try {
      await update(output, folder, checkOnly);
    } catch (cause) {
      console.error(`src/generated/${output.file}: ${messageOf(cause)}`);
      isUpToDate = false;
    }
  }
  return isUpToDate;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  process.exitCode = (await generate(process.argv.includes('--check'))) ? 0 : 1;
}
