import { equalJson, type JsonObject } from '../json.ts';
import { memoize } from '../memoize.ts';
import { byCollection, identityOf, type Model, type Models } from './rows/models.ts';
import { bytesOfRow } from './rows/row-bytes.ts';
import { COLLECTIONS } from './rows/types.ts';
import type { Seed } from './seed.ts';
import type { Tables } from './table.ts';

/** Rows in which those that a store has already, and that are the same, are its own objects. */
export function shareRows(models: Models, rows: Seed, tables: Tables): Seed {
  return byCollection((collection) => {
    const own = tables[collection];
    const shared = rows[collection].map((row) => {
      const known = own.lookup(identityOf(models[collection], row));
      return known !== undefined && equalJson(known, row) ? known : row;
    });
    const all = own.rows();
    const isSame = shared.length === all.length && shared.every((row, index) => row === all[index]);
    return isSame ? all : shared;
  });
}

/** The memory that rows take beside those that a store starts with, in bytes by estimate. */
export function bytesBeside(models: Models, rows: Seed, start: Seed): number {
  let bytes = 0;
  for (const collection of COLLECTIONS) {
    if (rows[collection] === start[collection]) continue;
    const first = byIdentity(models[collection])(start[collection]);
    for (const row of rows[collection]) {
      bytes += bytesOfChanges(row, first.get(identityOf(models[collection], row)));
    }
  }
  return bytes;
}

const byIdentity = memoize((model: Model) =>
  memoize(
    (rows: readonly JsonObject[]): ReadonlyMap<unknown, JsonObject> =>
      new Map(rows.map((row) => [identityOf(model, row), row])),
  ),
);

/** Of the members that are not the same objects, as resolved times are. */
function bytesOfChanges(row: JsonObject, first: JsonObject | undefined): number {
  if (first === undefined) return bytesOfRow(row);
  if (row === first) return 0;
  return bytesOfRow(Object.fromEntries(Object.entries(row).filter(([name, value]) => value !== first[name])));
}
