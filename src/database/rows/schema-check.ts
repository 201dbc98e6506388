import { isObject, type JsonObject } from '../../json.ts';
import { pointerTo } from '../../json-pointer.ts';
import { explainKeyword } from '../../text/broken-keyword.ts';
import { didYouMean } from '../../text/nearest-name.ts';
import { shown, shownNames } from '../../text/shown.ts';

/** One mistake in a row. */
export interface RowFinding {
  /** JSON pointer (RFC 6901) into the row. */
  readonly pointer: string;
  readonly detail: string;
}

/** The keywords that fixture schemas use, and their annotations. */
export interface FieldSchema {
  readonly title?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly minLength?: number;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, FieldSchema>>;
  readonly additionalProperties?: boolean;
  readonly items?: FieldSchema;
}

/** Mistakes that are listed. Beyond them, nobody reads, and rows are not checked. */
export const MAX_FINDINGS = 100;

/** Checks a row against its schema: a finding for each place that is wrong, {@link MAX_FINDINGS} at most. */
export type SchemaCheck = (row: unknown) => readonly RowFinding[];

/** What a keyword demands; it says nothing about values of another type. */
type Demand = (value: unknown) => boolean;

const NONE: readonly RowFinding[] = [];
const ANNOTATIONS = new Set(['title', 'description', 'default', 'examples']);
const STRUCTURE = new Set(['required', 'properties', 'additionalProperties', 'items']);
/** A pointer with a longer name would say less than the name in the detail, which is cut. */
const MAX_NAME_LENGTH = 100;

const DEMANDS: Readonly<Record<string, (limit: unknown) => Demand>> = {
  type: (types) => {
    const tests = [types].flat().map((type) => TYPES[String(type)] ?? refuseUnknown('type', type));
    const [test = () => true] = tests;
    return tests.length === 1 ? test : (value) => tests.some((test) => test(value));
  },
  enum: (values) => {
    const known = new Set([values].flat());
    return (value) => known.has(value);
  },
  format: (format) => {
    const pattern = FORMATS[String(format)] ?? refuseUnknown('format', format);
    return (value) => typeof value !== 'string' || pattern.test(value);
  },
  // In characters, not in UTF-16 units.
  minLength: (limit) => (value) =>
    typeof value !== 'string' || value.length >= 2 * Number(limit) || [...value].length >= Number(limit),
  minimum: (limit) => (value) => typeof value !== 'number' || value >= Number(limit),
  exclusiveMinimum: (limit) => (value) => typeof value !== 'number' || value > Number(limit),
};

const TYPES: Readonly<Record<string, Demand>> = {
  null: (value) => value === null,
  boolean: (value) => typeof value === 'boolean',
  integer: Number.isInteger,
  number: (value) => typeof value === 'number',
  string: (value) => typeof value === 'string',
  array: Array.isArray,
  object: isObject,
};

const FORMATS: Readonly<Record<string, RegExp>> = {
  uuid: /^(?:urn:uuid:)?[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i,
};

/**
 * Compiles a schema into closures. Rows come by the hundred thousand, and a validator of the whole of JSON Schema takes
 * ten times as long for each, and recurses for each member.
 *
 * @throws {Error} when the schema has a keyword that is not among those of {@link FieldSchema}.
 */
export function compileRowSchema(schema: FieldSchema): SchemaCheck {
  const demands = Object.entries(schema).flatMap(([keyword, limit]) => {
    if (ANNOTATIONS.has(keyword) || STRUCTURE.has(keyword)) return [];
    const demand = DEMANDS[keyword] ?? refuseUnknown('keyword', keyword);
    return [{ keyword, isMet: demand(limit) }];
  });
  const checkMembers = compileMembers(schema);
  const checkItems = schema.items && compileItems(schema.items);
  return (value) => {
    for (const { keyword, isMet } of demands) if (!isMet(value)) return [finding(keyword, schema, value)];
    if (checkItems && Array.isArray(value)) return checkItems(value);
    return checkMembers && isObject(value) ? checkMembers(value) : NONE;
  };
}

function compileMembers(schema: FieldSchema): ((value: JsonObject) => readonly RowFinding[]) | undefined {
  const { properties, required = [], additionalProperties: isOpen = true } = schema;
  if (properties === undefined && required.length === 0 && isOpen) return undefined;
  const checks = new Map(
    Object.entries(properties ?? {}).map(([name, field]) => [name, compileRowSchema(field)]),
  );
  return (value) => {
    let findings = NONE;
    if (!required.every((name) => Object.hasOwn(value, name)))
      findings = [finding('required', schema, value)];
    for (const name of Object.keys(value)) {
      const check = checks.get(name);
      if (check) findings = withFindings(findings, name, check(value[name]));
      else if (!isOpen) findings = [...findings, explainUnknownField(name, [...checks.keys()])];
      if (findings.length >= MAX_FINDINGS) break;
    }
    return findings;
  };
}

function compileItems(items: FieldSchema): (value: readonly unknown[]) => readonly RowFinding[] {
  const check = compileRowSchema(items);
  return (value) => {
    let findings = NONE;
    for (let index = 0; index < value.length && findings.length < MAX_FINDINGS; index += 1) {
      findings = withFindings(findings, index, check(value[index]));
    }
    return findings;
  };
}

function withFindings(
  findings: readonly RowFinding[],
  token: string | number,
  below: readonly RowFinding[],
): readonly RowFinding[] {
  if (below.length === 0) return findings;
  const placed = below.map(({ pointer, detail }) => ({ pointer: pointerTo('', token) + pointer, detail }));
  return [...findings, ...placed].slice(0, MAX_FINDINGS);
}

function finding(keyword: string, schema: FieldSchema, value: unknown): RowFinding {
  return { pointer: '', detail: explainKeyword(keyword, { ...schema }, value) ?? keyword };
}

function explainUnknownField(name: string, known: readonly string[]): RowFinding {
  const guess = didYouMean(name, known, ` The fields are ${shownNames(known)}.`);
  return name.length <= MAX_NAME_LENGTH
    ? { pointer: pointerTo('', name), detail: `there is no such field.${guess}` }
    : { pointer: '', detail: `there is no field ${shown(name)}.${guess}` };
}

function refuseUnknown(what: string, value: unknown): never {
  throw new Error(
    `fixtures/schema: the ${what} ${shown(value)} is not known to database/rows/schema-check.ts.`,
  );
}
