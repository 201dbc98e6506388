import type { Contract } from '../contract/contract.ts';
import { createRouter, type Router } from '../contract/router.ts';
import type { FixtureInput } from '../database/rows/types.ts';
import { type FixtureSchemas, readStartRows, replaceRows, type StartRows } from '../database/store.ts';
import { type AnswerCheck, createAnswerCheck } from './check.ts';
import { type CatalogueEntry, catalogueOf, type Names, namesOf } from './scenarios/catalogue.ts';

/** A contract that has been read, and what the packaged rows are. */
export interface MockSources {
  readonly contract: Contract;
  readonly fixtures: FixtureInput;
  readonly schemas: FixtureSchemas;
}

/** What a mock shares with its sessions: all that no request and no caller can change. */
export interface SharedParts {
  readonly contract: Contract;
  readonly names: Names;
  readonly catalogue: readonly CatalogueEntry[];
  readonly router: Router;
  readonly check: AnswerCheck;
  readonly rows: StartRows;
}

/** @throws {FixtureError} when rows cannot be used. */
export function sharedParts(
  { contract, fixtures: packaged, schemas }: MockSources,
  fixtures: FixtureInput | undefined,
): SharedParts {
  return {
    contract,
    names: namesOf(contract),
    catalogue: catalogueOf(contract),
    router: createRouter(contract),
    check: createAnswerCheck(contract),
    rows: replaceRows(readStartRows(schemas, packaged), fixtures),
  };
}
