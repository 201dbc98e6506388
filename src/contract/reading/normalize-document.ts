import { isObject, type JsonObject } from '../../json.ts';
import { breakCircles } from './break-circles.ts';
import { normalizeSchema, type SchemaVisit } from './normalize-schema.ts';
import { allowNull } from './old-keywords.ts';
import { minorVersion } from './parse-document.ts';
import type { Place } from './place.ts';
import type { Reading } from './reading.ts';
import { type Reference, References } from './references.ts';
import { type Kind, SHAPES } from './shapes.ts';

/**
 * Brings a document into the form that the rest of the mock reads: schemas in the dialect of OpenAPI 3.1 with keywords
 * that JSON Schema allows, references local, none of a schema in a circle. Changes the document, so it has to be a copy;
 * what it changes it reports, and everything stays where it is, but for schemas that `nullable` wraps.
 */
export function normalizeDocument(reading: Reading): void {
  const { document } = reading;
  const seen = new Map<Kind, Set<object>>();
  const references = new References(reading);
  const nullable: JsonObject[] = [];

  const visit = (kind: Kind, node: unknown, place: Place, base: string): void => {
    // The reader reports what is not an object.
    if (!isObject(node) || !isFirst(kind, node)) return;
    if (kind === 'schema') visitSchema(node, place, base);
    else if (isReference(node)) references.add({ kind, node, place, base });
    if (kind === 'schema') return;
    for (const { key, kind: of, form } of SHAPES[kind]) {
      const member = node[key];
      if (typeof member !== 'object' || member === null) continue;
      const at = { owner: place, key };
      if (form === 'one') visit(of, member, at, base);
      else if (form !== 'list' && isObject(member) && isReference(member)) {
        references.add({ kind: 'example', node: member, place: at, base });
      } else {
        for (const name of Object.keys(member)) {
          if (form === 'open-map' && name.startsWith('x-')) continue;
          visit(of, Reflect.get(member, name), { owner: at, key: name }, base);
        }
      }
    }
  };
  const visitSchema = (node: JsonObject, place: Place, base: string): void => {
    normalizeSchema(schemas, node, place, base, isOld(place));
  };
  const isFirst = (kind: Kind, node: object): boolean => {
    const nodes = seen.get(kind) ?? new Set();
    seen.set(kind, nodes);
    return nodes.size < nodes.add(node).size;
  };
  /** Whether a place is in a document of OpenAPI 3.0. */
  const isOld = (place: Place): boolean => references.isOld(place);

  const schemas: SchemaVisit = {
    reading,
    nullable,
    below: (schema, place, base) => visit('schema', schema, place, base),
    refer: (node, place, base) => references.add({ kind: 'schema', node, place, base }),
    identify: (uri, place) => references.identify(uri, place),
  };

  visit('document', document, null, references.base);
  const targets = new Map<Reference, unknown>();
  for (const reference of references.pending()) {
    const target = references.resolve(reference);
    if (!target) continue;
    targets.set(reference, target.node);
    visit(reference.kind, target.node, target.place, target.base);
  }
  breakCircles(reading, targets);
  for (const schema of nullable) allowNull(schema);
  if (minorVersion(document) === 0) Reflect.set(document, 'openapi', '3.1.0');
}

function isReference(node: object): boolean {
  return Object.hasOwn(node, '$ref') && typeof Reflect.get(node, '$ref') !== 'object';
}
