import type { Ajv2020 } from 'ajv/dist/2020.js';
import { isObject, type JsonObject } from '../../src/json.ts';
import type { OpenApiDocument, Place } from './document.ts';
import { ASSERTIONS, SCHEMA, SCHEMA_LIST, SCHEMA_MAP } from './keywords.ts';

/** Which bodies a schema is for: OpenAPI 3.0 takes `required` back for what is write-only or read-only. */
export type Direction = 'response' | 'request';

/**
 * Hands the schemas of a document to ajv as JSON Schema 2020-12, each target of a reference under a URI of its own, so
 * that it is compiled once, and nothing but schemas is taken for a schema.
 */
export class Schemas {
  readonly #ajv: Ajv2020;
  readonly #document: OpenApiDocument;
  readonly #hidden: 'writeOnly' | 'readOnly';
  readonly #uris = new Map<unknown, string>();
  readonly #anchors = new Map<string, Place>();

  constructor(ajv: Ajv2020, document: OpenApiDocument, direction: Direction) {
    this.#ajv = ajv;
    this.#document = document;
    this.#hidden = direction === 'response' ? 'writeOnly' : 'readOnly';
    if (!document.is30) this.#collectAnchors({ node: document.root, file: document.file });
  }

  /** The URI of a schema that ajv can compile. */
  add({ node, file }: Place): string {
    const known = this.#uris.get(node);
    if (known !== undefined) return known;
    const uri = `urn:schema:${this.#uris.size}`;
    this.#uris.set(node, uri);
    this.#ajv.addSchema({ $id: uri, allOf: [this.#convert(node, file)] });
    return uri;
  }

  #convert(node: unknown, file: string): JsonObject | boolean {
    if (typeof node === 'boolean') return node;
    if (!isObject(node)) return true;
    const reference = this.#convertReference(node, file);
    if (reference !== undefined && this.#document.is30) return reference;
    const converted: Record<string, unknown> = { ...reference };
    for (const [keyword, value] of Object.entries(node)) {
      if (ASSERTIONS.get(keyword)?.(value)) converted[keyword] = value;
      else if (SCHEMA.includes(keyword) && !Array.isArray(value))
        converted[keyword] = this.#convert(value, file);
      else if (SCHEMA_LIST.includes(keyword) && Array.isArray(value) && value.length > 0)
        converted[keyword] = value.map((member: unknown) => this.#convert(member, file));
      else if (SCHEMA_MAP.includes(keyword) && isObject(value))
        converted[keyword] = Object.fromEntries(
          Object.entries(value).map(([name, member]) => [name, this.#convert(member, file)]),
        );
    }
    if (this.#document.is30) this.#upgrade(node, converted, file);
    return converted;
  }

  /** What OpenAPI 3.0 says in other words. */
  #upgrade(node: JsonObject, converted: Record<string, unknown>, file: string): void {
    // Without a type beside it, nullable says nothing (OpenAPI 3.0.3).
    if (node.nullable === true && typeof converted.type === 'string')
      converted.type = [converted.type, 'null'];
    if (node.exclusiveMinimum === true && 'minimum' in converted) {
      converted.exclusiveMinimum = converted.minimum;
      delete converted.minimum;
    }
    if (node.exclusiveMaximum === true && 'maximum' in converted) {
      converted.exclusiveMaximum = converted.maximum;
      delete converted.maximum;
    }
    const { properties } = node;
    if (!Array.isArray(converted.required) || !isObject(properties)) return;
    converted.required = converted.required.filter((name: string) => {
      const property = this.#document.follow(properties[name], file).node;
      return !isObject(property) || property[this.#hidden] !== true;
    });
  }

  /** A reference that leads nowhere allows anything. */
  #convertReference(node: JsonObject, file: string): JsonObject | undefined {
    const ref = node.$ref ?? node.$dynamicRef;
    if (typeof ref !== 'string') return undefined;
    const target = this.#document.resolve(ref, file) ?? this.#anchors.get(ref);
    return target === undefined ? {} : { $ref: this.add(target) };
  }

  /** Schemas that are referred to by `$anchor` or `$id`. Where two have the same name, the first one counts. */
  #collectAnchors({ node, file }: Place): void {
    if (typeof node !== 'object' || node === null) return;
    const { $id, $anchor, $dynamicAnchor }: JsonObject = isObject(node) ? node : {};
    for (const name of [$id, ...[$anchor, $dynamicAnchor].map((anchor) => anchor && `#${anchor}`)]) {
      if (typeof name === 'string' && !this.#anchors.has(name)) this.#anchors.set(name, { node, file });
    }
    for (const [key, member] of Object.entries(node)) {
      if (!['example', 'examples', 'default', 'enum', 'const'].includes(key)) {
        this.#collectAnchors({ node: member, file });
      }
    }
  }
}
