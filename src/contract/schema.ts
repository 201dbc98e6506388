import { type OutputUnit, type Schema, Validator } from '@cfworker/json-schema';
import { isObject } from '../json.ts';
import { localPointer, valueAt } from '../json-pointer.ts';
import { messageOf } from '../text/message-of.ts';
import { isData, mapAt } from './keywords.ts';

/** One way in which a value breaks its schema. */
export interface SchemaViolation {
  /** JSON pointer into the value. */
  readonly pointer: string;
  readonly detail: string;
}

export type SchemaCheck = (value: unknown) => readonly SchemaViolation[];

/**
 * A check of values against the schema at a pointer of a document, for JSON Schema 2020-12 as OpenAPI 3.1 has
 * it. Interprets the schema: no `eval`, so it runs under a strict content security policy.
 */
export function compileSchema(document: unknown, pointer: string): SchemaCheck {
  const validator = new Validator(bundle(document, pointer), '2020-12', false);
  return (value) => {
    try {
      const { valid, errors } = validator.validate(value);
      return valid ? [] : mostSpecific(errors);
    } catch (cause) {
      // The validator meets a broken schema, such as a pattern that is no regular expression, only when it uses it.
      return [
        {
          pointer: '',
          detail: `the schema cannot be used: ${messageOf(cause)}`,
        },
      ];
    }
  };
}

/** Copies the schema and all that it refers to into one that stands alone: the validator knows only its own root. */
function bundle(document: unknown, pointer: string): Schema {
  const names = new Map<string, string>();
  const definitions: Record<string, unknown> = {};
  const define = (target: string): string => {
    const known = names.get(target);
    if (known !== undefined) return known;
    const name = `s${names.size}`;
    names.set(target, name);
    const schema = valueAt(document, target);
    // What is no schema is reported where the document is read, and allows everything here.
    definitions[name] = isObject(schema) || schema === false ? rewrite(schema) : true;
    return name;
  };
  const rewrite = (node: unknown, map?: string): unknown => {
    if (Array.isArray(node)) return node.map((item) => rewrite(item));
    if (!isObject(node)) return node;
    return Object.fromEntries(
      Object.entries(node).map(([key, member]) => {
        if (isData(key, member, map)) return [key, member];
        const target = key === '$ref' && typeof member === 'string' ? localPointer(member) : undefined;
        return [key, target === undefined ? rewrite(member, mapAt(key, map)) : `#/$defs/${define(target)}`];
      }),
    );
  };
  const root = define(pointer);
  return { $ref: `#/$defs/${root}`, $defs: definitions };
}

/** Keywords that only say that something below them failed. */
const WRAPPERS = new Set([
  '$ref',
  'properties',
  'patternProperties',
  'items',
  'prefixItems',
  'additionalProperties',
  'allOf',
  'if',
  'then',
  'else',
]);

function mostSpecific(errors: readonly OutputUnit[]): SchemaViolation[] {
  const telling = errors.filter(({ keyword }) => !WRAPPERS.has(keyword));
  return (telling.length > 0 ? telling : errors).map(({ keyword, instanceLocation, error }) => ({
    pointer: localPointer(instanceLocation) ?? '',
    detail: keyword === 'false' ? 'Nothing of this name is allowed here.' : error,
  }));
}
