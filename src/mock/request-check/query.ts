import type { Operation, Parameter } from '../../contract/contract.ts';
import { pathKeyOf } from '../../contract/path-key.ts';
import { checkAt } from '../../contract/schema.ts';
import { parseJson } from '../../json.ts';
import { BoundedCache } from '../../memoize.ts';
import { didYouMean } from '../../text/nearest-name.ts';
import { isSecretField } from '../../text/secrets.ts';
import { counted, inNumber, shown, shownText } from '../../text/shown.ts';
import { type Found, found, foundOf, MAX_FINDINGS, NONE } from './finding.ts';
import {
  isMemberOf,
  isScalar,
  mayRepeat,
  type Pair,
  readDeepObject,
  readPairs,
  readQueryValues,
  readSpreadObject,
} from './styles.ts';
import { membersAt, typesAt, violationsOfText } from './typed-value.ts';

/** What the contract has against a query, percent-encoded. APIs ignore most of it silently. */
export type QueryCheck = (operation: Operation, query: string) => readonly Found[];

/** Distinct queries whose verdict is cached, of all operations. */
export const MAX_CACHED_QUERIES = 1_000;
/** In characters; longer queries are checked every time. */
export const MAX_CACHED_LENGTH = 500;
/** A query with more findings, each of which may be long, is checked every time. */
export const MAX_CACHED_FINDINGS = 3;
/** Names in the hint. A generated client may send hundreds of parameters that the contract does not have. */
const MAX_SHOWN = 3;

/** Checks queries against the parameters of their operation. A distinct query is checked once, so a repeated one costs a look-up. */
export function createQueryCheck(document: object): QueryCheck {
  const verdicts = new BoundedCache<string, readonly Found[]>(MAX_CACHED_QUERIES);
  return (operation, query) => {
    const asked = `${operation.id} ${query}`;
    const known = verdicts.get(asked);
    if (known !== undefined) return known;
    const verdict = checkQuery(document, operation, readPairs(query));
    if (query.length <= MAX_CACHED_LENGTH && verdict.length <= MAX_CACHED_FINDINGS)
      verdicts.set(asked, verdict);
    return verdict;
  };
}

function checkQuery(document: object, operation: Operation, sent: readonly Pair[]): readonly Found[] {
  const known = operation.parameters.filter((parameter) => parameter.in === 'query');
  const values = known.flatMap((parameter) => checkParameter(document, known, parameter, sent));
  return [...unknownParameters(document, operation, known, sent), ...values];
}

function unknownParameters(
  document: object,
  operation: Operation,
  known: readonly Parameter[],
  sent: readonly Pair[],
): readonly Found[] {
  if (operation.hasWholeQuery) return NONE;
  const { id } = operation;
  const names = new Set(sent.flatMap(({ name }) => (isElsewhere(operation, name) ? [] : name)));
  const unknown = [...unknownNames(document, known, names)];
  const list = known.length === 0 ? 'none' : known.map(({ name }) => name).join(', ');
  const named = unknown.slice(0, MAX_SHOWN).map(([name, meant]) => `"${name}"${meant}`);
  const more = unknown.length > MAX_SHOWN ? ' and more' : '';
  const sentence = `The contract has no ${inNumber(unknown.length, 'query parameter')} ${named.join(', ')}${more} for ${id}; it has ${list}.`;
  return foundOf(unknown, ([name, meant], index) => {
    const detail = `the contract has no such parameter${meant} for ${id}; it has ${list}.`;
    return found({ in: 'query', name, detail }, index === 0 ? sentence : '');
  });
}

/** What a query has beside parameters: keys, and what the path key pins. */
function isElsewhere(operation: Operation, name: string): boolean {
  return (
    operation.schemes.some(({ kind, parameter }) => kind === 'query' && parameter === name) ||
    pathKeyOf(operation).pins.some((pin) => pin.name === name)
  );
}

