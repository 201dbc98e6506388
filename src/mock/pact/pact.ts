import { checkOptions } from '../../check-options.ts';
import { deepFreeze, isObject } from '../../json.ts';
import { shown } from '../../text/shown.ts';
import { UsageTypeError } from '../../usage-error.ts';
import type { MatchingRule } from './body-rules.ts';

/** Who uses the API and who provides it, by the names that they have at a broker. */
export interface PactNames {
  readonly consumer: string;
  readonly provider: string;
}

/** A Pact file of specification 4. Plain JSON, and free of secrets. */
export interface Pact {
  readonly consumer: { readonly name: string };
  readonly provider: { readonly name: string };
  /** In the order of their first use. */
  readonly interactions: readonly PactInteraction[];
  readonly metadata: {
    readonly pactSpecification: { readonly version: '4.0' };
    /** What was asked of the mock, but is no part of the pact. */
    readonly 'posthog-experiments-mock': { readonly leftOut: LeftOut };
  };
}

/** One way in which the API was used: requests and answers of the same shape are one interaction. */
export interface PactInteraction {
  readonly type: 'Synchronous/HTTP';
  /** A hash of the shape, the same in every run. */
  readonly key: string;
  /** Names operation, parameters, status and scenario. No other interaction of a pact has the same. */
  readonly description: string;
  /** The scenario that was forced, or the status of an error that was not; absent: none is needed. */
  readonly providerStates?: readonly { readonly name: string }[];
  readonly request: PactRequest;
  readonly response: PactResponse;
}

export interface PactRequest {
  readonly method: string;
  readonly path: string;
  /** Decoded. */
  readonly query?: Readonly<Record<string, readonly string[]>>;
  readonly headers?: PactHeaders;
  readonly body?: PactBody;
  readonly matchingRules?: MatchingRules;
}

export interface PactResponse {
  readonly status: number;
  readonly headers?: PactHeaders;
  /** Absent: any body, or none. */
  readonly body?: PactBody;
  readonly matchingRules?: MatchingRules;
}

export type PactHeaders = Readonly<Record<string, readonly string[]>>;

export interface PactBody {
  /** A JSON value, or text where `contentType` is not JSON. */
  readonly content: unknown;
  readonly contentType: string;
  readonly contentTypeHint: 'TEXT';
  readonly encoded: false;
}

/** Where values need not be equal, and what they have to match instead. */
export interface MatchingRules {
  readonly path?: MatchingRule;
  readonly query?: Readonly<Record<string, MatchingRule>>;
  readonly header?: Readonly<Record<string, MatchingRule>>;
  /** By JSON path. */
  readonly body?: Readonly<Record<string, MatchingRule>>;
}

/**
 * Why a request is no interaction:
 * - `unmatched`: no operation matched
 * - `otherMethod`: the contract has the path, but not with this method; `HEAD` is one
 * - `problem`: the mock itself had something to say
 * - `noResponse`: the connection broke, or the client waited until it left
 * - `malformed`: the body is labelled as JSON, and is none
 * - `tooLong`: texts are too long to be kept, or too deeply nested
 * - `overBound`: there are too many interactions
 */
export type LeftOutReason = (typeof REASONS)[number];

const REASONS = [
  'unmatched',
  'otherMethod',
  'problem',
  'noResponse',
  'malformed',
  'tooLong',
  'overBound',
] as const;

/** Requests by the reason why they are left out; reasons that never occurred are absent. */
export type LeftOut = { readonly [Reason in LeftOutReason]?: number };

/** @throws {UsageTypeError} when a name is missing. */
export function checkNames(names: PactNames): void {
  checkOptions('pact', names, { consumer: 'string', provider: 'string' });
  for (const role of ['consumer', 'provider'] as const) {
    if (names[role]?.trim()) continue;
    throw new UsageTypeError(`pact takes the name of the ${role}; found ${shown(names[role])}.`);
  }
}

/** @param interactions different from each other; their descriptions may be the same. */
export function toPact(
  { consumer, provider }: PactNames,
  interactions: Iterable<PactInteraction>,
  leftOut: LeftOut,
): Pact {
  return deepFreeze({
    consumer: { name: consumer },
    provider: { name: provider },
    interactions: withOwnDescriptions(interactions),
    metadata: {
      pactSpecification: { version: '4.0' },
      'posthog-experiments-mock': { leftOut: { ...leftOut } },
    },
  });
}

/**
 * Makes one pact of several, such as those of the workers of a test run.
 *
 * ```ts
 * const pact = mergePacts(files.map((file) => JSON.parse(readFileSync(file, 'utf8'))));
 * ```
 * @throws {UsageTypeError} when there is none, when one is not a pact of this mock, or when they are between different
 * parties.
 */
export function mergePacts(pacts: readonly Pact[]): Pact {
  checkPacts(pacts);
  const [first] = pacts;
  if (!first) throw new UsageTypeError('mergePacts takes one pact or more; found none.');
  const names = { consumer: first.consumer.name, provider: first.provider.name };
  const interactions = new Map<string, PactInteraction>();
  const leftOut: { [Reason in LeftOutReason]?: number } = {};
  for (const { consumer, provider, interactions: more, metadata } of pacts) {
    if (consumer.name !== names.consumer || provider.name !== names.provider) {
      throw new UsageTypeError(
        `mergePacts takes pacts between the same parties; found ${shown([names.consumer, names.provider])} and ${shown([consumer.name, provider.name])}.`,
      );
    }
    for (const interaction of more) {
      if (!interactions.has(interaction.key)) interactions.set(interaction.key, interaction);
    }
    addLeftOut(leftOut, metadata['posthog-experiments-mock'].leftOut);
  }
  return toPact(names, interactions.values(), leftOut);
}

/** Files may have anything. */
function checkPacts(pacts: unknown): void {
  if (!Array.isArray(pacts))
    throw new UsageTypeError(`mergePacts takes an array of pacts; found ${shown(pacts)}.`);
  const wrong = pacts.findIndex((pact) => !isPact(pact));
  if (wrong === -1) return;
  throw new UsageTypeError(
    `mergePacts takes pacts as mock.pact() makes them; found ${shown(pacts[wrong])} at index ${wrong}.`,
  );
}

function isPact(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { consumer, provider, interactions, metadata } = value;
  const own = isObject(metadata) ? metadata['posthog-experiments-mock'] : undefined;
  return (
    [consumer, provider].every((party) => isObject(party) && typeof party.name === 'string') &&
    Array.isArray(interactions) &&
    interactions.every(isInteraction) &&
    isObject(own) &&
    isObject(own.leftOut)
  );
}

function isInteraction(value: unknown): boolean {
  return isObject(value) && typeof value.key === 'string' && typeof value.description === 'string';
}

function addLeftOut(sum: { [Reason in LeftOutReason]?: number }, more: LeftOut): void {
  for (const reason of REASONS) {
    const count = more[reason];
    if (count !== undefined) sum[reason] = (sum[reason] ?? 0) + count;
  }
}

/** The specification wants every description to be unique. */
function withOwnDescriptions(interactions: Iterable<PactInteraction>): readonly PactInteraction[] {
  const taken = new Set<string>();
  return [...interactions].map((interaction) => {
    const { description, key } = interaction;
    const own = taken.has(description) ? `${description} [${key}]` : description;
    taken.add(own);
    return own === description ? interaction : { ...interaction, description: own };
  });
}
