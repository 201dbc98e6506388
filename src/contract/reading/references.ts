import type { JsonObject } from '../../json.ts';
import { localPointer, pointerTo, tokensOf, valueAt } from '../../json-pointer.ts';
import type { FindingKind } from '../finding-kinds.ts';
import { ReferencedFiles } from './files.ts';
import { minorVersion } from './parse-document.ts';
import { type Place, placeOf, pointerOf } from './place.ts';
import { kindOf, type Reading } from './reading.ts';
import type { Kind } from './shapes.ts';

/** An object with a `$ref`. */
export interface Reference {
  /** What it has to lead to. */
  readonly kind: Kind;
  readonly node: JsonObject;
  readonly place: Place;
  /** The URI that it is relative to. */
  readonly base: string;
}

/** What a reference leads to. */
export interface Target {
  readonly node: unknown;
  readonly place: Place;
  readonly base: string;
  /** That of the place. */
  readonly pointer: string;
  /** Whether the way to it led through another reference. */
  readonly through?: true;
}

/** References on the way of one. */
const MAX_FOLLOWED = 20;

interface Problem {
  readonly kind: FindingKind;
  readonly detail: string;
}

/** Where a document without a location is, so that URIs can be resolved. */
const NOWHERE = 'contract:/document';

/** The references of a document. Once resolved, they are local pointers, whatever they were. */
export class References {
  /** The URI of the document. */
  readonly base: string;
  readonly #reading: Reading;
  readonly #files: ReferencedFiles;
  readonly #isOld: boolean;
  readonly #queue: Reference[] = [];
  /** By URI: documents, and schemas with an `$id`, without fragment; `$anchor`s with one. */
  readonly #places = new Map<string, Place>();
  readonly #found = new Map<string, Target | Problem>();

  constructor(reading: Reading) {
    const { document, source } = reading;
    this.#reading = reading;
    this.#files = new ReferencedFiles(reading);
    this.#isOld = minorVersion(document) === 0;
    const retrieved = source?.base ?? NOWHERE;
    this.base = (typeof document.$self === 'string' && resolveUri(document.$self, retrieved)) || retrieved;
    this.#places.set(retrieved, null);
    this.#places.set(this.base, null);
  }

  add(reference: Reference): void {
    this.#queue.push(reference);
  }

