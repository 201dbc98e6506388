import type { SchemaGraph } from './schema-graph.ts';
import type { SoundSchema } from './sound-schema.ts';
import { MAX_SIZE, type Work } from './work.ts';

/** What those who make values of one kind know about the rest. */
export interface Maker {
  readonly graph: SchemaGraph;
  readonly work: Work;
  /** Values that are valid by all of the schemas, best first. Nothing: none was found. */
  values(schemas: readonly SoundSchema[], place: Place): Alternatives;
}

/** Where a value is made. */
export interface Place {
  /** Arrays and objects around it. */
  readonly depth: number;
  /** The schemas of the values around it. One that comes again would never end, and is not needed. */
  readonly around: ReadonlySet<string>;
  /** The same for the same schemas around. */
  readonly id: number;
}

export const TOP: Place = { depth: 0, around: new Set(), id: 0 };

/** Levels down to which optional properties are filled in; below, only what is required. */
const MAX_FILLED_DEPTH = 5;

/** Values after which a body has enough to look at. */
const MAX_FILLED_VALUES = 400;

/** Whether what is optional is made, too. */
export function isFilled({ depth }: Place, { kept }: Work): boolean {
  return depth < MAX_FILLED_DEPTH && kept < MAX_FILLED_VALUES;
}

/** An iterable that remembers what it has given, so that the first value can be used before others are asked for. */
export class Alternatives {
  readonly #values: Iterator<unknown>;
  readonly #given: unknown[] = [];

  constructor(values: Iterable<unknown>) {
    this.#values = values[Symbol.iterator]();
  }

  /** The alternative at an index as a list of one; an empty list when there are not so many. */
  at(index: number): readonly [] | readonly [unknown] {
    while (this.#given.length <= index) {
      const { done, value } = this.#values.next();
      if (done) return [];
      this.#given.push(value);
    }
    return [this.#given[index]];
  }

  *[Symbol.iterator](): Iterator<unknown> {
    for (let index = 0; ; index += 1) {
      const [...found] = this.at(index);
      if (found.length === 0) return;
      yield found[0];
    }
  }
}

/** Why a value is not made. */
export const TOO_LARGE = `a body is made of at most ${MAX_SIZE} values`;

/** Characters of a text that count as one more value. */
const TEXT_UNIT = 128;

/** How many values a value has, itself among them; a long text counts as several. */
export function sizeOf(value: unknown): number {
  if (typeof value === 'string') return 1 + Math.floor(value.length / TEXT_UNIT);
  if (typeof value !== 'object' || value === null) return 1;
  let size = 1;
  for (const member of Object.values(value)) size += sizeOf(member);
  return size;
}
