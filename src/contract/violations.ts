import type { OutputUnit, Schema } from '@cfworker/json-schema';
import { isObject, type JsonObject } from '../json.ts';
import { localPointer, tokensOf, valueAt } from '../json-pointer.ts';
import { explainKeyword, meaningOf } from '../text/broken-keyword.ts';
import { didYouMean } from '../text/nearest-name.ts';
import { withoutSecrets } from '../text/secrets.ts';
import { shown, shownNames } from '../text/shown.ts';
import { patternOf } from './pattern.ts';
import { referred, resolveSchema } from './resolve-schema.ts';

/** One place where a value breaks its schema. */
export interface SchemaViolation {
  /** JSON pointer into the value. */
  readonly pointer: string;
  /** What is expected there, and what was found. */
  readonly detail: string;
}

/** Keywords whose errors only repeat that something below them failed. */
const WRAPPERS = new Set([
  '$ref',
  'properties',
  'patternProperties',
  'items',
  'prefixItems',
  'additionalProperties',
  'unevaluatedProperties',
  'allOf',
  'if',
  'then',
  'else',
]);

/** Keywords that can allow the known members only. */
const CLOSING = new Set(['additionalProperties', 'unevaluatedProperties']);

/** Keywords with alternatives. The validator reports the errors of all of them. */
const ALTERNATIVES = new Set(['anyOf', 'oneOf']);

/** Keywords with a list of schemas for one value. */
const LISTS = new Set(['allOf', ...ALTERNATIVES]);

/** Keywords that tell one kind of value from another. */
const KIND = new Set(['type', 'required', 'const', 'enum', 'false', ...ALTERNATIVES]);

/**
 * Puts the errors of the validator into plain words: one violation for each keyword that a value breaks.
 *
 * @param root the schema that the value was checked against; its references are local.
 */
export function violationsOf(errors: readonly OutputUnit[], root: Schema, value: unknown): SchemaViolation[] {
  const violations = new Map<string, SchemaViolation>();
  for (const error of withoutOtherAlternatives(errors.map(located))) {
    const { keyword, keywordLocation, instanceLocation } = error;
    if (WRAPPERS.has(keyword)) continue;
    const pointer = localPointer(instanceLocation) ?? '';
    const key = `${pointer} ${keywordLocation}`;
    if (violations.has(key)) continue;
    const detail =
      keyword === 'false' ? explainFalse(error, root) : explain(error, root, valueAt(value, pointer));
    violations.set(key, { pointer, detail });
  }
  return [...violations.values()];
}

/**
 * The validator gives a schema that is `false` the location of the value. The error before it is that of the keyword
 * that has the schema, or of a schema beside it; after another `false`, that is a keyword with a list.
 */
function located(error: OutputUnit, index: number, errors: readonly OutputUnit[]): OutputUnit {
  const { keyword, instanceLocation } = error;
  if (keyword !== 'false') return error;
  const hasList = (other: OutputUnit | undefined) =>
    other === undefined || (LISTS.has(other.keyword) && other.instanceLocation === instanceLocation);
  let at = index - 1;
  if (errors[at]?.keyword === 'false') while (!hasList(errors[at])) at -= 1;
  const before = errors[at];
  return before === undefined ? error : { ...error, keywordLocation: `${before.keywordLocation}/false` };
}

/** Where no alternative fits: the errors of the one that was meant if there is only one, else the keyword's own. */
function withoutOtherAlternatives(errors: readonly OutputUnit[]): readonly OutputUnit[] {
  const kept: OutputUnit[] = [];
  let at = 0;
  for (let error = errors[at]; error; error = errors[at]) {
    const start = at + 1;
    at = ALTERNATIVES.has(error.keyword) ? endOfAlternatives(error, errors, start) : start;
    kept.push(...(at === start ? [error] : meantBy(error, errors.slice(start, at))));
  }
  return kept;
}

/** The errors of its alternatives come right after that of a keyword. */
function endOfAlternatives(choice: OutputUnit, errors: readonly OutputUnit[], start: number): number {
  const prefix = `${choice.keywordLocation}/`;
  const isBelow = ({ keywordLocation, instanceLocation }: OutputUnit) =>
    keywordLocation.startsWith(prefix) && `${instanceLocation}/`.startsWith(`${choice.instanceLocation}/`);
  let end = start;
  for (let error = errors[end]; error && isBelow(error); error = errors[end]) end += 1;
  return end;
}

