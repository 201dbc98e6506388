import type { Contract } from '../../contract/contract.ts';
import { Budget } from '../budget.ts';
import type { JournalRecord, KeptRecord } from '../journal/record.ts';
import { type Described, describeRecord, type FindingsOf } from './interaction.ts';
import {
  checkNames,
  type LeftOutReason,
  type Pact,
  type PactInteraction,
  type PactNames,
  toPact,
} from './pact.ts';

/**
 * Makes pacts of what a mock is asked. Before the first pact, nothing is kept beside the journal, and nothing costs
 * anything; from then on, every interaction is, whatever the journal drops.
 */
export interface PactRecorder {
  /** Takes a request and its answer, for this mock and for those that it is a session of. */
  record(record: JournalRecord): void;
  /** What was asked so far: what the journal has, when it is asked for the first time. */
  pact(names: PactNames): Pact;
  /** Makes it share a number of bytes with other mocks. */
  share(budget: Budget): void;
  dispose(): void;
}

/** A recorder as those of sessions see it. */
export interface ParentRecorder {
  readonly isRecording: boolean;
  take(described: Described | LeftOutReason): void;
}

interface Sources {
  readonly contract: () => Contract;
  readonly findingsOf: FindingsOf;
  /** What the journal has. */
  readonly records: () => readonly KeptRecord[];
  /** Of the mock that it is a session of; `null`: it is none. */
  readonly parent: ParentRecorder | null;
}

export const MAX_INTERACTIONS = 1_000;
/** Of the interactions of a mock, in bytes by estimate. */
export const MAX_INTERACTION_BYTES = 16 * 1_048_576;
/** A character of the JSON text takes up to two bytes, in the interaction and again in its signature. */
const BYTES_OF_CHARACTER = 4;

export function createPactRecorder(sources: Sources): PactRecorder & ParentRecorder {
  const { contract, findingsOf, records, parent } = sources;
  let kept: Kept | null = null;
  let budget = new Budget(MAX_INTERACTION_BYTES);
  const isRecording = (): boolean => kept !== null || (parent?.isRecording ?? false);
  const describe = (record: JournalRecord | KeptRecord) => describeRecord(contract(), record, findingsOf);
  const take = (described: Described | LeftOutReason): void => {
    if (kept) add(kept, budget, described);
    parent?.take(described);
  };
  return {
    get isRecording() {
      return isRecording();
    },
    take,
    record: (record) => {
      if (isRecording()) take(describe(record));
    },
    pact: (names) => {
      checkNames(names);
      if (!kept) {
        kept = { interactions: new Map(), bytes: 0, leftOut: {} };
        for (const record of records()) add(kept, budget, describe(record));
      }
      return toPact(names, kept.interactions.values(), kept.leftOut);
    },
    share: (shared) => {
      budget.add(-(kept?.bytes ?? 0));
      budget = shared;
      budget.add(kept?.bytes ?? 0);
    },
    dispose: () => {
      budget.add(-(kept?.bytes ?? 0));
      kept = null;
    },
  };
}

interface Kept {
  /** By signature. */
  readonly interactions: Map<string, PactInteraction>;
  readonly leftOut: { [Reason in LeftOutReason]?: number };
  bytes: number;
}

function add(kept: Kept, budget: Budget, described: Described | LeftOutReason): void {
  const reason = typeof described === 'string' ? described : addInteraction(kept, budget, described);
  if (reason) kept.leftOut[reason] = (kept.leftOut[reason] ?? 0) + 1;
}

function addInteraction(
  kept: Kept,
  budget: Budget,
  { signature, toInteraction }: Described,
): LeftOutReason | null {
  const { interactions } = kept;
  if (interactions.has(signature)) return null;
  if (interactions.size >= MAX_INTERACTIONS) return 'overBound';
  const interaction = toInteraction();
  const bytes = BYTES_OF_CHARACTER * (JSON.stringify(interaction).length + signature.length);
  if (budget.used + bytes > budget.max) return 'overBound';
  budget.add(bytes);
  kept.bytes += bytes;
  interactions.set(signature, interaction);
  return null;
}
