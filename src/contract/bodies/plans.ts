import type { TypeName } from '../keywords.ts';
import { distinct, follow, type SchemaGraph } from './schema-graph.ts';
import { hasOnly, readSchema, type SoundSchema } from './sound-schema.ts';
import type { Work } from './work.ts';

/** Schemas that a value has to meet at the same time: what they refer to is among them, and one branch of each choice. */
export type Plan = readonly SoundSchema[];

/** Plans for one value; with more, the first have choices in common that do not work out. */
const MAX_PLANS = 100;

const ALL_TYPES: readonly TypeName[] = ['object', 'string', 'integer', 'number', 'boolean', 'array', 'null'];

/** The ways to meet some schemas, in the order of the document's branches. */
export function* plansOf(schemas: readonly SoundSchema[], graph: SchemaGraph, work: Work): Iterable<Plan> {
  let count = 0;
  for (const plan of unfold(schemas, [], [], graph, work)) {
    yield plan;
    count += 1;
    if (count >= MAX_PLANS) return;
  }
}

/** The types that all schemas of a plan allow. */
export function typesOf(plan: Plan): readonly TypeName[] {
  return plan.reduce((types, { type, not }) => {
    const allowed = type === undefined ? types : types.filter((name) => includesType(type, name));
    // With more keywords, `not` may refuse some values of its type only.
    const refused = not && hasOnly(not, ['type', 'samples']) ? not.type : undefined;
    return refused ? allowed.filter((name) => !includesType(refused, name)) : allowed;
  }, ALL_TYPES);
}

function includesType(types: readonly TypeName[], name: TypeName): boolean {
  return types.includes(name) || (name === 'integer' && types.includes('number'));
}

/** One of these has to be met. Each is a list of schemas for the same value. */
type Choice = readonly (readonly SoundSchema[])[];

/** `not` of a schema that accepts everything is `false`. */
function isEmpty(schema: SoundSchema): boolean {
  return hasOnly(schema, ['samples']);
}

function* unfold(
  schemas: readonly SoundSchema[],
  choices: readonly Choice[],
  plan: Plan,
  graph: SchemaGraph,
  work: Work,
): Iterable<Plan> {
  work.look(1 + plan.length);
  const [first, ...others] = schemas;
  if (first === undefined) {
    const [choice, ...rest] = choices;
    if (choice === undefined) yield plan;
    for (const branch of choice ?? []) yield* unfold(branch, rest, plan, graph, work);
    return;
  }
  const next = follow(first, graph);
  if (plan.includes(next)) return yield* unfold(others, choices, plan, graph, work);
  const longer = [...plan, next];
  if (next.not && isEmpty(next.not)) return work.explain(next.pointer, 'no value is allowed');
  if (typesOf(longer).length === 0) {
    work.explain(next.pointer, explainTypes(plan, next));
    return;
  }
  const parts = [...(next.$ref === undefined ? [] : [graph.at(next.$ref)]), ...(next.allOf ?? [])];
  yield* unfold([...parts, ...others], [...choices, ...choicesOf(next, longer, graph)], longer, graph, work);
}

function explainTypes(plan: Plan, { type, pointer }: SoundSchema): string {
  if (type === undefined) return 'no value is allowed';
  const other = plan.find((schema) => schema.type !== undefined && schema.pointer !== pointer);
  const types = type.join(' or ');
  return other === undefined
    ? `${types} is refused by its own \`not\``
    : `${types} is asked for, but ${other.type?.join(' or ')} at ${other.pointer}`;
}

function choicesOf(schema: SoundSchema, plan: Plan, graph: SchemaGraph): readonly Choice[] {
  const choices: Choice[] = [];
  for (const branches of [schema.oneOf, schema.anyOf])
    if (branches)
      choices.push(orderBranches(branches, graph).flatMap((branch) => discriminate(schema, branch)));
  const [first] = choices;
  if (schema.oneOf && first) choices[0] = [...first, ...excludeOthers(schema, schema.oneOf, graph)];
  if (schema.oneOf === undefined && schema.anyOf === undefined)
    choices.push(...subtypes(schema, plan, graph));
  if (schema.if) choices.push(conditional(schema.if, schema));
  if (schema.dependentSchemas) {
    const required = new Set(plan.flatMap((other) => other.required ?? []));
    const entries = Object.entries(schema.dependentSchemas);
    const needed = entries.filter(([name]) => required.has(name)).map(([, dependent]) => dependent);
    choices.push([entries.map(([, dependent]) => dependent), needed]);
  }
  return choices;
}

