import { isObject } from '../json.ts';
import { pointerTo, tokensOf } from '../json-pointer.ts';
import { type Guide, guideOf, guideOfItems, guideOfMember, isMap, isNamed, isSilent } from './guide.ts';

/** The types of JSON, with integers apart where a schema tells them from numbers. */
export type TypeName = 'null' | 'boolean' | 'integer' | 'number' | 'string' | 'array' | 'object' | 'nothing';

/** What was seen at one place of a body. */
export interface Spot {
  readonly types: ReadonlySet<TypeName>;
  /** What the contract says of the place. */
  readonly guide: Guide;
  /** The place of the object or array that it is in; `null` for the body itself. */
  readonly parent: string | null;
  /** The name of the member; `null` where items of an array or of a map are merged. */
  readonly name: string | null;
}

/** A body without its values: by JSON pointer, the types that were seen there. `*` merges items. */
export type Shape = ReadonlyMap<string, Spot>;

/** Places of one body; of a larger one, the first are compared. */
export const MAX_PLACES = 10_000;
/** Levels of one body that are compared. */
export const MAX_LEVELS = 64;
/** Stands for every item of an array and every key of a map. */
const ANY = '*';

/** @param schema the schema of the body; it decides which names are data. */
export function shapeOf(value: unknown, root: object, schema: unknown): Shape {
  const shape = new Map<string, Spot & { readonly types: Set<TypeName> }>();
  const visit = (
    node: unknown,
    pointer: string,
    guide: Guide,
    place: Pick<Spot, 'parent' | 'name'>,
    level: number,
  ) => {
    const spot = shape.get(pointer) ?? { types: new Set<TypeName>(), guide, ...place };
    if (shape.size >= MAX_PLACES && !shape.has(pointer)) return;
    shape.set(pointer, spot);
    const type = typeOf(node);
    spot.types.add(type === 'integer' ? 'number' : type);
    if (level === MAX_LEVELS) return;
    if (Array.isArray(node)) {
      const items = guideOfItems(root, guide);
      for (const item of node) {
        visit(item, pointerTo(pointer, ANY), items, { parent: pointer, name: null }, level + 1);
      }
      return;
    }
    if (!isObject(node)) return;
    for (const name of Object.keys(node)) {
      const isKey = isMap(guide) && !isNamed(guide, name);
      const member = pointerTo(pointer, isKey ? ANY : name);
      // Finding it takes longer than the rest, and the items of a list share it.
      const known = shape.get(member)?.guide ?? guideOfMember(root, guide, name);
      // Where the contract leaves both names and values open, their types are data, too.
      if (isKey && isSilent(known)) continue;
      visit(node[name], member, known, { parent: pointer, name: isKey ? null : name }, level + 1);
    }
  };
  visit(value, '', guideOf(root, [schema]), { parent: null, name: null }, 0);
  return shape;
}

/** A pointer into a body as a place of its shape: without indices, and without names that are data. */
export function placeOf(pointer: string, value: unknown, root: object, schema: unknown): string {
  let guide = guideOf(root, [schema]);
  let node = value;
  let place = '';
  for (const token of tokensOf(pointer)) {
    if (Array.isArray(node)) {
      guide = guideOfItems(root, guide);
      place = pointerTo(place, ANY);
      node = node[Number(token)];
      continue;
    }
    place = pointerTo(place, isMap(guide) && !isNamed(guide, token) ? ANY : token);
    guide = guideOfMember(root, guide, token);
    node = isObject(node) && Object.hasOwn(node, token) ? node[token] : undefined;
  }
  return place;
}

/** `nothing` for `undefined`. */
export function typeOf(value: unknown): TypeName {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return NAMED.find((type) => type === typeof value) ?? 'nothing';
}

const NAMED = ['boolean', 'string', 'object'] as const;

/** `string or null`. */
export function typesInWords(types: Iterable<TypeName>): string {
  return [...types].sort().join(' or ');
}
