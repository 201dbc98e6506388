import type { Document } from './copies.ts';

const TAGS = ['experiments', 'feature_flags', 'insights', 'dashboards', 'cohorts', 'surveys', 'persons'];
/** Tags that have few operations each. */
const RARE_TAGS = 23;
const STATUSES = ['200', '400', '403', '404', '500'];
const SCENARIOS_OF_STATUS = 4;

/**
 * An OpenAPI 3.1 contract with this many operations: tags, long ids, paths and summaries, and 20 scenarios each. The last
 * scenario is on every second operation only.
 */
export function largeContract(count: number): object {
  const paths: Document = {};
  for (let number = 1; number <= count; number++) {
    const tag = tagOf(number);
    const resource = `/api/projects/{project_id}/${tag}/{${tag}_id}/transferred_ownership_of_resource_${number}/`;
    paths[resource] = { get: operationOf(number, tag) };
  }
  return { openapi: '3.1.0', info: { title: 'Large', version: '1' }, paths, components: { responses } };
}

function operationOf(number: number, tag: string): Document {
  const last = number % 2 === 0 ? 'also_500' : '500';
  return {
    operationId: `${tag}_transferred_ownership_of_resource_${number}_retrieve`,
    summary: `Read who owns resource ${number} of ${tag}, since when, and who had it before that`,
    tags: [tag],
    responses: Object.fromEntries(
      STATUSES.map((status) => [
        status,
        { $ref: `#/components/responses/${status === '500' ? last : status}` },
      ]),
    ),
  };
}

function tagOf(number: number): string {
  return number % 4 === 0 ? `rare_tag_${number % RARE_TAGS}` : (TAGS[number % TAGS.length] ?? '');
}

const responses = Object.fromEntries([...STATUSES, 'also_500'].map((name) => [name, responseOf(name)]));

function responseOf(name: string): Document {
  const status = name.replace('also_', '');
  const count = name === '500' ? SCENARIOS_OF_STATUS - 1 : SCENARIOS_OF_STATUS;
  const scenarios = Array.from({ length: count }, (_, index) => [
    `answer-${status}-${index + 1}`,
    { summary: `Answers ${status}, without a body, in the way numbered ${index + 1}`, reply: 'empty' },
  ]);
  return { description: status, 'x-scenarios': Object.fromEntries(scenarios) };
}
