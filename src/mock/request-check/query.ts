import type { Contract, Operation, Parameter } from '../../contract/contract.ts';
import { typesOf } from '../../contract/resolve-schema.ts';
import { checkAt } from '../../contract/schema.ts';
import { parseJson } from '../../json.ts';
import { valueAt } from '../../json-pointer.ts';
import { BoundedCache, memoize } from '../../memoize.ts';
import { didYouMean } from '../../text/nearest-name.ts';
import { isSecretField } from '../../text/secrets.ts';
import { inNumber, shown, shownText } from '../../text/shown.ts';

/** What the contract has against a query, percent-encoded; `null`: nothing. APIs ignore most of it silently. */
export type QueryCheck = (operation: Operation, query: string) => string | null;

/** Distinct queries whose verdict is cached, of all operations. */
export const MAX_CACHED_QUERIES = 1_000;
/** In characters; longer queries are checked every time. */
export const MAX_CACHED_LENGTH = 2_000;
/** A generated client may send hundreds of parameters that the contract does not have. */
const MAX_SHOWN = 3;

/** Checks queries against the parameters of their operation. A distinct query is checked once, so a repeated one costs a look-up. */
export function createQueryCheck({ root }: Contract): QueryCheck {
  const verdicts = new BoundedCache<string, string | null>(MAX_CACHED_QUERIES);
  return (operation, query) => {
    if (query === '' && !requiresQuery(operation)) return null;
    const asked = `${operation.id} ${query}`;
    const known = verdicts.get(asked);
    if (known !== undefined) return known;
    const findings = findingsOf(root, operation, new URLSearchParams(`&${query}`));
    const verdict = findings.length === 0 ? null : findings.join(' ');
    if (query.length <= MAX_CACHED_LENGTH) verdicts.set(asked, verdict);
    return verdict;
  };
}

const requiresQuery = memoize(({ parameters }: Operation) =>
  parameters.some((parameter) => parameter.in === 'query' && parameter.required),
);

function findingsOf(document: object, operation: Operation, sent: URLSearchParams): readonly string[] {
  const known = operation.parameters.filter((parameter) => parameter.in === 'query');
  const values = known.flatMap((parameter) => {
    const given = sent.getAll(parameter.name);
    return (
      (given.length === 0 ? missing(document, parameter) : wrongValues(document, parameter, given)) ?? []
    );
  });
  const unknown = unknownNames(document, known, new Set(sent.keys()));
  if (unknown.length === 0) return values;
  const list = known.length === 0 ? 'none' : known.map(({ name }) => name).join(', ');
  return [
    `The contract has no ${inNumber(unknown.length, 'query parameter')} ${unknown.slice(0, MAX_SHOWN).join(', ')}${unknown.length > MAX_SHOWN ? ' and more' : ''} for ${operation.id}; it has ${list}.`,
    ...values,
  ];
}

/** Those with the same beginning count once: `events[0][id]`, `events[0][type]`, … */
function unknownNames(
  document: object,
  known: readonly Parameter[],
  names: ReadonlySet<string>,
): readonly string[] {
  const unknown = new Map<string, string>();
  if (known.some((parameter) => mayBeSpread(document, parameter))) return [];
  const knownNames = known.map(({ name }) => name);
  for (const name of names) {
    const [base = ''] = name.split(/[[.]/, 1);
    if (knownNames.includes(name) || unknown.has(base)) continue;
    const owner = known.find((parameter) => parameter.name === base);
    const meant =
      owner && isJudged(document, owner)
        ? ` (${formOf(document, owner)})`
        : didYouMean(owner ? base : name, knownNames);
    unknown.set(base, `"${shownText(name)}"${meant.startsWith(' Did ') ? ` (${meant.trim()})` : meant}`);
    if (unknown.size > MAX_SHOWN) break;
  }
  return [...unknown.values()];
}

function missing(document: object, parameter: Parameter): string | undefined {
  const { name, required } = parameter;
  return required && !mayBeSpread(document, parameter)
    ? `The query parameter "${name}" is required, and missing.`
    : undefined;
}

function wrongValues(document: object, parameter: Parameter, values: readonly string[]): string | undefined {
  const { name, isJson, schema } = parameter;
  if (!isJudged(document, parameter)) return undefined;
  const [value = '', ...others] = values.toReversed();
  if (others.length > 0)
    return `The query has ${values.length} times "${name}"; ${formOf(document, parameter)}.`;
  // APIs read an empty value as an absent one.
  if (value === '' || isSecretField(name)) return undefined;
  const json = parseJson(value);
  if (isJson && json === undefined) {
    return `${formOf(document, parameter)}; found ${shown(value)}.`;
  }
  if (schema === undefined) return undefined;
  const check = checkAt(document, schema);
  const [violation] = isJson ? check(json) : check(value).length > 0 ? check(json ?? value) : [];
  return (
    violation &&
    `The query parameter "${name}"${violation.pointer && `, at ${violation.pointer}`}: ${violation.detail}`
  );
}

/** How a parameter is sent: `"events" is a JSON array, such as events=[{"id":"$pageview"}], percent-encoded`. */
function formOf(document: object, parameter: Parameter): string {
  const { name, isJson, example } = parameter;
  const [type = 'value'] = typesOfValue(document, parameter);
  const text = typeof example === 'string' && !isJson ? shownText(example) : shown(example);
  const such = example === undefined ? '' : `, such as ${name}=${text}`;
  return isJson ? `"${name}" is a JSON ${type}${such}, percent-encoded` : `"${name}" takes one value${such}`;
}

/** Whether a value is text that can be judged. Arrays and objects come in one of several styles, which only the API can read. */
function isJudged(document: object, parameter: Parameter): boolean {
  const types = typesOfValue(document, parameter);
  return parameter.isJson || (types.length > 0 && !types.includes('array') && !types.includes('object'));
}

/** Whether a value may be sent as several parameters with names of their own, as the members of an object are. */
function mayBeSpread(document: object, parameter: Parameter): boolean {
  const types = typesOfValue(document, parameter);
  return !parameter.isJson && (types.length === 0 || types.includes('object'));
}

function typesOfValue(document: object, { schema }: Parameter): readonly string[] {
  return schema === undefined ? [] : typesOf(document, valueAt(document, schema));
}
