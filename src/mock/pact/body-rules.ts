import { resolveSchema, typesOf } from '../../contract/resolve-schema.ts';
import { isObject, type JsonObject } from '../../json.ts';
import { allowed, fittingSchema, mapValues } from './fitting-schema.ts';

/** What a value has to match. */
export interface MatchingRule {
  readonly combine: 'AND' | 'OR';
  readonly matchers: readonly Matcher[];
}

export type Matcher =
  | { readonly match: 'type' | 'integer' | 'number' | 'boolean' | 'null' | 'values' }
  | { readonly match: 'regex'; readonly regex: string };

const TYPE: Matcher = { match: 'type' };
const NULL: Matcher = { match: 'null' };
/** Also matches what is no text. */
const ANYTHING: Matcher = { match: 'regex', regex: String.raw`[\s\S]*` };

/** A value of the same type; it holds for all values within, too. */
export const SAME_TYPE: MatchingRule = { combine: 'AND', matchers: [TYPE] };
/** An object with any names; the rule of its members is beside it. */
const SAME_VALUES: MatchingRule = { combine: 'AND', matchers: [{ match: 'values' }] };
/** Any text. */
export const ANY_TEXT: MatchingRule = { combine: 'AND', matchers: [ANYTHING] };
/** Levels of a body that rules are made for. */
const MAX_DEPTH = 20;

/**
 * The rules for a JSON body, by JSON path: types as its schema has them, else the types of its values. The body matches
 * them itself.
 *
 * @param root the document that the schema is in.
 */
export function bodyRules(
  root: object,
  schema: unknown,
  body: unknown,
): Readonly<Record<string, MatchingRule>> {
  const places: Places = { root, matchers: new Map(), containers: new Set(), maps: new Set() };
  addMatchers(places, schema, body, '$', MAX_DEPTH);
  const rules = new Map([['$', SAME_TYPE]]);
  for (const path of places.maps) rules.set(path, SAME_VALUES).set(`${path}.*`, SAME_TYPE);
  for (const [path, matchers] of places.matchers) {
    // Verifiers do not combine matchers of objects and arrays.
    if (!places.containers.has(path) && !isTypeAlone(matchers)) rules.set(path, anyOf(matchers));
  }
  return Object.fromEntries(rules);
}

/** The rule for a value that is text, as in a query. */
export function textRule(root: object, schema: unknown, text: string): MatchingRule {
  return anyOf(textMatchers(root, fittingSchema(root, schema, text), text));
}

export function regexRule(regex: string): MatchingRule {
  return { combine: 'AND', matchers: [{ match: 'regex', regex }] };
}

/** Escapes what has a meaning in regular expressions. */
export function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
}

function anyOf(matchers: readonly Matcher[]): MatchingRule {
  return { combine: matchers.length > 1 ? 'OR' : 'AND', matchers };
}

function isTypeAlone([first, ...others]: readonly Matcher[]): boolean {
  return first?.match === 'type' && others.length === 0;
}

/** What was seen of a body, by JSON path; several items of an array have the same. */
interface Places {
  readonly root: object;
  readonly matchers: Map<string, readonly Matcher[]>;
  /** Objects and arrays. */
  readonly containers: Set<string>;
  /** Objects whose names are data. */
  readonly maps: Set<string>;
}

function addMatchers(to: Places, schema: unknown, value: unknown, path: string, depth: number): void {
  const { root, matchers, containers, maps } = to;
  if (depth === 0 || schema === undefined) return;
  if (typeof value !== 'object' || value === null) {
    const all = [...(matchers.get(path) ?? []), ...matchersOf(root, schema, value)];
    matchers.set(path, [...new Map(all.map((matcher) => [JSON.stringify(matcher), matcher])).values()]);
    return;
  }
  containers.add(path);
  const fitting = fittingSchema(root, schema, value);
  if (Array.isArray(value)) {
    for (const item of value) addMatchers(to, fitting.items, item, `${path}[*]`, depth - 1);
    return;
  }
  const values = mapValues(fitting);
  if (values) maps.add(path);
  const properties = isObject(fitting.properties) ? fitting.properties : {};
  for (const [name, member] of Object.entries(value)) {
    const next = values ? '.*' : step(name);
    const own = values ?? (Object.hasOwn(properties, name) ? properties[name] : undefined);
    if (next !== undefined) addMatchers(to, own, member, path + next, depth - 1);
  }
}

/** `undefined` for names that JSON paths of Pact cannot have. */
function step(name: string): string | undefined {
  if (/^[a-z_]\w*$/i.test(name)) return `.${name}`;
  return name === '' || name.includes("'") ? undefined : `['${name}']`;
}

/** What a value that is no object and no array may be instead. */
function matchersOf(root: object, schema: unknown, value: unknown): readonly Matcher[] {
  const types = typesOf(root, schema);
  const isNullable = types.includes('null') || allowed(resolveSchema(root, schema))?.includes(null) === true;
  if (value === null) return isNullable ? [...insteadOfNull(types), NULL] : [TYPE];
  const own = ownMatchers(root, fittingSchema(root, schema, value), value);
  return isNullable ? [...own, NULL] : own;
}

function ownMatchers(root: object, fitting: JsonObject, value: unknown): readonly Matcher[] {
  if (typeof value === 'string') return textMatchers(root, fitting, value);
  if (typeof value === 'boolean') return [{ match: 'boolean' }];
  const types = typesOf(root, fitting);
  const isInteger = types.includes('integer') && !types.includes('number') && Number.isInteger(value);
  return [{ match: isInteger ? 'integer' : 'number' }];
}

/** The value that may stand in place of a null is not known, only its types. */
function insteadOfNull(types: readonly string[]): readonly Matcher[] {
  const others = types.filter((type) => type !== 'null');
  const known = SIMPLE.filter(({ match }) => others.includes(match));
  return known.length > 0 && known.length === others.length ? known : [ANYTHING];
}

const SIMPLE: readonly Matcher[] = [{ match: 'boolean' }, { match: 'integer' }, { match: 'number' }];

/** Formats as regular expressions for whole texts: matchers of formats differ between the implementations of Pact. */
const FORMATS: ReadonlyMap<unknown, RegExp> = new Map([
  ['uuid', /^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/],
  ['date', /^\d{4}-\d{2}-\d{2}$/],
  ['date-time', /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}.*$/],
]);

/** A text that breaks its schema matches as any other. */
function textMatchers(root: object, schema: JsonObject, text: string): readonly Matcher[] {
  const resolved = resolveSchema(root, schema);
  const texts = (allowed(resolved) ?? []).filter((value) => typeof value === 'string');
  if (texts.length > 0)
    return texts.includes(text) ? [{ match: 'regex', regex: `^(${texts.map(escaped).join('|')})$` }] : [TYPE];
  const format = FORMATS.get(resolved.format);
  return format?.test(text) ? [{ match: 'regex', regex: format.source }] : [TYPE];
}
