import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { isUrl } from './built-ins.ts';
import type { Contract } from './contract/contract.ts';
import { readCheckedContract, readContract } from './contract/reading/read-contract.ts';
import { schemaFile } from './database/rows/fixture-files.ts';
import { FIXTURE_FILES, type FixtureInput } from './database/rows/types.ts';
import type { FixtureSchemas } from './database/store.ts';
import type { JsonObject } from './json.ts';
import type { MockOptions } from './mock/options.ts';
import type { MockFiles } from './mock/shared.ts';
import { readSourceFile, sourceFilesOf } from './source-files.ts';

/** Resolves files of this package by its name, wherever the code was built to. */
const { resolve } = createRequire(import.meta.url);
const PACKAGE = 'posthog-experiments-mock';

let packaged: MockFiles | undefined;

/** The packaged contract and rows, read from disk once and never changed. */
function readPackaged(): MockFiles {
  if (packaged) return packaged;
  const contract = readPackagedContract();
  packaged = {
    contract,
    packaged: contract,
    fixtures: Object.fromEntries(
      FIXTURE_FILES.map(({ collection, file }) => [
        collection,
        JSON.parse(readPackagedFile(`fixtures/${file}`)),
      ]),
    ) as FixtureInput,
    schemas: Object.fromEntries(
      FIXTURE_FILES.map(({ collection }) => [
        collection,
        JSON.parse(readPackagedFile(`fixtures/schema/${schemaFile(collection)}`)),
      ]),
    ) as unknown as FixtureSchemas,
  };
  return packaged;
}

/** From the JSON that the build puts beside the code: parsing YAML would take most of the start. */
function readPackagedContract(): Contract {
  const document = readJson('./openapi.json') ?? readGenerated();
  return document ? readCheckedContract(document, 'openapi.yaml') : readContract(readYaml(), 'openapi.yaml');
}

/** From source, the document is in a generated file; `null` when `openapi.yaml` has been edited since. */
function readGenerated(): JsonObject | null {
  const { contractDigest, contract } = readJson('./generated/packaged.json') ?? {};
  return contractDigest === digestOf(readYaml()) ? contract : null;
}

function readYaml(): string {
  return readPackagedFile('openapi.yaml');
}

/** `null` when there is no such file beside the code. */
function readJson(file: string) {
  try {
    return JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8'));
  } catch {
    return null;
  }
}

/** Tells whether a generated file is of the same text. */
export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** The packaged files, with the contract of the options instead if they have one. */
export function readFiles({ contract, strict }: Pick<MockOptions, 'contract' | 'strict'>): MockFiles {
  const sources = readPackaged();
  return contract === undefined ? sources : { ...sources, contract: readContractOption(contract, strict) };
}

function readContractOption(contract: NonNullable<MockOptions['contract']>, strict: boolean | undefined) {
  if (isUrl(contract)) return readContractFile(contract, contract.href, strict);
  if (typeof contract === 'string' && isPath(contract)) return readContractFile(contract, contract, strict);
  return readContract(contract, undefined, { strict });
}

function readContractFile(path: string | URL, file: string, strict: boolean | undefined): Contract {
  const text = readSourceFile(path, file);
  return readContract(text, file, { strict, source: sourceFilesOf(path) });
}

/** A document has a brace or more than one line; a path has neither. */
function isPath(text: string): boolean {
  return !/[\n{]/.test(text);
}

function readPackagedFile(file: string): string {
  return readFileSync(packagedPath(file), 'utf8');
}

export function packagedVersion(): string {
  return JSON.parse(readPackagedFile('package.json')).version;
}

/** The path of a file or directory that comes with the package, such as `openapi.yaml`. */
export function packagedPath(name: string): string {
  return join(dirname(resolve(`${PACKAGE}/package.json`)), name);
}
