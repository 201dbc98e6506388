import type { Contract } from '../contract/contract.ts';
import { checkAt } from '../contract/schema.ts';
import { parseJson } from '../json.ts';
import { type ComparedAnswer, headerOf } from './answer.ts';
import type { DocumentedHeader, DocumentedResponse } from './documented.ts';
import { type Difference, NOTHING } from './finding.ts';

/** Set by HTTP itself, by proxies, or for browsers; a contract seldom names them. */
const OF_TRANSPORT = new Set([
  'accept-ranges',
  'age',
  'alt-svc',
  'cache-control',
  'connection',
  'content-encoding',
  'content-language',
  'content-length',
  'content-security-policy',
  'content-type',
  'cross-origin-embedder-policy',
  'cross-origin-opener-policy',
  'cross-origin-resource-policy',
  'date',
  'etag',
  'expires',
  'keep-alive',
  'last-modified',
  'nel',
  'permissions-policy',
  'pragma',
  'preference-applied',
  'referrer-policy',
  'report-to',
  'server',
  'server-timing',
  'set-cookie',
  'strict-transport-security',
  'transfer-encoding',
  'vary',
  'via',
  'x-content-type-options',
  'x-frame-options',
  'x-powered-by',
  'x-request-id',
  'x-xss-protection',
]);
const OF_OTHERS = /^(?:access-control-|cf-|x-amz-|x-envoy-|x-mock-)/;

/** Checks headers against the description of a response. The contract describes `Content-Type` elsewhere. */
export function checkHeaders(
  contract: Contract,
  response: DocumentedResponse,
  answer: ComparedAnswer,
  verdict: Difference['verdict'],
): readonly Difference[] {
  return described(response).flatMap((header) => {
    const { name, isRequired, pointer } = header;
    const value = headerOf(answer, name);
    const report = (expected: string, found: string) => [
      { verdict, level: 'error', in: 'header', name, expected, found, contract: pointer } as const,
    ];
    if (value === undefined) return isRequired ? report('a header', NOTHING) : [];
    return keepsSchema(contract, header, value)
      ? []
      : report('a value that fits the schema', 'another value');
  });
}

/** Headers that live and mock do not share, although nothing in the contract is broken. */
export function compareHeaders(
  response: DocumentedResponse,
  live: ComparedAnswer,
  mock: ComparedAnswer | null,
): readonly Difference[] {
  const known = new Map(described(response).map((header) => [header.name.toLowerCase(), header]));
  const namesOf = (answer: ComparedAnswer) => new Set(answer.headers.map(([name]) => name.toLowerCase()));
  const [ofLive, ofMock] = [namesOf(live), mock ? namesOf(mock) : null];
  const difference = (
    name: string,
    level: Difference['level'],
    expected: string,
    found: string,
  ): Difference => ({
    verdict: known.has(name) ? 'both-keep-contract' : 'not-in-contract',
    level,
    in: 'header',
    name,
    expected,
    found,
    contract: known.get(name)?.pointer ?? response.pointer,
  });
  const more = [...ofLive].flatMap((name) => {
    if (known.has(name))
      return ofMock && !ofMock.has(name)
        ? [difference(name, 'note', 'no such header (mock)', 'a header')]
        : [];
    return isOfTransport(name) || ofMock?.has(name)
      ? []
      : [difference(name, 'note', 'no such header (contract)', 'a header')];
  });
  const less = [...(ofMock ?? [])].flatMap((name) => {
    const isRequired = known.get(name)?.isRequired === true;
    if (ofLive.has(name) || isRequired || isOfTransport(name)) return [];
    return [difference(name, 'warning', 'a header (mock)', NOTHING)];
  });
  return [...more, ...less];
}

function described({ headers }: DocumentedResponse): readonly DocumentedHeader[] {
  return headers.filter(({ name }) => name.toLowerCase() !== 'content-type');
}

function isOfTransport(name: string): boolean {
  return OF_TRANSPORT.has(name) || OF_OTHERS.test(name);
}

/** Text, or what the text says as JSON: a header has no types. */
function keepsSchema({ root }: Contract, { schema }: DocumentedHeader, text: string): boolean {
  if (schema === null) return true;
  const check = checkAt(root, schema);
  if (check(text).length === 0) return true;
  const value = parseJson(text);
  if (value !== undefined) return check(value).length === 0;
  // Lists and pairs have a style of their own, which is not read here.
  return check([text]).length === 0;
}
