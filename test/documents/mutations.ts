import fc from 'fast-check';
import { copyJson, isObject, type JsonObject } from '../../src/json.ts';
import { pointerTo } from '../../src/json-pointer.ts';

/** A change of a document. The numbers choose places, modulo the number of places that there are. */
export interface Mutation {
  readonly kind: 'remove' | 'double' | 'retype' | 'swap' | 'circle';
  readonly at: number;
  readonly to: number;
}

/** A member of an object or list. */
interface Slot {
  readonly owner: object;
  readonly key: string;
  readonly pointer: string;
}

const MAX_PLACE = 1_000_000;
const WRONG: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  '',
  'text',
  '(?<',
  '__proto__',
  [],
  [null],
  [[]],
  {},
  { $ref: '#' },
  { $ref: '#/nowhere' },
  { $ref: './file.yaml' },
  { $ref: 'https://example.org/' },
];

export const mutation: fc.Arbitrary<Mutation> = fc.record({
  kind: fc.constantFrom('remove', 'double', 'retype', 'swap', 'circle'),
  at: fc.nat(MAX_PLACE),
  to: fc.nat(MAX_PLACE),
});

/** A copy of a document with changes. */
export function mutate(document: JsonObject, mutations: readonly Mutation[]): JsonObject {
  const copy = copyJson(document);
  for (const change of mutations) apply(copy, change);
  return copy;
}

function apply(document: JsonObject, { kind, at, to }: Mutation): void {
  const slots = slotsOf(document);
  const slot = pick(slots, at);
  if (slot === undefined) return;
  switch (kind) {
    case 'remove':
      remove(slot);
      break;
    case 'double':
      double(slot, pick(slots, to));
      break;
    case 'retype':
      write(slot, copyJson(pick(WRONG, to)));
      break;
    case 'swap':
      swap(pick(slots.filter(isText), at), pick(slots.filter(isText), to));
      break;
    case 'circle':
      bend(slot, slots, to);
  }
}

function remove({ owner, key }: Slot): void {
  if (Array.isArray(owner)) owner.splice(Number(key), 1);
  else Reflect.deleteProperty(owner, key);
}

/** Twice in the same list, or under the name of another member of some object. */
function double(slot: Slot, other: Slot | undefined): void {
  const value = copyJson(read(slot));
  if (Array.isArray(slot.owner)) slot.owner.push(value);
  else if (other !== undefined) write({ ...slot, key: other.key }, value);
}

function swap(one: Slot | undefined, other: Slot | undefined): void {
  if (one === undefined || other === undefined) return;
  const [first, second] = [read(one), read(other)];
  write(one, second);
  write(other, first);
}

/** Makes a value a reference to what it is in, so that it contains itself, or to any other value. */
function bend(slot: Slot, slots: readonly Slot[], to: number): void {
  const around = slots.filter(({ pointer }) => slot.pointer.startsWith(`${pointer}/`));
  const target = pick(to % 2 === 0 ? around : slots, to) ?? slot;
  write(slot, { $ref: `#${encodeURI(target.pointer)}` });
}

function read({ owner, key }: Slot): unknown {
  return Reflect.get(owner, key);
}

function write({ owner, key }: Slot, value: unknown): void {
  Object.defineProperty(owner, key, { value, enumerable: true, configurable: true, writable: true });
}

function isText(slot: Slot): boolean {
  return typeof read(slot) === 'string';
}

function slotsOf(node: unknown, base = ''): readonly Slot[] {
  if (!isObject(node) && !Array.isArray(node)) return [];
  return Object.entries(node).flatMap(([key, member]) => {
    const pointer = pointerTo(base, key);
    return [{ owner: node, key, pointer }, ...slotsOf(member, pointer)];
  });
}

function pick<T>(list: readonly T[], index: number): T | undefined {
  return list[index % list.length];
}