/** Each branch once. `null` comes last: whoever looks at a body wants to see fields. */
function orderBranches(branches: readonly SoundSchema[], graph: SchemaGraph): readonly SoundSchema[] {
  const different = distinct(branches, graph);
  const isNull = ({ type }: SoundSchema) => type?.length === 1 && type[0] === 'null';
  return [...different.filter((branch) => !isNull(branch)), ...different.filter(isNull)];
}

function conditional(condition: SoundSchema, { then: met, else: missed }: SoundSchema): Choice {
  const holds = met ? [condition, met] : [condition];
  const fails = missed ? [missed] : [];
  return met === undefined ? [fails, holds] : [holds, fails];
}

/** The branch with the value that leads to it; without, where its own schema has other values. */
function discriminate(schema: SoundSchema, branch: SoundSchema): Choice {
  const { discriminator } = schema;
  if (!discriminator || branch.$ref === undefined) return [[branch]];
  const { propertyName, mapping } = discriminator;
  const mapped = [...mapping].find(([, pointer]) => pointer === branch.$ref)?.[0];
  const value = mapped ?? branch.$ref.slice(branch.$ref.lastIndexOf('/') + 1);
  return [[tagged(propertyName, value, schema.pointer), branch], [branch]];
}

/** A base schema names its kinds: the one that is being made, else the first. */
function subtypes(
  { discriminator, pointer }: SoundSchema,
  plan: Plan,
  graph: SchemaGraph,
): readonly Choice[] {
  const entries = [...(discriminator?.mapping ?? [])].filter(([, target]) => target !== pointer);
  if (!discriminator || entries.length === 0) return [];
  const { propertyName } = discriminator;
  const made = entries.find(([, target]) => plan.some((schema) => schema.pointer === target));
  if (made) return [[[tagged(propertyName, made[0], pointer)], []]];
  const kinds = entries.map(([name, target]) => [tagged(propertyName, name, pointer), graph.at(target)]);
  return [[...kinds, []]];
}

/** A schema that asks for the value of a discriminator. It is no part of the document. */
function tagged(propertyName: string, value: string, pointer: string): SoundSchema {
  const raw = { required: [propertyName], properties: { [propertyName]: { const: value } } };
  return readSchema(raw, `${pointer}/discriminator`, () => undefined);
}

const NO_KEYWORDS = readSchema({}, '', () => undefined);

/**
 * Each branch of `oneOf` with a property that breaks each of the others, for branches that would accept the same object:
 * a cat is a dog, too, where a dog's breed is optional.
 */
function excludeOthers(schema: SoundSchema, branches: readonly SoundSchema[], graph: SchemaGraph): Choice {
  const properties = branches.map((branch) => propertiesOf(branch, graph));
  return branches.flatMap((branch, index) => {
    const own = properties[index];
    const excluding = properties.flatMap((others, other) => {
      const breakable = [...others].filter(
        ([, property]) => property.type ?? property.choices ?? property.$ref,
      );
      const [name, property] = breakable.find(([key]) => !own?.has(key)) ?? breakable[0] ?? [];
      if (other === index || name === undefined || property === undefined) return [];
      const broken = { ...NO_KEYWORDS, pointer: property.pointer, not: property };
      return [{ ...NO_KEYWORDS, pointer: schema.pointer, required: [name], properties: { [name]: broken } }];
    });
    if (excluding.length === 0) return [];
    return discriminate(schema, branch).map((schemas) => [...schemas, ...excluding]);
  });
}

/** The properties of a schema and of what it refers to. */
function propertiesOf(schema: SoundSchema, graph: SchemaGraph): ReadonlyMap<string, SoundSchema> {
  const parts = [schema];
  for (const part of parts) {
    const more = [...(part.$ref === undefined ? [] : [graph.at(part.$ref)]), ...(part.allOf ?? [])];
    parts.push(...more.filter((other) => !parts.includes(other)));
  }
  return new Map(parts.flatMap(({ properties }) => Object.entries(properties ?? {})));
}
