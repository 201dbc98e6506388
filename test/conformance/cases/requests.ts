import { thingContract } from '../../mock/request-check/thing.ts';
import { type Case, expectCase, type Received } from '../case.ts';

const PARAMETERS = [
  { name: 'limit', in: 'query', schema: { type: 'integer' } },
  { name: 'tags', in: 'query', explode: false, schema: { type: 'array', items: { enum: ['a', 'b'] } } },
  { name: 'X-Thing', in: 'header', schema: { type: 'boolean' } },
];
const JSON_TYPE = { 'content-type': 'application/json' };
const FORM_TYPE = { 'content-type': 'application/x-www-form-urlencoded' };

type Finding = Readonly<Record<'in' | 'detail', string> & Partial<Record<'name' | 'pointer', string>>>;

function refused(operation: string, ...errors: readonly Finding[]): Received {
  const places = errors.length === 1 ? '1 place' : `${errors.length} places`;
  const body = {
    type: 'urn:posthog-experiments-mock:request-invalid',
    title: 'Invalid request',
    status: 400,
    detail: `The request breaks what the contract has for ${operation} in ${places}.`,
    code: 'REQUEST_INVALID',
    errors,
  };
  return {
    status: 400,
    headers: { 'content-type': 'application/problem+json', vary: 'Prefer', 'x-mock-operation': operation },
    body: JSON.stringify(body),
  };
}

const DONE = (operation: string): Received => ({
  status: 200,
  headers: {
    'content-type': 'application/json',
    vary: 'Prefer',
    'x-mock-operation': operation,
    'x-mock-scenario': 'ok',
    'x-mock-source': 'example',
  },
  body: '{}',
});

/** Requests that break the contract, refused or not. */
export const REQUESTS: readonly Case[] = [
  of('a wrong query parameter', { path: '/things/1?limit=x' }, [
    { detail: 'expected integer, found "x".', in: 'query', name: 'limit' },
  ]),
  of('a repeated query parameter', { path: '/things/1?limit=1&limit=2' }, [
    { detail: 'expected it once, found it 2 times; "limit" takes one value.', in: 'query', name: 'limit' },
  ]),
  of('a wrong item of a query parameter', { path: '/things/1?tags=a,c' }, [
    { detail: 'expected one of "a", "b", found "c".', in: 'query', pointer: '/1', name: 'tags' },
  ]),
  of('a wrong path', { path: '/things/zero' }, [
    { detail: 'expected integer, found "zero".', in: 'path', name: 'id' },
  ]),
  of('a wrong header', { path: '/things/1', headers: { 'x-thing': 'yes' } }, [
    { detail: 'expected boolean, found "yes".', in: 'header', name: 'X-Thing' },
  ]),
  of('no body', { method: 'POST', path: '/things/1' }, [
    {
      detail:
        'expected a body (application/json, application/x-www-form-urlencoded, text/*), as it is required; found none.',
      in: 'body',
    },
  ]),
  of(
    'a body of a type in a range',
    { method: 'POST', body: '<a/>', headers: { 'content-type': 'text/xml' } },
    [],
  ),
  of('a body that is not JSON', { method: 'POST', body: '{', headers: JSON_TYPE }, [
    { detail: 'expected JSON, found "{".', in: 'body' },
  ]),
  of('a form with a wrong field', { method: 'POST', body: 'name=ab&count=x', headers: FORM_TYPE }, [
    { detail: 'expected integer, found "x".', in: 'body', pointer: '/count' },
  ]),
  of(
    'a body with a wrong member',
    { method: 'POST', body: '{"name":"ab","count":"1"}', headers: JSON_TYPE },
    [{ detail: 'expected integer, found "1".', in: 'body', pointer: '/count' }],
  ),
].flat();

function of(
  what: string,
  request: Partial<Case['request']>,
  errors: readonly Finding[],
): readonly [Case, Case] {
  const contract = thingContract(PARAMETERS);
  const operation = request.method === 'POST' ? 'write' : 'read';
  const asked = { path: '/things/1', headers: {}, ...request };
  const expected = errors.length === 0 ? DONE(operation) : refused(operation, ...errors);
  return [
    expectCase(`${what}, answered`, { options: { contract }, request: asked }, DONE(operation)),
    expectCase(`${what}, refused`, { options: { contract, requests: 'error' }, request: asked }, expected),
  ];
}
