import { isObject } from '../../json.ts';
import { pointerTo } from '../../json-pointer.ts';
import { isData, mapAt } from '../keywords.ts';

/** A member of an object in a document. */
export interface Member {
  readonly key: string;
  readonly value: unknown;
  readonly pointer: string;
  /** The name of the map that the member is in, such as `properties`; `undefined` outside of maps. */
  readonly map: string | undefined;
}

/**
 * Walks a document from the outside in, skipping members that hold plain data.
 *
 * @param visit called with each member; returns whether to walk the member itself too.
 */
export function walk(document: unknown, visit: (member: Member) => boolean): void {
  const walkNode = (node: unknown, pointer: string, map?: string): void => {
    if (Array.isArray(node)) {
      for (const [index, item] of node.entries()) walkNode(item, pointerTo(pointer, index));
      return;
    }
    if (!isObject(node)) return;
    for (const [key, value] of Object.entries(node)) {
      if (isData(key, value, map)) continue;
      const member = { key, value, pointer: pointerTo(pointer, key), map };
      if (visit(member)) walkNode(value, member.pointer, mapAt(key, map));
    }
  };
  walkNode(document, '');
}
