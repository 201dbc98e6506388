import { type Maker, TOP } from './maker.ts';
import { matches, textsOfPattern } from './pattern-texts.ts';
import type { Plan } from './plans.ts';
import type { SoundSchema } from './sound-schema.ts';
import type { Work } from './work.ts';

/** The schemas that the value of a property has to meet; `undefined` where there may be no such property. */
export function propertySchemas(plan: Plan, name: string, maker: Maker): readonly SoundSchema[] | undefined {
  for (const { propertyNames } of plan)
    if (propertyNames && !maker.graph.accepts(propertyNames, name, maker.work)) return undefined;
  const own = plan.map((schema) => namedBy(schema, name));
  const isNamed = own.some((schemas) => schemas.length > 0);
  const others = plan.map((schema, index) => {
    if (own[index]?.length !== 0) return [];
    if (schema.additionalProperties) return [schema.additionalProperties];
    return !isNamed && schema.unevaluatedProperties ? [schema.unevaluatedProperties] : [];
  });
  return [...own.flat(), ...others.flat()];
}

function namedBy({ properties, patternProperties }: SoundSchema, name: string): readonly SoundSchema[] {
  const named = properties && Object.hasOwn(properties, name) ? properties[name] : undefined;
  const matched = Object.entries(patternProperties ?? {}).filter(([pattern]) => matches(pattern, name));
  return [...(named ? [named] : []), ...matched.map(([, schema]) => schema)];
}

/** Names that are tried for properties without a name. */
const MAX_NAMES = 12_000;

/** Names for properties beyond those that are required: declared ones, by pattern, then any. */
export function* makeNames(plan: Plan, maker: Maker): Iterable<string> {
  for (const { properties } of plan) yield* Object.keys(properties ?? {});
  for (const { patternProperties } of plan)
    for (const pattern of Object.keys(patternProperties ?? {}))
      yield* take(namesOf(pattern, maker.work), MAX_NAMES);
  const schemas = plan.flatMap(({ propertyNames }) => propertyNames ?? []);
  if (schemas.length > 0) {
    const names = maker.values(schemas, TOP);
    for (const name of take(names, MAX_NAMES)) if (typeof name === 'string') yield name;
  }
  for (let number = 1; number < MAX_NAMES; number += 1) yield `property${number}`;
}

function* namesOf(pattern: string, work: Work): Iterable<string> {
  for (const text of textsOfPattern(pattern, 0, work)) if (matches(pattern, text)) yield text;
}

function* take<T>(values: Iterable<T>, most: number): Iterable<T> {
  let count = 0;
  for (const value of values) {
    if (count >= most) return;
    count += 1;
    yield value;
  }
}
