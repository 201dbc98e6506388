import type { OutputUnit } from '@cfworker/json-schema';
import { isObject } from '../../json.ts';
import { localPointer, tokensOf, valueAt } from '../../json-pointer.ts';
import { messageOf } from '../../text/message-of.ts';
import { didYouMean } from '../../text/nearest-name.ts';
import { shown, shownNames } from '../../text/shown.ts';
import type { FieldSchema, Model } from './models.ts';

/** One mistake in a row. */
export interface RowFinding {
  /** JSON pointer (RFC 6901) into the row. */
  readonly pointer: string;
  readonly detail: string;
}

/** Checks a row against the JSON Schema of its collection. Reports one finding for each pointer. */
export function checkSchema(model: Model, row: unknown): RowFinding[] {
  const findings = new Map<string, RowFinding>();
  for (const error of validate(model, row)) {
    const pointer = localPointer(error.instanceLocation) ?? '';
    if (WRAPPERS.has(error.keyword) || findings.has(pointer)) continue;
    findings.set(pointer, { pointer, detail: explain(error, model, row, pointer) });
  }
  return [...findings.values()];
}

/** Keywords whose errors only repeat that something below them failed. */
const WRAPPERS = new Set(['properties', 'items', 'additionalProperties']);

function validate({ validator }: Model, row: unknown): readonly OutputUnit[] {
  try {
    return validator.validate(row).errors;
  } catch (cause) {
    // The validator puts field names into URIs, where a lone surrogate is an error.
    const error = messageOf(cause);
    return [{ keyword: 'field names', keywordLocation: '#', instanceLocation: '#', error }];
  }
}

function explain({ keyword, error }: OutputUnit, model: Model, row: unknown, pointer: string): string {
  const path = tokensOf(pointer);
  const schema = schemaAt(model.schema, path);
  const value = valueAt(row, pointer);
  switch (keyword) {
    case 'required': {
      const missing = (schema.required ?? []).filter(
        (field) => !isObject(value) || !Object.hasOwn(value, field),
      );
      return `${shownNames(missing)} ${missing.length === 1 ? 'is' : 'are'} missing`;
    }
    case 'false':
      return explainUnknownField(path.at(-1) ?? '', schemaAt(model.schema, path.slice(0, -1)));
    case 'type':
      return `expected ${[schema.type ?? []].flat().join(' or ')}, found ${shown(value)}`;
    case 'enum':
      return `expected one of ${shownNames(schema.enum ?? [])}, found ${shown(value)}`;
    case 'format':
      return `expected text in the format "${schema.format}", found ${shown(value)}`;
    case 'minLength':
      return `expected text of at least ${schema.minLength} characters, found ${shown(value)}`;
    case 'minimum':
      return `expected at least ${schema.minimum}, found ${shown(value)}`;
    case 'exclusiveMinimum':
      return `expected more than ${schema.exclusiveMinimum}, found ${shown(value)}`;
    default:
      return `${error} (${keyword})`;
  }
}

function explainUnknownField(name: string, schema: FieldSchema): string {
  const known = Object.keys(schema.properties ?? {});
  return `there is no such field.${didYouMean(name, known, ` The fields are ${shownNames(known)}.`)}`;
}

function schemaAt(schema: FieldSchema, path: readonly string[]): FieldSchema {
  return path.reduce<FieldSchema>((node, token) => node.properties?.[token] ?? node.items ?? {}, schema);
}
