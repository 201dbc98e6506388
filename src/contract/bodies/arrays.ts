import { highest, lowest } from './facets.ts';
import { Alternatives, isFilled, type Maker, type Place, sizeOf } from './maker.ts';
import type { Plan } from './plans.ts';
import type { SoundSchema } from './sound-schema.ts';
import { MAX_SIZE } from './work.ts';

/** Other values that are tried for one item. */
const MAX_OTHERS = 6;

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
  for (const needed of contained) {
    const few = Math.max(least, needed.length);
    const shown = Math.min(most, Math.max(few, isShown ? usualCount(plan) : 0));
    for (const count of new Set([shown, few, few + 1, few + 2])) {
      if (count > most) continue;
      for (const start of new Set([count - needed.length, 0])) {
        const items = makeItems({ plan, place, maker, needed, start }, count);
        if (!items) continue;
        yield items;
        yield* withOtherItems(plan, place, maker, items);
      }
    }
  }
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
  readonly plan: Plan;
  readonly place: Place;
  readonly maker: Maker;
  readonly needed: Needed;
  /** The index of the first item that is needed. */
  readonly start: number;
}

function makeItems(
  { plan, place, maker, needed, start }: Asked,
  count: number,
): readonly unknown[] | undefined {
  const isUnique = plan.some(({ uniqueItems }) => uniqueItems);
  const kinds = new Map<string, Kind>();
  const used = new Set<string>();
  const items: unknown[] = [];
  let size = 0;
  for (let index = 0; index < count; index += 1) {
    const schemas = [...itemSchemas(plan, index), ...(needed[index - start] ?? [])];
    const key = schemas.map(({ pointer }) => pointer).join(' ');
    const kind = kinds.get(key) ?? { values: new Alternatives(maker.values(schemas, place)), used: 0 };
    kinds.set(key, kind);
    const [item] = nextOf(kind, isUnique ? used : undefined);
    if (item === undefined) {
      maker.work.explain(schemas[0]?.pointer ?? plan[0]?.pointer ?? '', `no item ${index} was found`);
      return undefined;
    }
    size += sizeOf(item);
    if (size > MAX_SIZE) {
      maker.work.explain(plan[0]?.pointer ?? '', `a body is made of at most ${MAX_SIZE} values`);
      return undefined;
    }
    items.push(item);
  }
  return items;
}

/** The values for one kind of item, and how many of them have been used where each may be used once. */
interface Kind {
  readonly values: Alternatives;
  used: number;
}

function nextOf(kind: Kind, used: Set<string> | undefined): readonly unknown[] {
  if (!used) return kind.values.at(0);
  for (;;) {
    const found = kind.values.at(kind.used);
    kind.used += 1;
    if (found.length === 0) return found;
    const text = JSON.stringify(found[0]);
    if (used.has(text)) continue;
    used.add(text);
    return found;
  }
}

/** The schemas of the item at an index. */
function itemSchemas(plan: Plan, index: number): readonly SoundSchema[] {
  const own = plan.flatMap(({ prefixItems = [], items }) => prefixItems[index] ?? items ?? []);
  return own.length > 0 ? own : plan.flatMap(({ unevaluatedItems }) => unevaluatedItems ?? []);
}

function* withOtherItems(
  plan: Plan,
  place: Place,
  maker: Maker,
  items: readonly unknown[],
): Iterable<readonly unknown[]> {
  for (let index = 0; index < Math.min(items.length, MAX_OTHERS); index += 1) {
    const values = new Alternatives(maker.values(itemSchemas(plan, index), place));
    for (let other = 1; other < MAX_OTHERS; other += 1)
      for (const value of values.at(other)) yield items.with(index, value);
  }
}
