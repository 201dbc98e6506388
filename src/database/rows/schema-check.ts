import type { OutputUnit } from '@cfworker/json-schema';
import { isObject } from '../../json.ts';
import { messageOf } from '../../text/message-of.ts';
import { didYouMean } from '../../text/nearest-name.ts';
import { shown } from '../../text/shown.ts';
import type { FieldSchema, Model } from './models.ts';

/** One way in which a row is wrong, at a JSON pointer into it. */
export interface RowFinding {
  readonly pointer: string;
  readonly detail: string;
}

/** Where a row breaks the JSON Schema of its collection: one finding a place. */
export function checkSchema(model: Model, row: unknown): RowFinding[] {
  const findings = new Map<string, RowFinding>();
  for (const error of violations(model, row)) {
    const pointer = decodeURIComponent(error.instanceLocation.slice(1));
    if (WRAPPERS.has(error.keyword) || findings.has(pointer)) continue;
    findings.set(pointer, { pointer, detail: explain(error, model, row, tokens(pointer)) });
  }
  return [...findings.values()];
}

/** Names in a message: `"a", "b"`. */
export function quoted(names: readonly unknown[]): string {
  return names.map((name) => JSON.stringify(name)).join(', ');
}

/** Keywords that only say that something below them failed. */
const WRAPPERS = new Set(['properties', 'items', 'additionalProperties']);

function violations({ validator }: Model, row: unknown): readonly OutputUnit[] {
  try {
    return validator.validate(row).errors;
  } catch (cause) {
    // It writes field names into URIs, which refuse half a surrogate pair.
    const error = messageOf(cause);
    return [{ keyword: 'field names', keywordLocation: '#', instanceLocation: '#', error }];
  }
}

function explain(
  { keyword, error }: OutputUnit,
  model: Model,
  row: unknown,
  path: readonly string[],
): string {
  const schema = schemaAt(model.schema, path);
  const value = valueAt(row, path);
  switch (keyword) {
    case 'required': {
      const missing = (schema.required ?? []).filter(
        (field) => !isObject(value) || !Object.hasOwn(value, field),
      );
      return `${quoted(missing)} ${missing.length === 1 ? 'is' : 'are'} missing`;
    }
    case 'false':
      return unknownField(path.at(-1) ?? '', schemaAt(model.schema, path.slice(0, -1)));
    case 'type':
      return `expected ${[schema.type ?? []].flat().join(' or ')}, got ${shown(value)}`;
    case 'enum':
      return `expected one of ${quoted(schema.enum ?? [])}, got ${shown(value)}`;
    case 'format':
      return `expected a text of the format "${schema.format}", got ${shown(value)}`;
    case 'minLength':
      return `expected a text of at least ${schema.minLength} characters, got ${shown(value)}`;
    case 'minimum':
      return `expected at least ${schema.minimum}, got ${shown(value)}`;
    case 'exclusiveMinimum':
      return `expected more than ${schema.exclusiveMinimum}, got ${shown(value)}`;
    default:
      return `${error} (${keyword})`;
  }
}

function unknownField(name: string, schema: FieldSchema): string {
  const known = Object.keys(schema.properties ?? {});
  return `there is no such field.${didYouMean(name, known, ` The fields are ${quoted(known)}.`)}`;
}

function schemaAt(schema: FieldSchema, path: readonly string[]): FieldSchema {
  return path.reduce<FieldSchema>((node, token) => node.properties?.[token] ?? node.items ?? {}, schema);
}

function valueAt(row: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, token) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, token)
        ? Reflect.get(value, token)
        : undefined,
    row,
  );
}

function tokens(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}
