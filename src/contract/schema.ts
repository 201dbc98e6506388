import { type Schema, Validator } from '@cfworker/json-schema';
import { hasMoreValues, isObject } from '../json.ts';
import { localPointer, valueAt } from '../json-pointer.ts';
import { memoize } from '../memoize.ts';
import { messageOf } from '../text/message-of.ts';
import { SUBSCHEMA, SUBSCHEMA_ARRAY, SUBSCHEMA_MAP, VALUE_KEYWORDS } from './keywords.ts';
import { optionalMembers, type Sender } from './optional-members.ts';
import { hasSlowPattern, withoutSlowPatterns } from './pattern.ts';
import { type SchemaViolation, violationsOf } from './violations.ts';

export interface SchemaCheck {
  (value: unknown): readonly SchemaViolation[];
  /** Whether there are none, which takes less than finding them. */
  fits(value: unknown): boolean;
}

/**
 * Compiles the schema at a pointer of a document into a check (JSON Schema 2020-12, the dialect of OpenAPI 3.1). The
 * schema is interpreted without `eval`, so this works under a strict content security policy.
 */
export function compileSchema(document: unknown, pointer: string, sender: Sender = 'server'): SchemaCheck {
  const root = bundle(document, pointer, sender);
  const first = new Validator(root, '2020-12', true);
  let all: Validator | undefined;
  const check = (value: unknown): readonly SchemaViolation[] => {
    try {
      const { valid, errors } = first.validate(value);
      if (valid) return [];
      if (hasMoreValues(value, MAX_VALUES)) return violationsOf(errors, root, value);
      all ??= new Validator(root, '2020-12', false);
      return violationsOf(all.validate(value).errors, root, value);
    } catch (cause) {
      return [{ pointer: '', detail: explainFailure(cause) }];
    }
  };
  const fits = (value: unknown): boolean => {
    try {
      return first.validate(value).valid;
    } catch {
      return false;
    }
  };
  return Object.assign(check, { fits });
}

/** Values in a value of which all mistakes are looked for; of a larger one, only the first is. */
const MAX_VALUES = 10_000;

/** The check of {@link compileSchema}, compiled on first use and kept for as long as the document lives. */
export function checkAt(document: object, pointer: string, sender: Sender = 'server'): SchemaCheck {
  const checks = checksOf(document)[sender];
  const check = checks.get(pointer) ?? compileSchema(document, pointer, sender);
  checks.set(pointer, check);
  return check;
}

const checksOf = memoize((_document: object) => ({
  client: new Map<string, SchemaCheck>(),
  server: new Map<string, SchemaCheck>(),
}));

function explainFailure(cause: unknown): string {
  // The validator puts field names into URIs.
  if (cause instanceof URIError) return 'A field name is not valid Unicode: it has a lone surrogate.';
  // The validator and the explanation recurse.
  if (cause instanceof RangeError) return 'the value, or its schema, is nested too deeply to be checked.';
  // The validator notices a broken schema, such as an invalid regular expression, only when it uses it.
  return `the schema cannot be used: ${messageOf(cause)}`;
}

/** A pointer that leads nowhere. */
const NOWHERE = 'nowhere';

/** Keywords whose schemas are for the same value: what one of them says of a member holds for all. */
const SAME_VALUE: ReadonlySet<string> = new Set(['allOf', 'anyOf', 'oneOf', 'then', 'else']);

const NONE: readonly string[] = [];

/**
 * Copies a schema and everything it refers to into a self-contained one: the validator resolves only inside its root. A
 * schema has a copy for each set of members that may be left out where it is referred to.
 */
function bundle(document: unknown, pointer: string, sender: Sender): Schema {
  const copies = new Map<string, Copy>();
  const refer = (target: string, optional: readonly string[]): string => {
    const key = JSON.stringify([target, ...[...new Set(optional)].sort()]);
    const { name } = copies.get(key) ?? { name: `s${copies.size}` };
    copies.set(key, { name, target, optional });
    return `#/$defs/${name}`;
  };
  const rewriteAll = (schemas: unknown, optional: readonly string[]): unknown => {
    if (Array.isArray(schemas)) return schemas.map((schema) => rewrite(schema, optional));
    if (!isObject(schemas)) return schemas;
    return Object.fromEntries(
      Object.entries(schemas).map(([name, schema]) => [name, rewrite(schema, optional)]),
    );
  };
  const rewrite = (schema: unknown, above: readonly string[]): unknown => {
    // Anything else is not a schema: reported where the document is read, and accepting every value here.
    if (!isObject(schema)) return schema !== false;
    if (hasSlowPattern(schema)) return rewrite(withoutSlowPatterns(schema), above);
    const isReference = '$ref' in schema && !('required' in schema);
    const optional = isReference ? above : [...above, ...optionalMembers(document, schema, sender)];
    return Object.fromEntries(
      Object.entries(schema).flatMap(([key, value]): [string, unknown][] => {
        const below = SAME_VALUE.has(key) ? optional : NONE;
        if (SUBSCHEMA.has(key)) return [[key, rewrite(value, below)]];
        if (SUBSCHEMA_ARRAY.has(key) || SUBSCHEMA_MAP.has(key)) return [[key, rewriteAll(value, below)]];
        if (key === '$ref') return [[key, refer(targetOf(value), optional)]];
        if (key === 'required') return [[key, without(value, optional)]];
        // What is said of values, such as an example, would be taken for schemas.
        return VALUE_KEYWORDS.has(key) || key === 'description' ? [[key, value]] : [];
      }),
    );
  };
  const $ref = refer(pointer, NONE);
  const definitions: Record<string, unknown> = {};
  // The map grows with every reference.
  for (const { name, target, optional } of copies.values())
    definitions[name] = rewrite(valueAt(document, target), optional);
  return { $ref, $defs: definitions };
}

/** A schema as the validator gets it. */
interface Copy {
  readonly name: string;
  /** JSON pointer of the schema. */
  readonly target: string;
  /** Names of members that may be left out. */
  readonly optional: readonly string[];
}

function targetOf(ref: unknown): string {
  return (typeof ref === 'string' ? localPointer(ref) : undefined) ?? NOWHERE;
}

function without(required: unknown, optional: readonly string[]): unknown {
  return Array.isArray(required) && optional.length > 0
    ? required.filter((name) => !optional.includes(name))
    : required;
}
