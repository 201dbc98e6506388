import { isObject, type JsonObject } from '../../json.ts';
import type { Reading } from './reading.ts';
import { dropReference, type Reference } from './references.ts';

/** Keywords whose schemas are about the same value, so that a circle of them never ends. */
const IN_PLACE = ['not', 'if', 'then', 'else'];
const IN_PLACE_LISTS = ['allOf', 'anyOf', 'oneOf', 'dependentSchemas'];

/** How many schemas may follow one another for the same value. The validator recurses for each. */
const MAX_STEPS = 200;

/** References that may lead to one another outside of schemas. */
const MAX_CHAINED = 100;

type Targets = ReadonlyMap<Reference, unknown>;

/**
 * Reports references that lead back to themselves, or on and on. In a schema, the last one goes: checking a value would
 * never end.
 */
export function breakCircles(reading: Reading, targets: Targets): void {
  const byNode = new Map<JsonObject, Reference>();
  for (const reference of targets.keys()) byNode.set(reference.node, reference);
  const targetOf = (node: unknown): unknown => {
    const reference = isObject(node) ? byNode.get(node) : undefined;
    return reference && targets.get(reference);
  };
  const follow = createFollow(reading, byNode, targetOf);
  for (const reference of targets.keys()) {
    if (reference.kind === 'schema') follow(reference.node);
    else checkChain(reading, reference, targetOf);
  }
}

function checkChain(reading: Reading, reference: Reference, targetOf: (node: unknown) => unknown): void {
  const { $ref } = reference.node;
  const seen = new Set<unknown>();
  for (let node = targetOf(reference.node); node !== undefined; node = targetOf(node)) {
    const isCircle = seen.has(node) || node === reference.node;
    if (isCircle || seen.size === MAX_CHAINED) {
      const problem = isCircle ? 'back to itself' : `on through more than ${MAX_CHAINED} references`;
      dropReference(reading, reference, 'circle', `"${$ref}" leads ${problem}.`);
      return;
    }
    seen.add(node);
  }
}

/** A function that tells how many schemas follow one another for the same value, after taking away what never ends. */
function createFollow(
  reading: Reading,
  references: ReadonlyMap<JsonObject, Reference>,
  targetOf: (node: unknown) => unknown,
) {
  const open = new Set<JsonObject>();
  const steps = new Map<JsonObject, number>();
  const drop = (schema: JsonObject, detail: string): number => {
    const reference = references.get(schema);
    if (reference) dropReference(reading, reference, 'circle', detail);
    return 0;
  };
  const follow = (schema: unknown): number => {
    if (!isObject(schema)) return 0;
    const known = steps.get(schema);
    if (known !== undefined) return known;
    if (open.size > MAX_STEPS) return 0;
    open.add(schema);
    let longest = 1 + followReference(schema);
    for (const part of partsOf(schema)) longest = Math.max(longest, 1 + follow(part));
    open.delete(schema);
    steps.set(schema, longest);
    return longest;
  };
  const followReference = (schema: JsonObject): number => {
    const target = targetOf(schema);
    if (target === undefined) return 0;
    if (isObject(target) && open.has(target)) return drop(schema, CIRCLE);
    const longest = open.size > MAX_STEPS ? MAX_STEPS : follow(target);
    return longest < MAX_STEPS ? longest : drop(schema, TOO_MANY);
  };
  return follow;
}

/** Most schemas have none, and a large document has many schemas. */
function partsOf(schema: JsonObject): readonly unknown[] {
  let parts: readonly unknown[] = NONE;
  for (const keyword of IN_PLACE) {
    if (schema[keyword] !== undefined) parts = [...parts, schema[keyword]];
  }
  for (const keyword of IN_PLACE_LISTS) {
    if (schema[keyword] !== undefined) parts = [...parts, ...Object.values(schema[keyword] ?? {})];
  }
  return parts;
}

const NONE: readonly unknown[] = [];
const CIRCLE =
  'the schema leads back to itself for the same value, so that checking never ends; expected a circle to go through a member or an item.';
const TOO_MANY = `more than ${MAX_STEPS} schemas follow one another for the same value; expected fewer.`;
