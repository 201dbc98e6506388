import { parseDocument as parseYaml } from 'yaml';
import { isObject, type JsonObject } from '../json.ts';
import { pointerTo } from '../json-pointer.ts';
import { shown } from '../text/shown.ts';
import { ContractError } from './contract-error.ts';

/**
 * Reads YAML or JSON text, or takes a copy of a document, and makes sure that it is OpenAPI 3.1.
 *
 * @throws {ContractError} naming line and column when the text is neither YAML nor JSON.
 */
export function parseDocument(source: string | object, file: string): JsonObject {
  const document: unknown = typeof source === 'string' ? parseText(source, file) : copyOf(source, file);
  if (!isObject(document)) {
    throw new ContractError(file, [
      {
        pointer: '',
        detail: 'this is not an OpenAPI document: expected an object with "openapi", "info" and "paths".',
      },
    ]);
  }
  const { openapi } = document;
  if (typeof openapi !== 'string' || !/^3\.1\.\d+/.test(openapi)) {
    throw new ContractError(file, [{ pointer: '/openapi', detail: versionDetail(document) }]);
  }
  checkNesting(document, file);
  return document;
}

function parseText(text: string, file: string): unknown {
  const parsed = parseYaml(text, { prettyErrors: true, merge: true });
  const [error] = parsed.errors;
  if (error) {
    // The first line of a pretty message says what and where; the rest draws the source.
    const [headline = error.message] = error.message.split('\n');
    throw new ContractError(file, [
      { pointer: '', detail: `this is neither YAML nor JSON: ${headline.replace(/:$/, '')}.` },
    ]);
  }
  try {
    return parsed.toJS({ maxAliasCount: MOST_ALIASES });
  } catch (cause) {
    throw new ContractError(file, [{ pointer: '', detail: `this YAML cannot be read: ${messageOf(cause)}` }]);
  }
}

/** A large contract may well use one anchor in all its operations; a YAML bomb multiplies far beyond this. */
const MOST_ALIASES = 10_000;

function copyOf(source: object, file: string): unknown {
  try {
    return structuredClone(source);
  } catch (cause) {
    throw new ContractError(file, [
      { pointer: '', detail: `the document has to be plain JSON data: ${messageOf(cause)}` },
    ]);
  }
}

const DEEPEST = 500;

/** Aliases, and objects that were dereferenced, can lead back to themselves; everything below walks trees. */
function checkNesting(document: JsonObject, file: string): void {
  const ancestors = new Set<unknown>();
  const visited = new Set<unknown>();
  const visit = (node: unknown, pointer: string): void => {
    if (typeof node !== 'object' || node === null) return;
    if (ancestors.has(node)) {
      const detail =
        'the value contains itself; use a $ref to "#/components/schemas/…" for a recursive schema.';
      throw new ContractError(file, [{ pointer, detail }]);
    }
    if (ancestors.size > DEEPEST) {
      const detail = `the document is nested too deeply; expected at most ${DEEPEST} levels.`;
      throw new ContractError(file, [{ pointer, detail }]);
    }
    if (visited.has(node)) return;
    visited.add(node);
    ancestors.add(node);
    for (const [key, member] of Object.entries(node)) visit(member, pointerTo(pointer, key));
    ancestors.delete(node);
  };
  visit(document, '');
}

function versionDetail({ openapi, swagger }: JsonObject): string {
  if (swagger !== undefined)
    return `Swagger ${String(swagger)} is not supported; convert the document to OpenAPI 3.1.`;
  if (openapi === undefined) return 'the field is missing; expected "3.1.0" or another 3.1 version.';
  return `version ${shown(openapi)} is not supported; expected a string such as "3.1.0".`;
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
