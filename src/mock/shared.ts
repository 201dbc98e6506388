import type { Contract } from '../contract/contract.ts';
import { createRouter, type Router } from '../contract/router.ts';
import type { FixtureInput } from '../database/rows/types.ts';
import { type FixtureSchemas, readStartRows, replaceRows, type StartRows } from '../database/store.ts';
import { once } from '../memoize.ts';
import type { Provider, ProviderKind } from '../provider/provider.ts';
import { UsageTypeError } from '../usage-error.ts';
import { type AnswerCheck, createAnswerCheck } from './answer-check.ts';
import { type CoverageLayouts, createCoverageLayouts } from './coverage/layout.ts';
import {
  type CredentialNames,
  type CredentialReader,
  createCredentialReader,
  credentialNamesOf,
} from './credentials.ts';
import { createRequestCheck, type RequestCheck } from './request-check/request-check.ts';
import { type Catalogue, catalogueOf } from './scenarios/catalogue.ts';

/** What a mock is made from: a contract, and the packaged rows. */
export interface MockFiles {
  readonly contract: Contract;
  /** The contract that comes with the package; often the same. */
  readonly packaged: Contract;
  readonly fixtures: FixtureInput;
  readonly schemas: FixtureSchemas;
}

/** The files, and how the API behaves. */
export interface MockSources<P extends Provider> extends MockFiles {
  readonly provider: ProviderKind<P>;
}

/** What a mock shares with its sessions: nothing here changes. */
export interface SharedParts<P extends Provider> {
  readonly contract: Contract;
  readonly catalogue: Catalogue;
  readonly router: Router;
  readonly provider: ProviderKind<P>;
  readonly check: AnswerCheck;
  readonly layouts: CoverageLayouts;
  readonly credentialNames: () => CredentialNames;
  /** `null`: no request has credentials that journal and log would show. */
  readonly credentialsOf: () => CredentialReader | null;
  readonly checkRequest: RequestCheck;
  readonly rows: StartRows;
}

/**
 * @throws {FixtureError} when rows cannot be used.
 * @throws {UsageTypeError} when the API has no rows.
 */
export function sharedParts<P extends Provider>(
  { contract, packaged, fixtures: packagedRows, schemas, provider }: MockSources<P>,
  fixtures: FixtureInput | undefined,
): SharedParts<P> {
  // With the first request: the security of a large contract is many parts.
  const credentialNames = once(() => credentialNamesOf(contract.operations));
  const catalogue = catalogueOf(contract, provider.scenarios({ contract, packaged }), provider.okSummary);
  return {
    contract,
    catalogue,
    router: createRouter(contract, provider.routing),
    provider,
    check: createAnswerCheck(contract),
    layouts: createCoverageLayouts(catalogue),
    credentialNames,
    credentialsOf: once(() => createCredentialReader(credentialNames())),
    checkRequest: createRequestCheck(contract),
    // What the mock itself starts with is not what a session has replaced.
    rows: {
      ...withFixtures(
        readStartRows(schemas, provider.noRows === null ? packagedRows : {}),
        provider,
        fixtures,
      ),
      replaced: [],
    },
  };
}

/** @throws as {@link sharedParts} does. */
export function withFixtures(
  start: StartRows,
  { noRows }: Pick<ProviderKind, 'noRows'>,
  fixtures: FixtureInput | undefined,
): StartRows {
  if (fixtures !== undefined && noRows !== null) throw new UsageTypeError(noRows);
  return replaceRows(start, fixtures);
}
