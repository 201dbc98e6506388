import { combinationsOf } from './combinations.ts';
import { highest, lowest } from './facets.ts';
import { type Alternatives, isFilled, type Maker, type Place, sizeOf, TOO_LARGE } from './maker.ts';
import type { Plan } from './plans.ts';
import type { SoundSchema } from './sound-schema.ts';
import { MAX_SIZE } from './work.ts';

/** Other values that are tried for one item. */
const MAX_OTHERS = 6;

/** Items of arrays in which several are varied. */
const MAX_COMBINED = 24;

/** Arrays that keep `items`, `prefixItems`, `contains` and the counts of a plan, to be checked. */
export function* makeArrays(plan: Plan, place: Place, maker: Maker): Iterable<readonly unknown[]> {
  const { work } = maker;
  const pointer = plan[0]?.pointer ?? '';
  const contained = containedIn(plan);
  const least = Math.max(lowest(plan, 'minItems', 0), Math.min(...contained.map(({ length }) => length)));
  const most = highest(plan, 'maxItems', Number.POSITIVE_INFINITY);
  if (least > most) return work.explain(pointer, `no array has ${least} to ${most} items`);
  if (least > MAX_SIZE) return work.explain(pointer, `arrays are made of at most ${MAX_SIZE} items`);
  const isShown = isFilled({ ...place, depth: place.depth + 1 }, work);
  const items = new Items(plan, place, maker);
  for (const needed of contained) {
    const few = Math.max(least, needed.length);
    const shown = Math.min(most, Math.max(few, isShown ? usualCount(plan) : 0));
    let possible = most;
    for (const count of new Set([shown, few, few + 1, few + 2])) {
      if (count > possible) continue;
      const starts = needed.length === 0 ? [0] : [...new Set([count - needed.length, 0])];
      const made = starts.flatMap((start) => [...items.make(count, { needed, start })]);
      // More of them are not possible either.
      if (made.length === 0) possible = count - 1;
      for (const array of made) {
        yield array;
        yield* items.changeOne(array);
      }
    }
  }
}

/** Arrays with other values of several items, for a list of unique ones. */
export function* combineArrays(plan: Plan, place: Place, maker: Maker): Iterable<readonly unknown[]> {
  const least = Math.max(lowest(plan, 'minItems', 0), usualCount(plan));
  const most = Math.min(highest(plan, 'maxItems', Number.POSITIVE_INFINITY), MAX_COMBINED);
  const items = new Items(plan, place, maker);
  for (let count = Math.min(least, most); count <= most; count += 1) yield* items.combine(count);
}

/** One item shows what the others look like; a tuple is shown whole. */
function usualCount(plan: Plan): number {
  const prefix = Math.max(0, ...plan.map(({ prefixItems }) => prefixItems?.length ?? 0));
  const hasItems = plan.some(({ items, unevaluatedItems }) => items ?? unevaluatedItems);
  return prefix > 0 ? prefix : Number(hasItems);
}

/** Schemas that items have to meet beyond those of their place, in a row. */
type Needed = readonly (readonly SoundSchema[])[];

/** What `contains` asks for: an item for each, or for all at once. */
function containedIn(plan: Plan): readonly Needed[] {
  const needs = plan.flatMap(({ contains, minContains = 1 }) =>
    contains ? [{ contains, count: Math.min(minContains, MAX_SIZE + 1) }] : [],
  );
  const apart = needs.flatMap(({ contains, count }) => Array.from({ length: count }, () => [contains]));
  if (needs.length < 2) return [apart];
  const together = Array.from({ length: Math.max(...needs.map(({ count }) => count)) }, (_, index) =>
    needs.flatMap(({ contains, count }) => (index < count ? [contains] : [])),
  );
  return [apart, together];
}

interface Asked {
  readonly needed: Needed;
  /** The index of the first item that is needed. */
  readonly start: number;
}

/** The items of arrays, each kind made when it is first needed. */
class Items {
  readonly #plan: Plan;
  readonly #place: Place;
  readonly #maker: Maker;
  readonly #values = new Map<string, Alternatives>();

  constructor(plan: Plan, place: Place, maker: Maker) {
    this.#plan = plan;
    this.#place = place;
    this.#maker = maker;
  }

  /** An array as a list of one; an empty list when it cannot be made. */
  make(count: number, { needed, start }: Asked): readonly (readonly unknown[])[] {
    const { work } = this.#maker;
    const pointer = this.#plan[0]?.pointer ?? '';
    const used = this.#plan.some(({ uniqueItems }) => uniqueItems) ? new UsedItems() : undefined;
    const items: unknown[] = [];
    let size = 0;
    for (let index = 0; index < count; index += 1) {
      work.look();
      const schemas = [...itemSchemas(this.#plan, index), ...(needed[index - start] ?? [])];
      const values = this.#valuesOf(schemas);
      const found = used ? used.next(values) : values.at(0);
      if (found.length === 0) {
        work.explain(schemas[0]?.pointer ?? pointer, `no item ${index} was found`);
        return [];
      }
      const [item] = found;
      size += sizeOf(item);
      if (size > MAX_SIZE) {
        work.explain(pointer, TOO_LARGE);
        return [];
      }
      items.push(item);
    }
    return [items];
  }

  /** With another value of one item. */
  *changeOne(items: readonly unknown[]): Iterable<readonly unknown[]> {
    for (let index = 0; index < Math.min(items.length, MAX_OTHERS); index += 1) {
      const values = this.#valuesOf(itemSchemas(this.#plan, index));
      for (let other = 1; other < MAX_OTHERS; other += 1)
        for (const value of values.at(other)) yield items.with(index, value);
    }
  }

  /** With other values of several items. */
  *combine(count: number): Iterable<readonly unknown[]> {
    const values = Array.from({ length: count }, (_, index) =>
      this.#valuesOf(itemSchemas(this.#plan, index)),
    );
    const at = (place: number, index: number) => values[place]?.at(index) ?? [];
    const has = (place: number, index: number) => at(place, index).length > 0;
    for (const combination of combinationsOf(count, has, this.#maker.work))
      yield combination.flatMap((index, place) => [...at(place, index)]);
  }

  #valuesOf(schemas: readonly SoundSchema[]): Alternatives {
    const key = schemas.map(({ pointer }) => pointer).join(' ');
    const values = this.#values.get(key) ?? this.#maker.values(schemas, this.#place);
    this.#values.set(key, values);
    return values;
  }
}

/** The items of an array in which each may be used once. */
class UsedItems {
  readonly #texts = new Set<string>();
  readonly #counts = new Map<Alternatives, number>();

  next(values: Alternatives): ReturnType<Alternatives['at']> {
    for (;;) {
      const count = this.#counts.get(values) ?? 0;
      const found = values.at(count);
      this.#counts.set(values, count + 1);
      const text = JSON.stringify(found[0]);
      if (found.length > 0 && this.#texts.has(text)) continue;
      this.#texts.add(text);
      return found;
    }
  }
}

/** The schemas of the item at an index. */
function itemSchemas(plan: Plan, index: number): readonly SoundSchema[] {
  const own = plan.flatMap(({ prefixItems = [], items }) => prefixItems[index] ?? items ?? []);
  return own.length > 0 ? own : plan.flatMap(({ unevaluatedItems }) => unevaluatedItems ?? []);
}
