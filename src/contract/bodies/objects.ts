import { combinationsOf } from './combinations.ts';
import { highest, lowest } from './facets.ts';
import { Alternatives, isFilled, type Maker, type Place } from './maker.ts';
import type { Plan } from './plans.ts';
import { makeNames, propertySchemas } from './property-schemas.ts';
import { MAX_SIZE } from './work.ts';

/** Properties that are left out or changed, each alone, where the first object is not valid. */
const MAX_VARIED = 24;
/** Other values that are tried for one property. */
const MAX_OTHERS = 4;

/** Names that may not be there, after which there are probably no more. */
const MAX_MISSES = 100;

/** Objects that keep the properties and counts of a plan, to be checked: with all properties first. */
export function* makeObjects(plan: Plan, place: Place, maker: Maker): Iterable<object> {
  const { work } = maker;
  const pointer = plan[0]?.pointer ?? '';
  const least = lowest(plan, 'minProperties', 0);
  const most = highest(plan, 'maxProperties', Number.POSITIVE_INFINITY);
  if (least > MAX_SIZE) return work.explain(pointer, `objects are made of at most ${MAX_SIZE} properties`);
  const members = new Members(plan, place, maker);
  const required = requiredNames(plan);
  for (const name of required)
    if (!members.has(name))
      return work.explain(pointer, `no value was found for the required property "${name}"`);
  if (Math.max(required.length, least) > most)
    return work.explain(
      pointer,
      `${Math.max(required.length, least)} properties are required, ${most} allowed`,
    );
  const optional = optionalNames(plan, members, required);
  const grow = (names: readonly string[]) => addNames(plan, members, maker, names, least);
  const shown = isFilled(place, work)
    ? showAll(plan, members, maker, required, optional).slice(0, Math.max(most, required.length))
    : required;
  const full = grow(closeRequired(plan, shown).filter((name) => members.has(name)));
  yield members.object(full);
  yield* changeOne(members, full);
  const bare = grow(required);
  yield members.object(bare);
  for (const name of full.slice(0, MAX_VARIED))
    if (!required.includes(name)) yield members.object(grow(full.filter((other) => other !== name)));
  for (const name of optional.slice(0, MAX_VARIED))
    yield members.object(
      grow(closeRequired(plan, [...required, name]).filter((other) => members.has(other))),
    );
  yield* changeOne(members, bare);
}

/** Objects with other values of several properties, for a list of unique ones. */
export function* combineObjects(plan: Plan, place: Place, maker: Maker): Iterable<object> {
  const members = new Members(plan, place, maker);
  const required = requiredNames(plan);
  const most = Math.max(required.length, highest(plan, 'maxProperties', Number.POSITIVE_INFINITY));
  const optional = optionalNames(plan, members, required);
  const shown = showAll(plan, members, maker, required, optional).slice(0, most);
  const names = closeRequired(plan, shown).filter((name) => members.has(name));
  const has = (index: number, other: number) => members.has(names[index] ?? '', other);
  for (const combination of combinationsOf(names.length, has, maker.work))
    yield members.object(names, new Map(names.map((name, index) => [name, combination[index] ?? 0])));
}

function requiredNames(plan: Plan): readonly string[] {
  return closeRequired(
    plan,
    plan.flatMap((schema) => schema.required ?? []),
  );
}

/** With another value of one property. */
function* changeOne(members: Members, names: readonly string[]): Iterable<object> {
  for (let other = 1; other < MAX_OTHERS; other += 1)
    for (const name of names.slice(0, MAX_VARIED))
      if (members.has(name, other)) yield members.object(names, new Map([[name, other]]));
}

/** Names with those that they require by `dependentRequired`. */
function closeRequired(plan: Plan, names: readonly string[]): readonly string[] {
  const closed = new Set(names);
  for (const name of closed)
    for (const { dependentRequired } of plan)
      if (dependentRequired && Object.hasOwn(dependentRequired, name))
        for (const needed of dependentRequired[name] ?? []) closed.add(needed);
  return [...closed];
}

/** In the order of the document; without what a response does not have. */
function optionalNames(plan: Plan, members: Members, required: readonly string[]): readonly string[] {
  const names = new Set(plan.flatMap(({ properties }) => Object.keys(properties ?? {})));
  return [...names].filter((name) => !required.includes(name) && !members.isWriteOnly(name));
}

/** Required and optional names in the order of the document. A map without names gets one, so that a value is seen. */
function showAll(
  plan: Plan,
  members: Members,
  maker: Maker,
  required: readonly string[],
  optional: readonly string[],
): readonly string[] {
  const declared = [...new Set(plan.flatMap(({ properties }) => Object.keys(properties ?? {})))];
  const names = declared.filter(
    (name) => required.includes(name) || (optional.includes(name) && members.has(name)),
  );
  const others = required.filter((name) => !names.includes(name));
  const isMap =
    declared.length === 0 &&
    plan.some((schema) => schema.additionalProperties ?? Object.values(schema.patternProperties ?? {})[0]);
  const count = names.length + others.length;
  return [...names, ...others, ...(isMap && count === 0 ? addNames(plan, members, maker, [], 1) : [])];
}

/** Names, and as many more as `minProperties` asks for. */
function addNames(
  plan: Plan,
  members: Members,
  maker: Maker,
  names: readonly string[],
  least: number,
): readonly string[] {
  if (names.length >= least) return names;
  const grown = new Set(names);
  let misses = 0;
  for (const name of makeNames(plan, maker)) {
    maker.work.look();
    if (grown.size >= least || misses > MAX_MISSES) break;
    if (grown.has(name)) continue;
    if (members.has(name)) grown.add(name);
    else misses += 1;
  }
  return [...grown];
}

/** The values of an object's properties, each made when it is first needed. */
class Members {
  readonly #plan: Plan;
  readonly #place: Place;
  readonly #maker: Maker;
  readonly #values = new Map<string, Alternatives>();

  constructor(plan: Plan, place: Place, maker: Maker) {
    this.#plan = plan;
    this.#place = place;
    this.#maker = maker;
  }

  #valuesOf(name: string): Alternatives {
    const known = this.#values.get(name);
    if (known) return known;
    const schemas = propertySchemas(this.#plan, name, this.#maker);
    const values = schemas ? this.#maker.values(schemas, this.#place) : new Alternatives([]);
    this.#values.set(name, values);
    return values;
  }

  has(name: string, index = 0): boolean {
    return this.#valuesOf(name).at(index).length > 0;
  }

  isWriteOnly(name: string): boolean {
    const schemas = propertySchemas(this.#plan, name, this.#maker) ?? [];
    return schemas.some(
      ({ writeOnly, $ref }) => writeOnly || ($ref !== undefined && this.#maker.graph.at($ref).writeOnly),
    );
  }

  /** @param others which alternative a property has, if not the first. */
  object(names: readonly string[], others: ReadonlyMap<string, number> = new Map()): object {
    return Object.fromEntries(
      names.flatMap((name) =>
        [...this.#valuesOf(name).at(others.get(name) ?? 0)].map((value) => [name, value]),
      ),
    );
  }
}
