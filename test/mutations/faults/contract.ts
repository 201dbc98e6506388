import { type Fault, replaced } from '../fault.ts';
import { answerWith } from '../live-server.ts';
import { CONTRACT, checkAnswers, comparePact, driftFrom, STATS, validateContract } from '../tools.ts';
import { typeErrors, typesOf } from '../type-check.ts';

/** A part of the contract, and what takes its place. */
type Edit = readonly [part: string, by: string];

/** A mistake in a copy of openapi.yaml. */
function inContract(
  tool: string,
  look: (contract: string) => ReturnType<Fault['look']>,
  what: string,
  ...edits: readonly Edit[]
): Fault {
  const edit = () => edits.reduce((text, [part, by]) => replaced(text, part, by), CONTRACT);
  return { where: 'contract', what, tool, look: (hasFault) => look(hasFault ? edit() : CONTRACT) };
}

const validated = inContract.bind(null, 'validate', validateContract);
const answered = inContract.bind(null, "validate: 'error'", checkAnswers);
const drifted = inContract.bind(null, 'drift', (contract) => driftFrom(answerWith(), contract));
const compared = inContract.bind(null, 'pact and its comparator', (contract) => comparePact(STATS, contract));
const typed = inContract.bind(null, 'type check', async (contract) =>
  typeErrors(CLIENT, await typesOf(contract)),
);

/** A client that reads a number of the statistics. */
const CLIENT = `import type { components } from './contract-types.ts';
export const read = (stats: components['schemas']['ExperimentStats']): number => stats.launched_last_30d;
`;

const TOTAL = 'X-Total:\n              required: true\n              schema: { type: integer }';
const REQUIRED_HEADER: Edit = [
  'headers: &api-headers\n            Allow:',
  `headers: &api-headers\n            ${TOTAL}\n            Allow:`,
];

export const CONTRACT_FAULTS: readonly Fault[] = [
  validated('a schema is renamed, and a reference is not', ['    ExperimentStats:\n', '    Statistics:\n']),
  validated('the example of a scenario breaks its schema', [
    'percent_change: 50\n',
    'percent_change: fifty\n',
  ]),
  validated('a type is misspelt', ['type: number\n', 'type: numbr\n']),
  validated('an operationId is used twice', [
    'operationId: experiments_stats_retrieve',
    'operationId: experiments_requires_flag_implementation_retrieve',
  ]),
  validated('a scenario is of an unknown kind', ['reply: malformed', 'reply: mangled']),
  validated('a status is none', ["'429':", "'42':"]),
  validated('a scenario is there twice', ['trend-down:', 'trend-up:']),
  answered('a property is renamed, also in the examples', ['active_experiments', 'running_experiments']),
  answered(
    'a type is wrong, and the examples fit it',
    ['type: number\n', 'type: integer\n'],
    ['percent_change: 6.2', 'percent_change: 6'],
    ['percent_change: -66.7', 'percent_change: -67'],
  ),
  compared('a property of an answer is gone', [
    'percent_change:\n          description',
    'percentage:\n          description',
  ]),
  compared('a status of an answer is gone', ["        '200':\n", "        '201':\n"]),
  compared('a path has moved', ['/experiments/stats/:', '/experiments/statistics/:']),
  compared('a parameter is gone', ['name: limit\n', 'name: max\n']),
  answered('a status is missing', ["        '200':\n", "        '201':\n"]),
  answered('a content type is wrong', ['application/json:', 'application/hal+json:']),
  answered('a header is required that is not sent', REQUIRED_HEADER),
  answered('a header has another type', ["$ref: '#/components/headers/Allow'", 'schema: { type: integer }']),
  drifted('a status is missing', ["        '200':\n", "        '201':\n"]),
  drifted('a content type is wrong', ['application/json:', 'application/hal+json:']),
  drifted('a header is required that is not sent', REQUIRED_HEADER),
  typed('a property is renamed that a client reads', ['launched_last_30d', 'launches']),
];
