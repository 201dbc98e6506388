import { expect, it } from 'vitest';
import { createMock } from '../../../src/index.ts';
import { bodyRules } from '../../../src/mock/pact/body-rules.ts';
import { ask } from '../asking.ts';
import { NAMES, onlyInteraction } from './asking.ts';
import { ODD_BODIES } from './odd-bodies.ts';

const all = (...matchers: readonly object[]) => ({ combine: 'AND', matchers });
const any = (...matchers: readonly object[]) => ({ combine: 'OR', matchers });
const is = (match: string) => ({ match });
const like = (regex: string) => ({ match: 'regex', regex });
const DATE = like(String.raw`^\d{4}-\d{2}-\d{2}$`);
const ANYTHING = like(String.raw`[\s\S]*`);

it('the rules of a body take unions, maps, nulls and any name', () => {
  const mock = createMock({ contract: ODD_BODIES, scenario: 'first' });
  ask(mock, { path: '/team' });
  const { body, matchingRules } = onlyInteraction(mock).response;
  expect(body?.content).toMatchObject({ pet: { kind: 'dog', bark: 'loud' } });
  expect(matchingRules?.body).toEqual({
    $: all(is('type')),
    '$.pet.kind': all(like('^(dog)$')),
    '$.members': all(is('values')),
    '$.members.*': all(is('type')),
    '$.members.*.age': all(is('integer')),
    '$.members.*.since': any(ANYTHING, is('null'), DATE),
    '$.lead': any(ANYTHING, is('null')),
    '$.note': any(is('integer'), is('null')),
    '$.ended': any(DATE, is('null')),
    '$.state': any(like('^(open|closed)$'), is('null')),
    '$.pets[*].kind': any(like('^(dog)$'), like('^(cat)$')),
    '$.pets[*].lives': all(is('integer')),
    "$['a.b']": all(is('integer')),
  });
});

it('other names in a map are no other interaction', () => {
  const schema = ODD_BODIES.components.schemas.Team.properties.members;
  const people = {
    operationId: 'people',
    requestBody: { content: { 'application/json': { schema } } },
    responses: { 204: { description: 'Kept.' } },
  };
  const mock = createMock({ contract: { ...ODD_BODIES, paths: { '/people': { post: people } } } });
  const headers = { 'content-type': 'application/json' };
  for (const body of ['{"a":{"age":1}}', '{"b":{"age":2},"c":{"age":3}}'])
    ask(mock, { method: 'POST', path: '/people', headers, body });
  expect(mock.pact(NAMES).interactions).toHaveLength(1);
});

it.each(['null', '""'])('an answer of %s has no body in a pact, where it would stand for none', (text) => {
  const schema = { type: ['null', 'string'] };
  const answer = {
    description: 'Little.',
    content: { 'application/json': { schema, example: JSON.parse(text) } },
  };
  const paths = { '/little': { get: { operationId: 'little', responses: { 200: answer } } } };
  const mock = createMock({ contract: { ...ODD_BODIES, paths } });
  expect(ask(mock, { path: '/little' }).body).toBe(text);
  expect(onlyInteraction(mock).response).toEqual({
    status: 200,
    headers: { 'Content-Type': ['application/json'] },
  });
});

it.each<[what: string, schema: object, value: unknown, rule: object | undefined]>([
  ['a value that is not listed', { enum: ['a'] }, 'b', undefined],
  ['a text of another format', { type: 'string', format: 'uuid' }, 'x', undefined],
  [
    'a text of a format that no object should have',
    { type: 'string', format: 'constructor' },
    'x',
    undefined,
  ],
  ['a number that is not whole', { type: 'integer' }, 1.5, all(is('number'))],
  ['a number in place of text', { type: 'string', format: 'date' }, 1, all(is('number'))],
])('%s matches its own rule', (_, schema, value, rule) => {
  const rules = bodyRules({}, { type: 'object', properties: { a: schema } }, { a: value });
  expect(rules['$.a']).toEqual(rule);
});
