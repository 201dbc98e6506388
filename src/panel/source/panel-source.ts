import type { RowInput } from '../../database/rows/types.ts';
import type { components } from '../../generated/control-plane.ts';
import type { ChangedPart, MockChange } from '../../mock/changes.ts';
import type { Coverage } from '../../mock/coverage/coverage.ts';
import type { JournalEntry } from '../../mock/journal/entry.ts';
import type { CatalogueEntry } from '../../mock/scenarios/catalogue.ts';
import type { SelectedScenarios } from '../../mock/scenarios/choices.ts';
import type { ChangeRequestBody } from '../../provider/change-requests.ts';

export type { CatalogueEntry, ChangedPart, ChangeRequestBody, Coverage, JournalEntry, MockChange };

/** What `GET scenarios` answers. */
export type Scenarios = components['schemas']['Scenarios'];

/** The rows that the panel shows people by. */
export interface PeopleRows {
  readonly personalApiKeys: readonly RowInput<'personalApiKeys'>[];
  readonly users: readonly RowInput<'users'>[];
}

/**
 * The mock as the panel sees it, in the same page or behind a control plane. A method that fails rejects with an error
 * whose message can be shown to the user, and has changed nothing.
 */
export interface PanelSource {
  /** Reads the present state of the mock. */
  read(): Promise<PanelState>;
  /**
   * Calls back when the state may have changed. It may do so at any rate: the panel limits how often it reads.
   *
   * @returns a function that unsubscribes.
   */
  subscribe(changed: () => void): () => void;
  /** The URL of a path of the API, where a browser can open it; `null` for a mock in the page itself. */
  urlOf(path: string): string | null;
  /** The URL of the mock's contract, where a browser can open it. */
  readonly contractUrl: string | null;
  use(scenario: string, choice: ScenarioChoice): Promise<void>;
  /** Takes back the scenario of an operation: it answers like the others again. */
  takeBack(operation: string): Promise<void>;
  reset(): Promise<void>;
  /** @param time ISO 8601, or relative to the present of the clock, such as `now+15d`. */
  setClock(time: string): Promise<void>;
  advanceClock(milliseconds: number): Promise<void>;
  /** @returns PostHog's message. */
  decide(id: string, decision: Decision): Promise<string>;
  /**
   * Sends a request to the mocked API.
   *
   * @returns the status. Rejects when no response comes.
   */
  send(request: SentRequest): Promise<number>;
  clearRequests(): Promise<void>;
  /** Apart from the state, as it is much and seldom looked at. */
  coverage(): Promise<Coverage>;
}

export interface PanelState {
  readonly selected: SelectedScenarios;
  readonly catalogue: readonly CatalogueEntry[];
  readonly operations: readonly PanelOperation[];
  readonly keys: readonly PanelKey[];
  /** Active users only: they can decide on change requests. */
  readonly users: readonly PanelUser[];
  readonly clock: PanelClock;
  /** `null` where the mocked API has no approvals. */
  readonly changeRequests: readonly ChangeRequestBody[] | null;
  /** Newest last, at most {@link MAX_ENTRIES}. */
  readonly entries: readonly JournalEntry[];
}

/** The number of requests that the panel shows. */
export const MAX_ENTRIES = 100;

/** Limits a choice of scenario. Without members it applies to all operations until the next choice. */
export interface ScenarioChoice {
  readonly operation?: string;
  /** The number of answers; absent: no limit. */
  readonly times?: number;
  /** Milliseconds before each answer. */
  readonly delay?: number;
}

export type PanelOperation = Scenarios['operations'][number];

export interface PanelKey {
  readonly value: string;
  readonly scopes: readonly string[];
  /** The name of its user. */
  readonly user: string;
}

export interface PanelUser {
  readonly id: number;
  readonly name: string;
}

export type PanelClock = components['schemas']['Clock'];

export type Decision =
  | { readonly kind: 'approve' | 'cancel'; readonly by?: number }
  | { readonly kind: 'reject'; readonly by?: number; readonly reason: string }
  | { readonly kind: 'expire' };

export interface SentRequest {
  readonly method: string;
  /** Including the query. */
  readonly path: string;
  /** `null` to send none. */
  readonly key: string | null;
}
