import { isObject } from '../../json.ts';
import { pointerTo } from '../../json-pointer.ts';

/** Where a value stands in a row, and what it is. */
export interface Spot {
  /** JSON pointer (RFC 6901) into the row. */
  readonly pointer: string;
  readonly value: unknown;
}

/**
 * The values that a path of a fixture schema leads to, null and absent ones left out. A path names fields with
 * dots between them; `*` is every item of an array: `project_id`, `approver_config.users.*`.
 */
export function valuesAt(row: unknown, path: string): Spot[] {
  let spots: Spot[] = [{ pointer: '', value: row }];
  for (const step of path.split('.')) spots = spots.flatMap((spot) => inside(spot, step));
  return spots.filter(({ value }) => value !== null && value !== undefined);
}

/** The row with every value at a path replaced; the row itself when nothing is there. */
export function replacedAt<T>(row: T, path: string, replace: (value: unknown) => unknown): T;
export function replacedAt(row: unknown, path: string, replace: (value: unknown) => unknown): unknown {
  const [step = '', ...rest] = path.split('.');
  const next = (value: unknown) =>
    rest.length === 0 ? replace(value) : replacedAt(value, rest.join('.'), replace);
  if (step === '*') return Array.isArray(row) ? row.map(next) : row;
  if (!isObject(row) || !Object.hasOwn(row, step)) return row;
  const value = next(row[step]);
  return value === row[step] ? row : { ...row, [step]: value };
}

function inside({ pointer, value }: Spot, step: string): Spot[] {
  if (step === '*')
    return Array.isArray(value)
      ? value.map((item, index) => ({ pointer: pointerTo(pointer, index), value: item }))
      : [];
  return isObject(value) && Object.hasOwn(value, step)
    ? [{ pointer: pointerTo(pointer, step), value: value[step] }]
    : [];
}
