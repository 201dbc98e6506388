import { isObject } from '../../json.ts';
import { pointerTo } from '../../json-pointer.ts';

/** A value in a row and the pointer to it. */
export interface PlacedValue {
  /** JSON pointer (RFC 6901) into the row. */
  readonly pointer: string;
  readonly value: unknown;
}

/**
 * The values that a path of a fixture schema leads to, except null and absent ones. A path has field names joined by
 * dots, and `*` for all items of an array: `project_id`, `approver_config.users.*`.
 */
export function valuesAt(row: unknown, path: string): readonly unknown[] {
  const steps = stepsOf(path);
  let values: readonly unknown[] = [row];
  for (const step of steps) {
    // Most paths are a field of the row.
    if (values.length === 1) values = below(values[0], step);
    else values = values.flatMap((value) => below(value, step));
  }
  return values.every(isThere) ? values : values.filter(isThere);
}

/** {@link valuesAt}, with pointers: for messages, as most values are not to be complained about. */
export function placesAt(row: unknown, path: string): readonly PlacedValue[] {
  let places: readonly PlacedValue[] = [{ pointer: '', value: row }];
  for (const step of stepsOf(path))
    places = places.flatMap(({ pointer, value }) =>
      below(value, step).map((member, index) => ({
        pointer: pointerTo(pointer, step === '*' ? index : step),
        value: member,
      })),
    );
  return places.filter(({ value }) => isThere(value));
}

/** A row with every value at a path replaced; the same row when no value changes. */
export function replaceAt<T>(row: T, path: string, replace: (value: unknown) => unknown): T;
export function replaceAt(row: unknown, path: string, replace: (value: unknown) => unknown): unknown {
  return replaceBelow(row, stepsOf(path), 0, replace);
}

function replaceBelow(
  value: unknown,
  steps: readonly string[],
  depth: number,
  replace: (value: unknown) => unknown,
): unknown {
  const step = steps[depth];
  if (step === undefined) return replace(value);
  if (step === '*') {
    if (!Array.isArray(value)) return value;
    const next = value.map((item) => replaceBelow(item, steps, depth + 1, replace));
    return next.some((item, index) => item !== value[index]) ? next : value;
  }
  if (!isObject(value) || !Object.hasOwn(value, step)) return value;
  const next = replaceBelow(value[step], steps, depth + 1, replace);
  return next === value[step] ? value : { ...value, [step]: next };
}

const NONE: readonly unknown[] = [];

function below(value: unknown, step: string): readonly unknown[] {
  if (step === '*') return Array.isArray(value) ? value : NONE;
  return isObject(value) && Object.hasOwn(value, step) ? [value[step]] : NONE;
}

function isThere(value: unknown): boolean {
  return value !== null && value !== undefined;
}

/** Those of the fixture schemas, which are few. */
const steps = new Map<string, readonly string[]>();

function stepsOf(path: string): readonly string[] {
  const known = steps.get(path) ?? path.split('.');
  steps.set(path, known);
  return known;
}