function meantBy(choice: OutputUnit, errors: readonly OutputUnit[]): readonly OutputUnit[] {
  const isOtherKind = ({ keyword, instanceLocation }: OutputUnit) =>
    instanceLocation === choice.instanceLocation && KIND.has(keyword);
  const branches = new Map<string | undefined, OutputUnit[]>();
  for (const error of errors) {
    const [branch] = error.keywordLocation.slice(choice.keywordLocation.length + 1).split('/', 1);
    const known = branches.get(branch);
    if (known) known.push(error);
    else branches.set(branch, [error]);
  }
  const [meant, ...more] = [...branches.values()].filter((branch) => !branch.some(isOtherKind));
  return meant && more.length === 0 && matchesOf(choice) === 0 ? withoutOtherAlternatives(meant) : [choice];
}

/** How many alternatives of `oneOf` fit, where it is not one; the validator has the number in its sentence only. */
function matchesOf({ error }: OutputUnit): number {
  const [, matches = 0] = /\((\d+) matches\)/.exec(error) ?? [];
  return Number(matches);
}

function explain(unit: OutputUnit, root: Schema, value: unknown): string {
  const { keyword, keywordLocation, error } = unit;
  const schema = schemaAt(root, parentOf(keywordLocation));
  if (keyword === 'oneOf' && matchesOf(unit) > 1)
    return `expected ${alternativesOf(schema, keyword, root)}, but ${matchesOf(unit)} of them fit ${shown(value)}.`;
  const words = ALTERNATIVES.has(keyword)
    ? `expected ${alternativesOf(schema, keyword, root)}, found ${shown(value)}`
    : explainKeyword(...ownKeyword(keyword, schema), value);
  // A value that was cut ends with dots already.
  return words === undefined ? withoutSecrets(error) : `${words}.`.replace(/\.{4}$/, '...');
}

/** The keyword and schema as the contract has them. */
function ownKeyword(keyword: string, schema: JsonObject): [keyword: string, schema: JsonObject] {
  const pattern = keyword === 'format' ? patternOf(schema) : undefined;
  return pattern === undefined ? [keyword, schema] : ['pattern', { ...schema, pattern }];
}

/** The schema is `false`. */
function explainFalse({ keywordLocation, instanceLocation }: OutputUnit, root: Schema): string {
  const before = parentOf(keywordLocation);
  if (!CLOSING.has(before.slice(before.lastIndexOf('/') + 1))) return 'no value is allowed here.';
  const { properties } = schemaAt(root, parentOf(before));
  const known = isObject(properties) ? Object.keys(properties) : [];
  const name = tokensOf(localPointer(instanceLocation) ?? '').at(-1) ?? '';
  const list = known.length > 0 ? ` The members are ${shownNames(known)}.` : '';
  return `there is no such member.${didYouMean(name, known, list)}`;
}

/** Alternatives in words: the members that they require, or their types. */
function alternativesOf(schema: JsonObject, keyword: string, root: Schema): string {
  const listed = schema[keyword];
  const branches = Array.isArray(listed) ? listed.map((branch) => resolveSchema(root, branch)) : [];
  const members = branches.map(({ type, required }) =>
    type === undefined && Array.isArray(required) ? shownNames(required) : '',
  );
  const one = keyword === 'oneOf' ? 'exactly one' : 'one';
  if (!members.includes('')) return `${one} of ${members.join(', ')}`;
  const types = new Set(branches.flatMap(({ type }) => type ?? 'another value'));
  return `${one} of ${branches.length} forms, ${[...types].join(' or ')}${meaningOf(schema)}`;
}

/** The schema at a location as the validator reports it, which goes through references. */
function schemaAt(root: Schema, location: string): JsonObject {
  const node = tokensOf(localPointer(location) ?? '').reduce<unknown>((parent, token) => {
    if (Array.isArray(parent)) return parent[Number(token)];
    if (!isObject(parent)) return undefined;
    return token === '$ref' ? referred(root, parent) : parent[token];
  }, root);
  return isObject(node) ? node : {};
}

function parentOf(location: string): string {
  return location.slice(0, Math.max(0, location.lastIndexOf('/')));
}
