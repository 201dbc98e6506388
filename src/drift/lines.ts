import loadYaml from '../contract/reading/js-yaml.cjs';
import { tokensOf } from '../json-pointer.ts';

/** The line of a place, from 1; that of the nearest place above it where it comes through an alias or a merge. */
export type LineOf = (pointer: string) => number;

type Event = ReturnType<ReturnType<typeof loadYaml>['parseEvents']>[number];

/** A node of a document: where it begins, and what is in it. */
interface Node {
  readonly start: number;
  readonly members: ReadonlyMap<string, Node>;
}

/** Levels of a document; the contract has been read by now, so there are not more. */
const MAX_DEPTH = 500;

/** Finds the lines of a document of YAML or JSON. */
export function createLineOf(text: string): LineOf {
  const root = readTree(text);
  const breaks = [...text.matchAll(/\n/g)].map(({ index }) => index);
  return (pointer) => {
    let node = root;
    for (const token of tokensOf(pointer)) {
      const next = node?.members.get(token);
      if (!next) break;
      node = next;
    }
    const start = node?.start ?? 0;
    return countBelow(breaks, start) + 1;
  };
}

/** How many of sorted numbers are below another one. */
function countBelow(sorted: readonly number[], limit: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? limit) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

function readTree(text: string): Node | null {
  const { getScalarValue, EVENT_ID } = loadYaml();
  const events = readEvents(text);
  let at = 0;
  const next = (): Event | undefined => {
    const event = events[at];
    at += 1;
    return event;
  };
  const isEnd = () => at >= events.length || events[at]?.type === EVENT_ID.POP;
  const read = (keyStart: number | null): Node | null => {
    const event = next();
    if (!event || event.type === EVENT_ID.POP || event.type === EVENT_ID.DOCUMENT) return null;
    if (event.type === EVENT_ID.SCALAR) return { start: keyStart ?? event.valueStart, members: NO_MEMBERS };
    if (event.type === EVENT_ID.ALIAS) return { start: keyStart ?? event.anchorStart, members: NO_MEMBERS };
    const members = new Map<string, Node>();
    while (!isEnd()) {
      const key = event.type === EVENT_ID.MAPPING ? events[at] : undefined;
      const keyNode = key && read(null);
      const member = read(keyNode?.start ?? null);
      const name = key?.type === EVENT_ID.SCALAR ? getScalarValue(text, key) : String(members.size);
      if (member) members.set(name, member);
    }
    next();
    return { start: keyStart ?? event.start, members };
  };
  next();
  return read(null);
}

/** JSON may have tabs where YAML has none; its places are at line 1 then. */
function readEvents(text: string): readonly Event[] {
  const { parseEvents, YAMLException } = loadYaml();
  try {
    return parseEvents(text, { maxDepth: MAX_DEPTH });
  } catch (cause) {
    if (cause instanceof YAMLException) return [];
    throw cause;
  }
}

const NO_MEMBERS: ReadonlyMap<string, Node> = new Map();
