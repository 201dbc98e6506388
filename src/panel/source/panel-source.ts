import type { Clock } from '../../mock/clock.ts';
import type { JournalEntry } from '../../mock/journal/entry.ts';
import type { CatalogueEntry } from '../../mock/scenarios/catalogue.ts';
import type { SelectedScenarios } from '../../mock/scenarios/choices.ts';
import type { ChangeRequestBody } from '../../provider/change-requests.ts';

export type { CatalogueEntry, ChangeRequestBody, JournalEntry, SelectedScenarios };

/**
 * The mock as the panel sees it, in the same page or behind a control plane. Every act rejects with an error whose
 * message can be shown as it is, and has then changed nothing.
 */
export interface PanelSource {
  /** How the mock stands at present. */
  read(): Promise<PanelState>;
  /**
   * Calls back when what {@link read} gives may have changed; as often as it likes, the panel reads no more often
   * than it can show.
   * @returns a function that ends it.
   */
  subscribe(changed: () => void): () => void;
  use(scenario: string, choice: ScenarioChoice): Promise<void>;
  reset(): Promise<void>;
  /** @param time ISO 8601 text, or relative to the present, such as `now+15d`. */
  setClock(time: string): Promise<void>;
  advanceClock(milliseconds: number): Promise<void>;
  /** @returns what PostHog says of it. */
  decide(id: string, decision: Decision): Promise<string>;
  /** Sends a request to the mocked API; the journal shows it. @returns the status. Rejects when there is none. */
  send(request: SentRequest): Promise<number>;
  clearRequests(): Promise<void>;
}

export interface PanelState {
  readonly selected: SelectedScenarios;
  readonly catalogue: readonly CatalogueEntry[];
  readonly operations: readonly PanelOperation[];
  readonly keys: readonly PanelKey[];
  /** The active ones, who can decide on change requests. */
  readonly users: readonly PanelUser[];
  readonly clock: PanelClock;
  readonly changeRequests: readonly ChangeRequestBody[];
  /** Newest last, {@link MAX_ENTRIES} at most. */
  readonly entries: readonly JournalEntry[];
}

/** So many requests are shown. */
export const MAX_ENTRIES = 100;

/** For which answers a scenario is chosen; without members, for all until something else is chosen. */
export interface ScenarioChoice {
  readonly operation?: string;
  /** For so many answers. */
  readonly times?: number;
  /** Milliseconds before each answer. */
  readonly delay?: number;
}

export interface PanelOperation {
  readonly id: string;
  readonly method: string;
  /** A template, as the contract has it. */
  readonly path: string;
  readonly summary: string;
  readonly parameters: readonly PanelParameter[];
}

export interface PanelParameter {
  readonly name: string;
  readonly in: string;
  readonly example?: unknown;
}

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

export interface PanelClock {
  /** ISO 8601. */
  readonly now: string;
  readonly kind: Clock['kind'];
}

export type Decision =
  | { readonly kind: 'approve' | 'cancel'; readonly by?: number }
  | { readonly kind: 'reject'; readonly by?: number; readonly reason: string }
  | { readonly kind: 'expire' };

export interface SentRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  /** `null`: sent without one. */
  readonly key: string | null;
}
