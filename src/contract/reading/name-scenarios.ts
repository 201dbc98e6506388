import { once } from '../../memoize.ts';
import { type DocumentedAnswers, OK, type Scenario } from '../contract.ts';
import type { Reading } from './reading.ts';

/** A scenario's label, and where in the document it is. */
export interface ScenarioPlace {
  readonly name: string;
  readonly summary: string;
  readonly synthetic: boolean;
  readonly pointer: string;
  /** The status that it belongs to, as the document writes it; `null`: to the operation. */
  readonly of: string | null;
  /** Whether it stands for a whole status. */
  readonly isStatus: boolean;
}

/** A scenario before it has its name. Its answers are made when they are asked for. */
export type FoundScenario = ScenarioPlace &
  (
    | {
        readonly reply: 'example' | 'empty' | 'malformed';
        readonly status: number;
        readonly answers: () => DocumentedAnswers;
      }
    | { readonly reply: 'network-error' | 'timeout'; readonly status: null }
  );

/**
 * Names the scenarios of an operation: `small` where only one status has an example `small`, else `200/small` and
 * `404/small`. A name in several media types of one status is one scenario. `ok` is taken.
 */
export function nameScenarios(
  reading: Reading,
  found: readonly FoundScenario[],
): ReadonlyMap<string, Scenario> {
  const scenarios = [...mergeMedia(reading, found).values()];
  const counts = new Map<string, number>([[OK, 1]]);
  for (const { name } of scenarios) counts.set(name, (counts.get(name) ?? 0) + 1);
  const named = new Map<string, Scenario>();
  for (const scenario of scenarios) {
    const { of, pointer, isStatus } = scenario;
    const isPlain = counts.get(scenario.name) === 1 || (of === null && scenario.name !== OK);
    const name = isPlain || of === null ? scenario.name : `${of}/${scenario.name}`;
    if (name === OK) {
      const detail = `"${OK}" is reserved for the answer that forces nothing; rename the scenario.`;
      reading.report('scenario', pointer, detail);
    } else if (!named.has(name)) named.set(name, toScenario(reading, name, scenario));
    else if (!isStatus)
      reading.report('scenario', pointer, `the operation already has a scenario "${name}".`);
  }
  return named;
}

function toScenario(reading: Reading, name: string, found: FoundScenario): Scenario {
  const { summary, synthetic } = found;
  if (found.status === null) return { name, summary, synthetic, reply: found.reply, status: null };
  const { reply, status } = found;
  const answers = reading.lazily(found.answers);
  return {
    name,
    summary,
    synthetic,
    reply,
    status,
    get answers() {
      return answers();
    },
  };
}

/** One scenario for each status and name. */
function mergeMedia(reading: Reading, found: readonly FoundScenario[]): ReadonlyMap<string, FoundScenario> {
  const merged = new Map<string, FoundScenario>();
  for (const scenario of found) {
    const key = `${scenario.of} ${scenario.name}`;
    const earlier = merged.get(key);
    if (!earlier) merged.set(key, scenario);
    else if (earlier.reply === 'example' && scenario.reply === 'example') {
      const { answers } = earlier;
      merged.set(key, { ...earlier, answers: once(() => [...answers(), ...scenario.answers()]) });
    } else {
      const detail = `the operation already has a scenario "${scenario.name}", at ${earlier.pointer}; names have to be unique in a status.`;
      reading.report('scenario', scenario.pointer, detail);
    }
  }
  return merged;
}
