import { resolveSchema, typesOf } from '../../contract/resolve-schema.ts';
import { isObject, type JsonObject } from '../../json.ts';
import { fittingSchema } from './fitting-schema.ts';

/** What a value has to match. */
export interface MatchingRule {
  readonly combine: 'AND' | 'OR';
  readonly matchers: readonly Matcher[];
}

export type Matcher =
  | { readonly match: 'type' | 'integer' | 'number' | 'boolean' | 'null' }
  | { readonly match: 'regex'; readonly regex: string };

/** A value of the same type; it holds for all values within, too. */
export const SAME_TYPE: MatchingRule = { combine: 'AND', matchers: [{ match: 'type' }] };
/** Levels of a body that rules are made for. */
const MAX_DEPTH = 20;

/**
 * The rules for a JSON body, by JSON path: types as its schema has them, else the types of its values.
 *
 * @param root the document that the schema is in.
 */
export function bodyRules(
  root: object,
  schema: unknown,
  body: unknown,
): Readonly<Record<string, MatchingRule>> {
  const rules = new Map([['$', SAME_TYPE]]);
  addRules({ root, rules }, schema, body, '$', MAX_DEPTH);
  return Object.fromEntries(rules);
}

/** The rule for a value that is text, as in a query. */
export function textRule(root: object, schema: unknown): MatchingRule {
  const [matcher] = textMatchers(root, resolveSchema(root, schema));
  return matcher ? { combine: 'AND', matchers: [matcher] } : SAME_TYPE;
}

export function regexRule(regex: string): MatchingRule {
  return { combine: 'AND', matchers: [{ match: 'regex', regex }] };
}

/** Escapes what has a meaning in regular expressions. */
export function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
}

interface Rules {
  readonly root: object;
  readonly rules: Map<string, MatchingRule>;
}

function addRules(to: Rules, schema: unknown, value: unknown, path: string, depth: number): void {
  const { root, rules } = to;
  if (depth === 0 || schema === undefined) return;
  const fitting = fittingSchema(root, schema, value);
  if (Array.isArray(value)) {
    for (const item of value) addRules(to, fitting.items, item, `${path}[*]`, depth - 1);
    return;
  }
  if (isObject(value)) {
    const properties = isObject(fitting.properties) ? fitting.properties : {};
    for (const [name, member] of Object.entries(value)) {
      const own = Object.hasOwn(properties, name) ? properties[name] : undefined;
      addRules(to, own, member, path + step(name), depth - 1);
    }
    return;
  }
  const rule = valueRule(root, fitting, value);
  if (rule) rules.set(path, rule);
}

function step(name: string): string {
  return /^[a-z_]\w*$/i.test(name) ? `.${name}` : `['${name.replaceAll(/['\\]/g, String.raw`\$&`)}']`;
}

/** What a schema says about a value beyond its type; `undefined`: nothing. */
function valueRule(root: object, schema: JsonObject, value: unknown): MatchingRule | undefined {
  const types = typesOf(root, schema);
  const isNullable = types.length > 1 && types.includes('null');
  // Nothing can be said about the type of the value that may stand in place of a null.
  const matchers = value === null ? [] : matchersOf(root, schema, value, types);
  if (isNullable && value !== null) {
    const own: readonly Matcher[] = matchers.length > 0 ? matchers : [{ match: 'type' }];
    return { combine: 'OR', matchers: [...own, { match: 'null' }] };
  }
  return matchers.length > 0 ? { combine: 'AND', matchers } : undefined;
}

function matchersOf(
  root: object,
  schema: JsonObject,
  value: unknown,
  types: readonly string[],
): readonly Matcher[] {
  if (typeof value === 'string') return textMatchers(root, schema);
  if (typeof value === 'boolean') return [{ match: 'boolean' }];
  if (typeof value !== 'number') return [];
  return [{ match: types.includes('integer') && !types.includes('number') ? 'integer' : 'number' }];
}

/** Formats as regular expressions for whole texts: matchers of formats differ between the implementations of Pact. */
const FORMATS: Readonly<Record<string, string>> = {
  uuid: '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$',
  date: String.raw`^\d{4}-\d{2}-\d{2}$`,
  'date-time': String.raw`^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}.*$`,
};

function textMatchers(root: object, schema: JsonObject): readonly Matcher[] {
  const resolved = resolveSchema(root, schema);
  const known = Array.isArray(resolved.enum) ? resolved.enum : [resolved.const];
  const texts = known.filter((value) => typeof value === 'string');
  if (texts.length > 0) return [{ match: 'regex', regex: `^(${texts.map(escaped).join('|')})$` }];
  const regex = FORMATS[String(resolved.format)];
  return regex === undefined ? [] : [{ match: 'regex', regex }];
}