/** Each with what was meant. Those with the same beginning count once: `events[0][id]`, `events[0][type]`, … */
function unknownNames(
  document: object,
  known: readonly Parameter[],
  names: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const unknown = new Map<string, readonly [name: string, meant: string]>();
  if (known.some((parameter) => mayBeSpread(document, parameter))) return new Map();
  const knownNames = new Set(known.map(({ name }) => name));
  for (const name of names) {
    const [base = ''] = name.split(/[[.]/, 1);
    if (knownNames.has(name) || unknown.has(base)) continue;
    const owner = known.find((parameter) => parameter.name === base);
    if (owner?.style === 'deepObject' && name.startsWith(`${base}[`)) continue;
    // What is not listed is only counted.
    const isListed = unknown.size < MAX_FINDINGS;
    unknown.set(base, isListed ? [shownText(name), meantBy(document, known, name, owner)] : [name, '']);
  }
  return new Map(unknown.values());
}

function meantBy(
  document: object,
  known: readonly Parameter[],
  name: string,
  owner: Parameter | undefined,
): string {
  if (owner && isText(document, owner)) return ` (${formOf(document, owner)})`;
  const names = known.map((parameter) => parameter.name);
  const meant = didYouMean(owner?.name ?? name, names);
  return meant === '' ? '' : ` (${meant.trim()})`;
}

function checkParameter(
  document: object,
  known: readonly Parameter[],
  parameter: Parameter,
  sent: readonly Pair[],
): readonly Found[] {
  const { name, required, schema, style } = parameter;
  const given = sent.filter((pair) => pair.name === name);
  if (given.length > 0) return checkValues(document, parameter, given);
  const members = schema === undefined ? null : readMembers(document, known, parameter, sent);
  if (members !== null && schema !== undefined) {
    return foundOf(violationsOfText(document, schema, [members]), (violation, index) =>
      atFirst(index, { in: 'query', name, ...violation }),
    );
  }
  const isNested = style === 'deepObject' && sent.some((pair) => isMemberOf(name, pair));
  if (!required || isNested || mayBeSpread(document, parameter)) return NONE;
  return [
    found(
      { in: 'query', name, detail: 'expected a value, as it is required; found none.' },
      `The query parameter "${name}" is required, and missing.`,
    ),
  ];
}

/** The members of an object that are sent one by one; `null`: there are none, or they cannot be told. */
function readMembers(
  document: object,
  known: readonly Parameter[],
  parameter: Parameter,
  sent: readonly Pair[],
): object | null {
  const { name, schema, mediaType, style, explode } = parameter;
  if (mediaType !== undefined) return null;
  const members = membersAt(document, schema);
  if (style === 'deepObject') return readDeepObject(name, members, sent);
  if (style !== 'form' || !explode) return null;
  const others = known.filter((other) => other !== parameter).map((other) => other.name);
  return readSpreadObject(members, others, sent);
}

/** @param given the values with the parameter's own name, of which there is at least one. */
function checkValues(document: object, parameter: Parameter, given: readonly Pair[]): readonly Found[] {
  const { name, isJson, schema, mediaType, required, allowEmptyValue } = parameter;
  const [{ value } = { value: '' }] = given;
  // APIs read an empty value as an absent one.
  const isAbsent = value === '' && given.length === 1 && (!required || allowEmptyValue);
  if (isAbsent || isSecretField(name)) return NONE;
  const types = typesAt(document, schema);
  const wrongStyle = checkStyle(document, parameter, types, given);
  if (wrongStyle !== null) return [wrongStyle];
  const json = isJson ? parseJson(value) : undefined;
  if (isJson && json === undefined) {
    const wrong = `${formOf(document, parameter)}; found ${shown(value)}.`;
    return [found({ in: 'query', name, detail: `expected JSON, found ${shown(value)}.` }, wrong)];
  }
  if (schema === undefined || (!isJson && (mediaType !== undefined || types.length === 0))) return NONE;
  const violations = isJson
    ? checkAt(document, schema)(json)
    : violationsOfText(document, schema, readQueryValues(parameter, types, given));
  return foundOf(violations, (violation, index) => atFirst(index, { in: 'query', name, ...violation }));
}

/** Whether a value comes in the way that its parameter is sent: once, or as the members of an object. */
function checkStyle(
  document: object,
  parameter: Parameter,
  types: readonly string[],
  { length }: readonly Pair[],
): Found | null {
  const { name, isJson, schema, mediaType, style } = parameter;
  if (!isJson && mediaType !== undefined) return null;
  if (!isJson && style === 'deepObject' && !types.some(isScalar)) {
    const [member = 'member'] = membersAt(document, schema).keys();
    const detail = `expected its members as parameters, such as ${name}[${member}]=…; found ${counted(length, 'value')}.`;
    return found({ in: 'query', name, detail });
  }
  if (length === 1 || (!isJson && (types.length === 0 || mayRepeat(parameter, types)))) return null;
  const form = formOf(document, parameter);
  const detail = `expected it once, found it ${length} times; ${form}.`;
  return found({ in: 'query', name, detail }, `The query has "${name}" ${length} times; ${form}.`);
}

/** The hint has the first finding of a value. */
function atFirst(index: number, finding: Parameters<typeof found>[0]): Found {
  return index === 0 ? found(finding) : found(finding, '');
}

/** How a parameter is sent: `"events" is a JSON array, such as events=[{"id":"$pageview"}], percent-encoded`. */
function formOf(document: object, parameter: Parameter): string {
  const { name, isJson, example, schema } = parameter;
  const [type = 'value'] = typesAt(document, schema);
  const text = typeof example === 'string' && !isJson ? shownText(example) : shown(example);
  const such = example === undefined ? '' : `, such as ${name}=${text}`;
  return isJson ? `"${name}" is a JSON ${type}${such}, percent-encoded` : `"${name}" takes one value${such}`;
}

/** Whether a parameter has one value that is text or JSON. */
function isText(document: object, { isJson, schema }: Parameter): boolean {
  const types = typesAt(document, schema);
  return isJson || (types.length > 0 && !types.includes('array') && !types.includes('object'));
}

/** Whether a value may be sent as several parameters with names of their own, as the members of an object are. */
function mayBeSpread(document: object, { isJson, mediaType, schema, style, explode }: Parameter): boolean {
  const types = typesAt(document, schema);
  if (isJson || mediaType !== undefined || style === 'deepObject') return false;
  return types.length === 0 || (types.includes('object') && style === 'form' && explode);
}
