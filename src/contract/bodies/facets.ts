import type { TypeName } from '../keywords.ts';
import { type Plan, typesOf } from './plans.ts';
import type { SoundSchema } from './sound-schema.ts';

/** The keywords whose value is a number. */
type Bound = {
  [Key in keyof SoundSchema]: SoundSchema[Key] extends number | undefined ? Key : never;
}[keyof SoundSchema];

/** The least that all schemas of a plan allow, such as the greatest of their `minLength`. */
export function lowest(plan: Plan, key: Bound, least: number): number {
  return plan.reduce((bound, schema) => Math.max(bound, schema[key] ?? least), least);
}

/** The most that all schemas of a plan allow, such as the smallest of their `maxLength`. */
export function highest(plan: Plan, key: Bound, most: number): number {
  return plan.reduce((bound, schema) => Math.min(bound, schema[key] ?? most), most);
}

/** Keywords that tell what kind of value is meant where no type does. */
const HINTS: Readonly<Record<Exclude<TypeName, 'null' | 'boolean'>, readonly (keyof SoundSchema)[]>> = {
  object: [
    'properties',
    'required',
    'additionalProperties',
    'patternProperties',
    'propertyNames',
    'minProperties',
    'maxProperties',
    'dependentRequired',
    'dependentSchemas',
    'unevaluatedProperties',
  ],
  array: ['items', 'prefixItems', 'contains', 'minItems', 'maxItems', 'unevaluatedItems'],
  string: ['pattern', 'minLength', 'maxLength'],
  integer: [],
  number: ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
};

/** The types of a plan, best first: what its keywords are about, then as they are listed, `null` last. */
export function rankTypes(plan: Plan): readonly TypeName[] {
  const allowed = typesOf(plan);
  // Numbers start with integers.
  const types = allowed.includes('number') ? allowed.filter((type) => type !== 'integer') : allowed;
  const listed = plan.find(({ type }) => type !== undefined)?.type ?? types;
  const hinted = Object.entries(HINTS).filter(([, keys]) =>
    plan.some((schema) => keys.some((key) => schema[key] !== undefined)),
  );
  const rank = (type: TypeName): number => {
    if (type === 'null') return 100;
    if (hinted.some(([name]) => name === type)) return 0;
    const place = listed.indexOf(type);
    return place < 0 ? 50 : place + 1;
  };
  return [...types].sort((left, right) => rank(left) - rank(right));
}
