import { type Schema, Validator } from '@cfworker/json-schema';
import { hasMoreValues, isObject, type JsonObject } from '../json.ts';
import { localPointer, valueAt } from '../json-pointer.ts';
import { memoize } from '../memoize.ts';
import { messageOf } from '../text/message-of.ts';
import { SUBSCHEMA, SUBSCHEMA_ARRAY, SUBSCHEMA_MAP, VALUE_KEYWORDS } from './keywords.ts';
import { hasSlowPattern, withoutSlowPatterns } from './pattern.ts';
import { resolveSchema } from './resolve-schema.ts';
import { type SchemaViolation, violationsOf } from './violations.ts';

export type SchemaCheck = (value: unknown) => readonly SchemaViolation[];

/** Whose value is checked: a client does not have to send what is `readOnly`. */
export type Sender = 'client' | 'server';

/**
 * Compiles the schema at a pointer of a document into a check (JSON Schema 2020-12, the dialect of OpenAPI 3.1). The
 * schema is interpreted without `eval`, so this works under a strict content security policy.
 */
export function compileSchema(document: unknown, pointer: string, sender: Sender = 'server'): SchemaCheck {
  const root = bundle(document, pointer, sender);
  const first = new Validator(root, '2020-12', true);
  let all: Validator | undefined;
  return (value) => {
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

/** Copies a schema and everything it refers to into a self-contained one: the validator resolves only inside its root. */
function bundle(document: unknown, pointer: string, sender: Sender): Schema {
  const names = new Map([[pointer, 's0']]);
  const nameOf = (target: string): string => {
    const name = names.get(target) ?? `s${names.size}`;
    names.set(target, name);
    return name;
  };
  const rewriteAll = (schemas: unknown): unknown => {
    if (Array.isArray(schemas)) return schemas.map(rewrite);
    if (!isObject(schemas)) return schemas;
    return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, rewrite(schema)]));
  };
  const rewrite = (schema: unknown): unknown => {
    // Anything else is not a schema: reported where the document is read, and accepting every value here.
    if (!isObject(schema)) return schema !== false;
    if (hasSlowPattern(schema)) return rewrite(withoutSlowPatterns(schema));
    return Object.fromEntries(
      Object.entries(schema).flatMap(([key, value]): [string, unknown][] => {
        if (SUBSCHEMA.has(key)) return [[key, rewrite(value)]];
        if (SUBSCHEMA_ARRAY.has(key) || SUBSCHEMA_MAP.has(key)) return [[key, rewriteAll(value)]];
        if (key === '$ref') return [[key, refer(value)]];
        if (key === 'required' && sender === 'client') return [[key, requiredOfClients(document, schema)]];
        // What is said of values, such as an example, would be taken for schemas.
        return VALUE_KEYWORDS.has(key) || key === 'description' ? [[key, value]] : [];
      }),
    );
  };
  const refer = (ref: unknown): string => {
    const target = typeof ref === 'string' ? localPointer(ref) : undefined;
    return `#/$defs/${nameOf(target ?? NOWHERE)}`;
  };
  const definitions: Record<string, unknown> = {};
  // The map grows with every reference.
  for (const [target, name] of names) definitions[name] = rewrite(valueAt(document, target));
  return { $ref: '#/$defs/s0', $defs: definitions };
}

function requiredOfClients(document: unknown, { required, properties }: JsonObject): unknown {
  if (!Array.isArray(required) || !isObject(properties)) return required;
  const isReadOnly = (name: unknown) => {
    const property = properties[String(name)];
    return (
      isObject(property) &&
      (property.readOnly === true || resolveSchema(document, property).readOnly === true)
    );
  };
  return required.filter((name: unknown) => !isReadOnly(name));
}
