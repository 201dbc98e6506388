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

const MAX_TEXTS = 2_000;
/** Numbers in names, and texts that they are added to. */
const MAX_NUMBERED = 1_000;
const MAX_STEMS = 3;

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

/** Texts of the pattern; where that are few, with numbers behind or before, as a pattern without anchors allows. */
function* namesOf(pattern: string, work: Work): Iterable<string> {
  const texts = new Set<string>();
  for (const text of take(textsOfPattern(pattern, 0, work), MAX_TEXTS)) {
    if (texts.has(text) || !matches(pattern, text)) continue;
    texts.add(text);
    yield text;
  }
  for (let number = 1; number < MAX_NUMBERED; number += 1)
    for (const text of take(texts, MAX_STEMS))
      for (const name of [`${text}${number}`, `${number}${text}`]) {
        work.look();
        if (matches(pattern, name)) yield name;
      }
}

function* take<T>(values: Iterable<T>, most: number): Iterable<T> {
  let count = 0;
  for (const value of values) {
    if (count >= most) return;
    count += 1;
    yield value;
  }
}
