import { isObject, type JsonObject } from '../../json.ts';
import { localPointer, pointerTo, valueAt } from '../../json-pointer.ts';
import type { Reading } from './reading.ts';

/** Keywords whose schemas are about the same value, so that a circle of them never ends. */
const IN_PLACE = ['not', 'if', 'then', 'else'];
const IN_PLACE_LISTS = ['allOf', 'anyOf', 'oneOf', 'dependentSchemas'];

/** How many schemas may follow one another for the same value. The validator recurses for each. */
const MAX_STEPS = 200;

/** A check that reports a schema which can be checked against no value: it leads back to itself, or on and on. */
export function createCycleCheck(reading: Reading): (schema: unknown, pointer: string) => void {
  const report = (pointer: string, detail: string) => {
    reading.report(pointer, detail);
    reading.checksExamples = false;
  };
  const open = new Set<JsonObject>();
  const steps = new Map<JsonObject, number>();
  /** How many schemas follow one another from here. */
  const follow = (schema: unknown, pointer: string): number => {
    if (!isObject(schema)) return 0;
    if (open.has(schema) || open.size > MAX_STEPS) {
      report(pointer, open.has(schema) ? CIRCLE : TOO_MANY);
      return 0;
    }
    const known = steps.get(schema);
    if (known !== undefined) return known;
    open.add(schema);
    let longest = 1;
    for (const [next, at] of nextOf(schema, pointer)) longest = Math.max(longest, 1 + follow(next, at));
    open.delete(schema);
    if (longest > MAX_STEPS) report(pointer, TOO_MANY);
    // Reported once.
    const counted = longest > MAX_STEPS ? 0 : longest;
    steps.set(schema, counted);
    return counted;
  };
  const nextOf = (schema: JsonObject, pointer: string): readonly (readonly [unknown, string])[] => {
    const { $ref } = schema;
    const target = typeof $ref === 'string' ? localPointer($ref) : undefined;
    const lists = IN_PLACE_LISTS.flatMap((keyword) =>
      Object.entries(schema[keyword] ?? {}).map(
        ([key, member]) => [member, pointerTo(pointer, keyword, key)] as const,
      ),
    );
    return [
      ...(target === undefined ? [] : [[valueAt(reading.document, target), target] as const]),
      ...IN_PLACE.map((keyword) => [schema[keyword], pointerTo(pointer, keyword)] as const),
      ...lists,
    ];
  };
  return follow;
}

const CIRCLE =
  'the schema leads back to itself for the same value, so that checking never ends; expected a circle to go through a member or an item.';
const TOO_MANY = `more than ${MAX_STEPS} schemas follow one another for the same value; expected fewer.`;
