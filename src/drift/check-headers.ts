import type { Contract, ResponseDescription } from '../contract/contract.ts';
import { headerOf } from '../contract/message.ts';
import { pointerTo } from '../json-pointer.ts';
import { checkHeader } from '../mock/answer-check.ts';
import type { ComparedAnswer } from './answer.ts';
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
  response: ResponseDescription,
  answer: ComparedAnswer,
  verdict: Difference['verdict'],
): readonly Difference[] {
  return response.headers.flatMap((header) => {
    const value = headerOf(answer.headers, header.name) ?? null;
    if (checkHeader(contract.root, header, value).length === 0) return [];
    const [expected, found] =
      value === null ? ['a header', NOTHING] : ['a value that fits the schema', 'another value'];
    const place = { in: 'header', name: header.name, contract: placeOf(response, header.name) } as const;
    return [{ verdict, level: 'error', expected, found, ...place } as const];
  });
}

/** Headers that live and mock do not share, although nothing in the contract is broken. */
export function compareHeaders(
  response: ResponseDescription,
  live: ComparedAnswer,
  mock: ComparedAnswer | null,
): readonly Difference[] {
  const known = new Map(response.headers.map((header) => [header.name.toLowerCase(), header]));
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
    contract: placeOf(response, known.get(name)?.name),
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
    const isRequired = known.get(name)?.required === true;
    if (ofLive.has(name) || isRequired || isOfTransport(name)) return [];
    return [difference(name, 'note', 'a header (mock)', NOTHING)];
  });
  return [...more, ...less];
}

/** Of a header that is described, else of the response. */
function placeOf({ pointer }: ResponseDescription, name: string | undefined): string {
  return name === undefined ? pointer : pointerTo(pointer, 'headers', name);
}

function isOfTransport(name: string): boolean {
  return OF_TRANSPORT.has(name) || OF_OTHERS.test(name);
}
