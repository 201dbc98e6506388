import type { Contract, ResponseDescription } from '../contract/contract.ts';
import { declaredFor, isJson } from '../contract/media-type.ts';
import { checkAt } from '../contract/schema.ts';
import type { SchemaViolation } from '../contract/violations.ts';
import { parseJson } from '../json.ts';
import { pointerTo, valueAt } from '../json-pointer.ts';
import { NEVER_HAS_BODY } from '../mock/reply.ts';
import type { ComparedAnswer } from './answer.ts';
import { type Difference, MEMBERS, NOTHING } from './finding.ts';
import { placeOf, type Shape, shapeOf, typeOf } from './shape.ts';

/** How a body keeps to the contract, and its shape. */
export interface CheckedBody {
  readonly differences: readonly Difference[];
  /** `null`: not JSON that the contract has a schema for. */
  readonly shape: Shape | null;
  /** Places that break the contract. */
  readonly broken: ReadonlySet<string>;
  /** The pointer of the schema; of the response where it has none. */
  readonly pointer: string;
}

/**
 * Checks media type and body against the description of a response.
 *
 * @param verdict who is wrong where it breaks it.
 */
export function checkBody(
  contract: Contract,
  response: ResponseDescription,
  answer: ComparedAnswer,
  verdict: Difference['verdict'],
): CheckedBody {
  const { contentType, shownType = contentType, body } = answer;
  const broken = (expected: string, found: string): CheckedBody => ({
    ...none(response),
    differences: [
      { verdict, level: 'error', in: 'body', pointer: '', expected, found, contract: response.pointer },
    ],
  });
  if (body === null || NEVER_HAS_BODY.has(answer.status)) return none(response);
  const expected = [...response.schemas.keys()].join(' or ');
  // OpenAPI does not forbid a body that it does not describe.
  if (expected === '') return none(response);
  if (body === '') return broken(expected, 'no body');
  if (contentType === null || shownType === null) return broken(expected, 'a body without a Content-Type');
  const declared = declaredFor(response.schemas.keys(), contentType);
  if (declared === undefined) return broken(expected, mediaTypeInWords(shownType));
  if (!isJson(contentType)) return none(response);
  const value = parseJson(body);
  if (value === undefined) return broken('JSON', jsonLess(body));
  const schema = response.schemas.get(declared);
  return schema === undefined ? none(response) : checkValue(contract, schema, value, verdict);
}

function none({ pointer }: ResponseDescription): CheckedBody {
  return { differences: [], shape: null, broken: new Set(), pointer };
}

function checkValue(
  { root }: Contract,
  schema: string,
  value: unknown,
  verdict: Difference['verdict'],
): CheckedBody {
  const guide = valueAt(root, schema);
  const places = new Set<string>();
  const differences = new Map<string, Difference>();
  for (const violation of checkAt(root, schema)(value)) {
    const place = placeOf(violation.pointer, value, root, guide);
    const { expected, found, missing } = inTypes(violation, valueAt(value, violation.pointer));
    for (const name of missing) places.add(pointerTo(place, name));
    if (missing.length === 0) places.add(place);
    differences.set(`${place} ${expected} ${found}`, {
      verdict,
      level: 'error',
      in: 'body',
      pointer: place,
      expected,
      found,
      contract: schema,
    });
  }
  return {
    differences: [...differences.values()],
    shape: shapeOf(value, root, guide),
    broken: places,
    pointer: schema,
  };
}

const FOUND = ', found ';
const EXPECTED = /^expected /;
const TYPES_ONLY = /^(?:(?:null|boolean|integer|number|string|array|object)(?: or )?)+$/;
const MISSING = /^(".*") (?:is|are) missing\.?$/s;
const NO_MEMBER = /^(?:there is no such member|no value is allowed here)/;

/** A violation without the value: its detail ends with what was found, which may be personal. */
function inTypes({ detail }: SchemaViolation, value: unknown) {
  const type = typeOf(value);
  const names = MISSING.exec(detail)?.[1];
  if (names !== undefined) {
    const parsed: unknown = parseJson(`[${names}]`);
    const missing = Array.isArray(parsed) ? parsed.map(String) : [];
    const expected = missing.length === 1 ? `the member ${names}` : `${MEMBERS}${names}`;
    return { expected, found: NOTHING, missing };
  }
  if (NO_MEMBER.test(detail)) return { expected: 'no such member', found: type, missing: [] };
  const at = detail.indexOf(FOUND);
  const expected =
    at > 0 && EXPECTED.test(detail)
      ? detail.slice(0, at).replace(EXPECTED, '')
      : 'a value that fits the schema';
  return { expected, found: TYPES_ONLY.test(expected) ? type : `another ${type}`, missing: [] };
}

const PAGE = /^\s*<(?:!doctype\s+html|html|head|body)\b/i;

/** Pages in place of data come from what stands in front of the API. */
export function mediaTypeInWords(contentType: string): string {
  const [mediaType = ''] = contentType.split(';', 1);
  return /^text\/html\b/i.test(mediaType) ? `text/html, ${A_PAGE}` : mediaType.trim();
}

function jsonLess(body: string): string {
  return PAGE.test(body) ? `HTML, ${A_PAGE}` : 'text that is not JSON';
}

const A_PAGE = 'probably a page of a proxy or of a login';
