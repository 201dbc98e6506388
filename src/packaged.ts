import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Contract } from './contract/contract.ts';
import { readCheckedContract } from './contract/reading/read-checked-contract.ts';
import { schemaFile } from './database/rows/fixture-files.ts';
import { FIXTURE_FILES, type FixtureInput } from './database/rows/types.ts';
import type { FixtureSchemas } from './database/store.ts';
import type { JsonObject } from './json.ts';
import { once } from './memoize.ts';
import type { MockFiles } from './mock/shared.ts';

/** Resolves files of this package by its name, wherever the code was built to. */
const { resolve } = createRequire(import.meta.url);
const PACKAGE = 'posthog-experiments-mock';

/**
 * The packaged contract and rows, read from disk once and never changed; `null` when `openapi.yaml` has been edited: to
 * read that, `read-files.ts` has the code.
 */
export const readPackaged = once((): MockFiles | null => {
  const contract = readPackagedContract();
  return contract && withPackagedRows(contract);
});

/** What a mock of the packaged contract is made from. */
export function withPackagedRows(contract: Contract): MockFiles {
  return {
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
}

/** From the JSON that the build puts beside the code: parsing YAML would take most of the start. */
function readPackagedContract(): Contract | null {
  const document = readJson('./openapi.json') ?? readGenerated();
  return document && readCheckedContract(document, 'openapi.yaml');
}

/** From source, the document is in a generated file; `null` when `openapi.yaml` has been edited since. */
function readGenerated(): JsonObject | null {
  const { contractDigest, contract } = readJson('./generated/packaged.json') ?? {};
  return contractDigest === digestOf(readYaml()) ? contract : null;
}

export function readYaml(): string {
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
