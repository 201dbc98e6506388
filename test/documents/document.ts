import { readFileSync } from 'node:fs';
import { dirname, resolve as resolvePath } from 'node:path';
import { CORE_SCHEMA, load, mergeTag } from 'js-yaml';
import { isObject, type JsonObject, parseJson } from '../../src/json.ts';
import { localPointer, valueAt } from '../../src/json-pointer.ts';

/** A value of a document, with the file that its references are relative to. */
export interface Place {
  readonly node: unknown;
  readonly file: string;
}

/** An OpenAPI document on disk, read without the mock's own reader. */
export interface OpenApiDocument {
  readonly file: string;
  readonly root: JsonObject;
  readonly version: string;
  /** OpenAPI 3.0, whose Schema Objects are no JSON Schema. */
  readonly is30: boolean;
  /** Where a reference leads; `undefined` where it leads nowhere, or to a URL. */
  resolve(ref: string, from: string): Place | undefined;
  /** Follows the references of anything but a schema. */
  follow(node: unknown, from: string): Place;
}

const MAX_REFERENCES = 50;

/** @throws {Error} when the file is no OpenAPI 3 document. */
export function readDocument(file: string): OpenApiDocument {
  return documentOf(parseFile(file), file);
}

/** @throws {Error} when the value is no OpenAPI 3 document. */
export function documentOf(root: unknown, file: string): OpenApiDocument {
  const roots = new Map([[file, root]]);
  const rootOf = (path: string): unknown => {
    if (!roots.has(path)) roots.set(path, parseFile(path));
    return roots.get(path);
  };
  if (!isObject(root) || typeof root.openapi !== 'string' || !root.openapi.startsWith('3.')) {
    throw new Error(`${file} is no OpenAPI 3 document.`);
  }
  const resolve = (ref: string, from: string): Place | undefined => {
    const [path = '', fragment = ''] = ref.split('#', 2);
    if (/^[a-z][\w+.-]*:/i.test(path)) return undefined;
    const target = path === '' ? from : resolvePath(dirname(from), path);
    const pointer = localPointer(`#${fragment}`);
    const node = pointer === undefined ? undefined : valueAt(rootOf(target), pointer);
    return node === undefined ? undefined : { node, file: target };
  };
  const follow = (node: unknown, from: string): Place => {
    let place: Place = { node, file: from };
    for (let count = 0; count < MAX_REFERENCES; count += 1) {
      if (!isObject(place.node) || typeof place.node.$ref !== 'string') break;
      place = resolve(place.node.$ref, place.file) ?? { node: undefined, file: place.file };
    }
    return place;
  };
  return { file, root, version: root.openapi, is30: root.openapi.startsWith('3.0'), resolve, follow };
}

/** @returns `undefined` for a file that cannot be read or parsed. */
function parseFile(file: string): unknown {
  try {
    const text = readFileSync(file, 'utf8');
    return parseJson(text) ?? load(text, { schema: CORE_SCHEMA.withTags(mergeTag) });
  } catch {
    return undefined;
  }
}
