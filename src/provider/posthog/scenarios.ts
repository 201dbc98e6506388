import type { Contract, Operation, Scenario } from '../../contract/contract.ts';
import type { ScenarioName } from '../../generated/names.ts';
import { memoize } from '../../memoize.ts';
import { malformedOf } from '../contract/scenarios.ts';
import type { Contracts, ScenariosOf } from '../provider.ts';
import { projectParameter } from './project.ts';

/**
 * The scenarios of the packaged contract under another description of PostHog's API, such as the published one, which has
 * no examples: all for the operations that both have, and for the others those that any operation can meet. None where
 * the contract has ours already, as a copy of the packaged one has.
 */
export function scenariosFor({ contract, packaged }: Contracts): ScenariosOf {
  if (contract === packaged) return () => NONE;
  const twins = new Map(packaged.operations.map((operation) => [operation.id, operation]));
  if (isCopy(contract, twins)) return () => NONE;
  const shared = sharedScenarios(packaged);
  return memoize((operation) => twins.get(operation.id)?.scenarios ?? metBy(operation, shared));
}

const NONE: ReadonlyMap<string, Scenario> = new Map();

function isCopy({ operations }: Contract, twins: ReadonlyMap<string, Operation>): boolean {
  return operations.some(({ id, scenarios }) => {
    const twin = twins.get(id);
    return twin !== undefined && [...twin.scenarios.keys()].some((name) => scenarios.has(name));
  });
}

const OF_ANY: readonly ScenarioName[] = [
  'unknown-format',
  'not-acceptable',
  'server-error',
  'bad-gateway',
  'network-error',
  'timeout',
];
const WITH_KEY: readonly ScenarioName[] = ['not-authenticated', 'invalid-key', 'throttled'];
const WITH_SCOPE: readonly ScenarioName[] = ['missing-scope'];
const WITH_PROJECT: readonly ScenarioName[] = ['project-not-found'];
const WITH_KEY_AND_PROJECT: readonly ScenarioName[] = [
  'no-project-access',
  'key-limited-to-other-project',
  'key-limited-to-other-organization',
  'personal-keys-not-allowed',
  'no-resource-access',
];

function metBy(operation: Operation, shared: ReadonlyMap<string, Scenario>): ReadonlyMap<string, Scenario> {
  const needsKey = operation.security.length > 0;
  const hasProject = projectParameter(operation) !== null;
  const malformed = malformedOf(operation);
  const names = [
    ...(needsKey ? WITH_KEY : []),
    ...(operation.security.some(({ scopes }) => scopes.length > 0) ? WITH_SCOPE : []),
    ...(needsKey && hasProject ? WITH_KEY_AND_PROJECT : []),
    ...(hasProject ? WITH_PROJECT : []),
    ...OF_ANY,
  ];
  const met = names.flatMap((name) => shared.get(name) ?? []);
  return new Map([...met, ...(malformed ? [malformed] : [])].map((scenario) => [scenario.name, scenario]));
}

/** Without headers: `Allow` differs from path to path, and the provider adds both it and the challenge. */
function sharedScenarios({ operations }: Contract): ReadonlyMap<string, Scenario> {
  return new Map(
    operations.flatMap(({ scenarios }) => [...scenarios].map(([name, scenario]) => [name, bare(scenario)])),
  );
}

function bare(scenario: Scenario): Scenario {
  if (scenario.status === null) return scenario;
  const [first, ...others] = scenario.answers.map((answer) => ({ ...answer, headers: [] }));
  return first ? { ...scenario, answers: [first, ...others] } : scenario;
}