  /** Lets a URI name a place. The first one counts. */
  identify(uri: string, place: Place): void {
    if (!this.#places.has(uri)) this.#places.set(uri, place);
  }

  /** Whether a place is in a document of OpenAPI 3.0. */
  isOld(place: Place): boolean {
    return this.#files.isOld(place) ?? this.#isOld;
  }

  /** All references, those too that are added meanwhile. */
  *pending(): Iterable<Reference> {
    for (let index = 0; index < this.#queue.length; index += 1) {
      const reference = this.#queue[index];
      if (reference) yield reference;
    }
  }

  /** Makes a reference local. Reports one that leads nowhere, of which nothing is left in a schema. */
  resolve(reference: Reference): Target | undefined {
    const { node, base } = reference;
    const ref = node.$ref;
    const found = typeof ref === 'string' ? this.#find(ref, base) : notText(ref);
    if ('detail' in found) {
      dropReference(this.#reading, reference, found.kind, found.detail);
      return undefined;
    }
    if (found.through) {
      const detail = `"${String(ref)}" leads through another reference; expected "#${found.pointer}".`;
      this.#reading.report('through-reference', pointerTo(pointerOf(reference.place), '$ref'), detail);
    }
    if (localPointer(String(ref)) !== found.pointer) {
      Reflect.set(node, '$ref', `#${found.pointer.split('/').map(encodeURIComponent).join('/')}`);
    }
    return found;
  }

  /** Many references are the same. */
  #find(ref: string, base: string): Target | Problem {
    const key = base === this.base ? ref : `${base} ${ref}`;
    const found = this.#found.get(key) ?? this.#search(ref, base);
    this.#found.set(key, found);
    return found;
  }

  #search(ref: string, base: string): Target | Problem {
    const pointer = localPointer(ref);
    if (base === this.base && (pointer === '' || pointer?.startsWith('/'))) {
      const node = valueAt(this.#reading.document, pointer);
      if (node === undefined) return this.#through(ref, pointer, base);
      return { node, place: placeOf(pointer), base, pointer };
    }
    const uri = resolveUri(ref, base);
    if (uri === undefined) return notUri(ref);
    const [document = '', fragment = ''] = uri.split('#', 2);
    const resource = this.#places.has(document) ? this.#places.get(document) : this.#load(ref, document);
    if (resource === undefined) return nowhere(ref, uri);
    if (resource !== null && 'detail' in resource) return resource;
    const place =
      fragment.startsWith('/') || fragment === '' ? this.#below(resource, fragment) : this.#places.get(uri);
    if (place !== undefined) {
      const pointer = pointerOf(place);
      return { node: valueAt(this.#reading.document, pointer), place, base: document, pointer };
    }
    // Many a schema has an `$id` and still means the whole document.
    return ref.startsWith('#') && base !== this.base ? this.#find(ref, this.base) : nowhere(ref, fragment);
  }

  /** Follows the references on the way of a pointer, which other tools do. */
  #through(ref: string, pointer: string, base: string): Target | Problem {
    const tokens = tokensOf(pointer);
    let [at, followed] = ['', 0];
    for (let index = 0; index < tokens.length; ) {
      const node = valueAt(this.#reading.document, at);
      const token = tokens[index] ?? '';
      if (typeof node !== 'object' || node === null) return nowhere(ref, pointer);
      if (Object.hasOwn(node, token)) {
        at = pointerTo(at, token);
        index += 1;
        continue;
      }
      const on: unknown = Reflect.get(node, '$ref');
      const next = typeof on === 'string' ? localPointer(on) : undefined;
      followed += 1;
      if (next === undefined || followed > MAX_FOLLOWED) return nowhere(ref, pointer);
      at = next;
    }
    const node = valueAt(this.#reading.document, at);
    return { node, place: placeOf(at), base, pointer: at, through: true };
  }

  #below(resource: Place, fragment: string): Place | undefined {
    const pointer = localPointer(`#${fragment}`);
    if (pointer === undefined) return undefined;
    const whole = pointerOf(resource) + pointer;
    return valueAt(this.#reading.document, whole) === undefined ? undefined : placeOf(whole);
  }

  #load(ref: string, uri: string): Place | Problem {
    const loaded = this.#files.load(ref, uri);
    if (loaded !== null && 'detail' in loaded) return loaded;
    this.#places.set(uri, loaded);
    return loaded;
  }
}

/** Reports a reference that cannot be followed. In a schema, it goes: a validator could not go on without its target. */
export function dropReference(
  reading: Reading,
  { kind, node, place }: Reference,
  finding: FindingKind,
  detail: string,
): void {
  reading.report(finding, pointerTo(pointerOf(place), '$ref'), detail);
  if (kind === 'schema') Reflect.deleteProperty(node, '$ref');
}

/** An absolute URI, such as the base; `undefined` for one that is not valid. */
export function resolveUri(uri: string, base: string): string | undefined {
  return URL.canParse(uri, base) ? new URL(uri, base).href : undefined;
}

function nowhere(ref: string, at: string): Problem {
  return { kind: 'reference', detail: `"${ref}" leads nowhere; there is nothing at "${at}".` };
}

function notUri(ref: string): Problem {
  return {
    kind: 'reference',
    detail: `"${ref}" is not a reference; expected one such as "#/components/schemas/Name".`,
  };
}

function notText(ref: unknown): Problem {
  return {
    kind: 'reference',
    detail: `expected a reference such as "#/components/schemas/Name", found ${kindOf(ref)}.`,
  };
}
