import { equalJson } from '../../json.ts';
import { makeArrays } from './arrays.ts';
import { rankTypes } from './facets.ts';
import { type Maker, type Place, sizeOf } from './maker.ts';
import { makeNumbers } from './numbers.ts';
import { makeObjects } from './objects.ts';
import { type Plan, plansOf } from './plans.ts';
import type { SchemaGraph } from './schema-graph.ts';
import type { SoundSchema, TypeName } from './sound-schema.ts';
import { makeTexts } from './texts.ts';
import type { Work } from './work.ts';

/** Levels of a value. */
const MAX_DEPTH = 60;
/** Values of one kind that may break the schemas in a row before the next kind is tried. */
const MAX_REJECTED = 200;

/** Makes values for schemas of a document, as long as there is work left. */
export function createMaker(graph: SchemaGraph, work: Work): Maker {
  const ids = new Map<SoundSchema, number>();
  const idOf = (schema: SoundSchema) => {
    const id = ids.get(schema) ?? ids.size;
    ids.set(schema, id);
    return id;
  };

  function* values(schemas: readonly SoundSchema[], place: Place): Iterable<unknown> {
    const all = [...new Set(schemas.map((schema) => follow(schema, graph)))];
    const key = all.map(idOf).sort().join(' ');
    if (place.around.has(key) || place.depth > MAX_DEPTH) {
      work.explain(all[0]?.pointer ?? '', 'it contains itself and never ends');
      return;
    }
    const inside = {
      depth: place.depth + 1,
      around: key === '' ? place.around : new Set([...place.around, key]),
    };
    const given: unknown[] = [];
    for (const plan of plansOf(all, graph, work))
      for (const source of sourcesOf(plan, inside)) {
        let rejected = 0;
        for (const value of source) {
          work.look(sizeOf(value));
          if (work.isSpent) return;
          if (!all.every((schema) => graph.accepts(schema, value, work))) {
            work.reject();
            rejected += 1;
            if (rejected > MAX_REJECTED) break;
          } else if (!isRepeated(value, given)) {
            rejected = 0;
            given.push(value);
            work.keep();
            yield value;
          }
        }
      }
    if (given.length === 0)
      work.explain(all[0]?.pointer ?? '', 'every value that was tried breaks another keyword');
  }

  /** Where values for a plan come from, best first. */
  function* sourcesOf(plan: Plan, place: Place): Iterable<Iterable<unknown>> {
    const choices = plan.flatMap((schema) => (schema.choices ? [schema.choices] : []));
    const constant = choices.find(({ length }) => length === 1);
    if (constant) return yield constant;
    // `null` as a default or in an enum says that there may be nothing; other values tell more.
    yield plan.flatMap(({ samples }) => samples).filter((sample) => sample !== null);
    const [first] = choices;
    if (first) return yield [...first].sort((left, right) => Number(left === null) - Number(right === null));
    for (const type of rankTypes(plan)) yield valuesOfType(type, plan, place);
  }

  function valuesOfType(type: TypeName, plan: Plan, place: Place): Iterable<unknown> {
    switch (type) {
      case 'object':
        return makeObjects(plan, place, maker);
      case 'array':
        return makeArrays(plan, place, maker);
      case 'string':
        return makeTexts(plan, work);
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

/** Only the last few are compared: a list of unique items takes thousands. */
function isRepeated(value: unknown, given: readonly unknown[]): boolean {
  return given.slice(-20).some((other) => equalJson(other, value));
}

/** The schema that another one only refers to. */
function follow(schema: SoundSchema, graph: SchemaGraph): SoundSchema {
  const seen = new Set<SoundSchema>();
  let next = schema;
  while (next.$ref !== undefined && !seen.has(next) && isOnlyReference(next)) {
    seen.add(next);
    next = graph.at(next.$ref);
  }
  return next;
}

function isOnlyReference({ pointer: _, $ref: __, samples, ...keywords }: SoundSchema): boolean {
  return (
    samples.length === 0 && Object.values(keywords).every((value) => value === undefined || value === false)
  );
}
