import type { OutputUnit } from '@cfworker/json-schema';
import { localPointer, tokensOf, valueAt } from '../../json-pointer.ts';
import { explainKeyword } from '../../text/broken-keyword.ts';
import { messageOf } from '../../text/message-of.ts';
import { didYouMean } from '../../text/nearest-name.ts';
import { shownNames } from '../../text/shown.ts';
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
  if (keyword === 'false')
    return explainUnknownField(path.at(-1) ?? '', schemaAt(model.schema, path.slice(0, -1)));
  return explainKeyword(keyword, { ...schema }, value) ?? `${error} (${keyword})`;
}

function explainUnknownField(name: string, schema: FieldSchema): string {
  const known = Object.keys(schema.properties ?? {});
  return `there is no such field.${didYouMean(name, known, ` The fields are ${shownNames(known)}.`)}`;
}

function schemaAt(schema: FieldSchema, path: readonly string[]): FieldSchema {
  return path.reduce<FieldSchema>((node, token) => node.properties?.[token] ?? node.items ?? {}, schema);
}
