import type { Operation } from '../../contract/contract.ts';
import type { MockNames, MockOptions } from '../options.ts';
import type { Catalogue } from './catalogue.ts';
import {
  type Choices,
  choose,
  countAnswer,
  keepChoices,
  type SelectedScenarios,
  selectedScenarios,
  startChoices,
  type UseOptions,
} from './choices.ts';

/** The choices of one mock, which change with every selection and with every counted answer. */
export interface MockChoices {
  readonly current: Choices;
  readonly scenarios: SelectedScenarios;
  /** @throws as `choose` does; nothing has changed then. */
  choose(catalogue: Catalogue, scenario: string | null, options: UseOptions<string>): void;
  /** Counts one answer against the `times` of the operation's current choice. */
  countAnswer(operation: Operation): void;
  replace(choices: Choices): void;
  /** Back to the choices of the mock's options. */
  reset(): void;
  /**
   * Prepares for another catalogue, which may lack what is chosen.
   * @returns what cannot be kept and why, and how to go on with the rest.
   */
  prepare(catalogue: Catalogue): { readonly lost: readonly string[]; keep(): void };
}

/**
 * @param scenario the option of the mock.
 * @param changed is called after every change.
 * @throws as `startChoices` does.
 */
export function createMockChoices(
  scenario: MockOptions<MockNames>['scenario'],
  catalogue: Catalogue,
  changed: () => void,
): MockChoices {
  const wanted = startChoices(scenario, catalogue);
  /** Of those wanted, the ones that the contract has at present. */
  let start = wanted;
  let current = start;
  const replace = (next: Choices): void => {
    if (next === current) return;
    current = next;
    changed();
  };
  return {
    get current() {
      return current;
    },
    get scenarios() {
      return selectedScenarios(current);
    },
    choose: (catalogue, scenario, options) => replace(choose(current, catalogue, scenario, options)),
    countAnswer: ({ id }) => replace(countAnswer(current, id)),
    replace,
    reset: () => replace(start),
    prepare: (catalogue) => {
      const ofStart = keepChoices(wanted, catalogue);
      const ofNow = keepChoices(current, catalogue);
      return {
        lost: [...new Set([...ofNow.lost, ...ofStart.lost])],
        keep: () => {
          start = ofStart.kept;
          replace(ofNow.kept);
        },
      };
    },
  };
}
