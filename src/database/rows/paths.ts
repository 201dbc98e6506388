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
export function valuesAt(row: unknown, path: string): PlacedValue[] {
  let places: PlacedValue[] = [{ pointer: '', value: row }];
  for (const step of path.split('.')) places = places.flatMap((place) => stepInto(place, step));
  return places.filter(({ value }) => value !== null && value !== undefined);
}

/** A row with every value at a path replaced; the same row when no value changes. */
export function replaceAt<T>(row: T, path: string, replace: (value: unknown) => unknown): T;
export function replaceAt(row: unknown, path: string, replace: (value: unknown) => unknown): unknown {
  const [step = '', ...rest] = path.split('.');
  const next = (value: unknown) =>
    rest.length === 0 ? replace(value) : replaceAt(value, rest.join('.'), replace);
  if (step === '*') return Array.isArray(row) ? row.map(next) : row;
  if (!isObject(row) || !Object.hasOwn(row, step)) return row;
  const value = next(row[step]);
  return value === row[step] ? row : { ...row, [step]: value };
}

function stepInto({ pointer, value }: PlacedValue, step: string): PlacedValue[] {
  if (step === '*')
    return Array.isArray(value)
      ? value.map((item, index) => ({ pointer: pointerTo(pointer, index), value: item }))
      : [];
  return isObject(value) && Object.hasOwn(value, step)
    ? [{ pointer: pointerTo(pointer, step), value: value[step] }]
    : [];
}
