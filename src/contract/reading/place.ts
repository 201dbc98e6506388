import { pointerTo, tokensOf } from '../../json-pointer.ts';

/** Where a value is: its key, and where its owner is; `null` is the whole document. Cheaper to make than a pointer. */
export type Place = { readonly owner: Place; readonly key: string | number } | null;

export function pointerOf(place: Place): string {
  const tokens: (string | number)[] = [];
  for (let at = place; at !== null; at = at.owner) tokens.unshift(at.key);
  return pointerTo('', ...tokens);
}

export function placeOf(pointer: string): Place {
  return tokensOf(pointer).reduce<Place>((owner, key) => ({ owner, key }), null);
}
