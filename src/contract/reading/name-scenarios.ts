import { OK, type Scenario } from '../contract.ts';
import type { FoundScenario } from './read-extension.ts';
import type { Reading } from './reading.ts';

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
  for (const { pointer, of, isStatus, ...scenario } of scenarios) {
    const isPlain = counts.get(scenario.name) === 1 || (of === null && scenario.name !== OK);
    const name = isPlain || of === null ? scenario.name : `${of}/${scenario.name}`;
    if (name === OK) {
      const detail = `"${OK}" is reserved for the answer that forces nothing; rename the scenario.`;
      reading.report('scenario', pointer, detail);
    } else if (!named.has(name)) named.set(name, { ...scenario, name });
    else if (!isStatus)
      reading.report('scenario', pointer, `the operation already has a scenario "${name}".`);
  }
  return named;
}

/** One scenario for each status and name. */
function mergeMedia(reading: Reading, found: readonly FoundScenario[]): ReadonlyMap<string, FoundScenario> {
  const merged = new Map<string, FoundScenario>();
  for (const scenario of found) {
    const key = `${scenario.of} ${scenario.name}`;
    const earlier = merged.get(key);
    if (!earlier) merged.set(key, scenario);
    else if (earlier.reply === 'example' && scenario.reply === 'example') {
      merged.set(key, { ...earlier, answers: [...earlier.answers, ...scenario.answers] });
    } else {
      const detail = `the operation already has a scenario "${scenario.name}", at ${earlier.pointer}; names have to be unique in a status.`;
      reading.report('scenario', scenario.pointer, detail);
    }
  }
  return merged;
}
