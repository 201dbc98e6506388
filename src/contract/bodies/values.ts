import { equalJson } from '../../json.ts';
import type { TypeName } from '../keywords.ts';
import { combineArrays, makeArrays } from './arrays.ts';
import { rankTypes } from './facets.ts';
import { Alternatives, isFilled, type Maker, type Place, sizeOf, TOO_LARGE } from './maker.ts';
import { makeNumbers } from './numbers.ts';
import { combineObjects, makeObjects } from './objects.ts';
import { type Plan, plansOf } from './plans.ts';
import { follow, type SchemaGraph } from './schema-graph.ts';
import type { SoundSchema } from './sound-schema.ts';
import { makeTexts } from './texts.ts';
import { MAX_SIZE, type Work } from './work.ts';

/** Levels of a value. */
const MAX_DEPTH = 60;
/** Values of one kind that may break the schemas in a row before the next kind is tried. */
const MAX_REJECTED = 200;

const NONE: readonly unknown[] = [];

/** Makes values for schemas of a document, as long as there is work left. */
export function createMaker(graph: SchemaGraph, work: Work): Maker {
  const idOf = numbering<SoundSchema>();
  const idOfPlace = numbering<string>();
  /** The places for which there is no value. */
  const failed = new Set<number>();
  /** Below what is filled in, values depend on nothing but the place. */
  const bare = new Map<number, Alternatives>();

  function values(schemas: readonly SoundSchema[], place: Place): Alternatives {
    work.look();
    const all = [...new Set(schemas.map((schema) => follow(schema, graph)))];
    const key = all.map(idOf).sort().join(' ');
    const pointer = all[0]?.pointer ?? '';
    if (place.around.has(key)) {
      work.explain(pointer, 'it contains itself and never ends');
      return new Alternatives(NONE);
    }
    if (place.depth > MAX_DEPTH) {
      work.explain(pointer, `values are made of at most ${MAX_DEPTH} levels`);
      return new Alternatives(NONE);
    }
    const inside = {
      depth: place.depth + 1,
      around: key === '' ? place.around : new Set([...place.around, key]),
      id: idOfPlace(`${place.id} ${key}`),
    };
    if (failed.has(inside.id)) return new Alternatives(NONE);
    const known = bare.get(inside.id);
    if (known) {
      const size = known.at(0).reduce((sum: number, value) => sum + sizeOf(value), 0);
      work.look(size);
      work.keep(size);
      return known;
    }
    const made = new Alternatives(validValues(all, inside));
    if (!isFilled(place, work)) bare.set(inside.id, made);
    return made;
  }

  function* validValues(all: readonly SoundSchema[], inside: Place): Iterable<unknown> {
    const given: unknown[] = [];
    for (const plan of plansOf(all, graph, work))
      for (const source of sourcesOf(plan, inside)) yield* newAndValid(source, all, given);
    if (given.length > 0) {
      for (const plan of plansOf(all, graph, work))
        for (const source of combinationsFor(plan, inside)) yield* newAndValid(source, all, given);
      return;
    }
    failed.add(inside.id);
    work.explain(all[0]?.pointer ?? '', 'every value that was tried breaks another keyword');
  }

  /** The values of one source that are valid and have not been given yet, until too many in a row are not valid. */
  function* newAndValid(
    source: Iterable<unknown>,
    all: readonly SoundSchema[],
    given: unknown[],
  ): Iterable<unknown> {
    let rejected = 0;
    for (const value of source) {
      const size = sizeOf(value);
      work.look(size);
      if (size > MAX_SIZE) return work.explain(all[0]?.pointer ?? '', TOO_LARGE);
      if (!all.every((schema) => graph.accepts(schema, value, work))) {
        work.reject();
        rejected += 1;
        if (rejected > MAX_REJECTED) return;
      } else if (!isRepeated(value, given)) {
        rejected = 0;
        given.push(value);
        work.keep();
        yield value;
      }
    }
  }

  /** Where values for a plan come from, best first. */
  function* sourcesOf(plan: Plan, place: Place): Iterable<Iterable<unknown>> {
    const choices = plan.flatMap((schema) => (schema.choices ? [schema.choices] : []));
    const constant = choices.find(({ length }) => length === 1);
    if (constant) return yield constant;
    yield plan.flatMap(({ samples }) => samples);
    const [first] = choices;
    // `null` in an enum says that there may be nothing; other values tell more.
    if (first) return yield [...first].sort((left, right) => Number(left === null) - Number(right === null));
    for (const type of rankTypes(plan)) yield valuesOfType(type, plan, place);
  }

  /** More values than {@link sourcesOf}, where one of those was valid. */
  function combinationsFor(plan: Plan, place: Place): readonly Iterable<unknown>[] {
    if (plan.some(({ choices }) => choices)) return [];
    return rankTypes(plan).flatMap((type) => {
      if (type === 'object') return [combineObjects(plan, place, maker)];
      return type === 'array' ? [combineArrays(plan, place, maker)] : [];
    });
  }

  function valuesOfType(type: TypeName, plan: Plan, place: Place): Iterable<unknown> {
    switch (type) {
      case 'object':
        return makeObjects(plan, place, maker);
      case 'array':
        return makeArrays(plan, place, maker);
      case 'string':
        return makeTexts(plan, place, maker);
      case 'integer':
      case 'number':
        return makeNumbers(plan, type, work);
      case 'boolean':
        return [true, false];
      case 'null':
        return [null];
    }
  }

  const maker: Maker = { graph, work, values };
  return maker;
}

/** Numbers things in the order in which they are first seen. */
function numbering<T>(): (thing: T) => number {
  const ids = new Map<T, number>();
  return (thing) => {
    const id = ids.get(thing) ?? ids.size + 1;
    ids.set(thing, id);
    return id;
  };
}

/** Only the last few are compared: a list of unique items takes thousands. */
function isRepeated(value: unknown, given: readonly unknown[]): boolean {
  return given.slice(-20).some((other) => equalJson(other, value));
}
