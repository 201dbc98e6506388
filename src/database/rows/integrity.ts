import type { JsonObject } from '../../json.ts';
import { pointerTo } from '../../json-pointer.ts';
import { shown, shownNames } from '../../text/shown.ts';
import { identityOf, type Model, type Models } from './models.ts';
import { placesAt, valuesAt } from './paths.ts';
import { MAX_FINDINGS, type RowFinding } from './schema-check.ts';
import type { CollectionName } from './types.ts';

/** Whether a collection has a row with an identity. */
export type HasRow = (collection: CollectionName, identity: unknown) => boolean;

/** A reference to a row that does not exist. */
export interface MissingReference {
  /** JSON pointer (RFC 6901) into the row that refers. */
  readonly pointer: string;
  readonly collection: CollectionName;
  readonly identity: unknown;
}

const NONE: readonly MissingReference[] = [];

/** Finds the references of a row to rows that do not exist. */
export function findMissing(model: Model, row: JsonObject, has: HasRow): MissingReference[] {
  return model.references.flatMap(({ path, collection }) => {
    if (valuesAt(row, path).every((value) => has(collection, value))) return NONE;
    return placesAt(row, path)
      .filter(({ value }) => !has(collection, value))
      .slice(0, MAX_FINDINGS)
      .map(({ pointer, value }) => ({ pointer, collection, identity: value }));
  });
}

export function explainMissing({ pointer, collection, identity }: MissingReference): RowFinding {
  return { pointer, detail: `there is no row of ${collection} with the id ${shown(identity)}` };
}

/**
 * Finds rows with the identity of an earlier row. Pointers are into the array.
 * @param limit how many are listed at most.
 */
export function findDuplicates(
  model: Model,
  rows: readonly JsonObject[],
  limit: number,
): (RowFinding & { row: number })[] {
  const seen = new Map<unknown, number>();
  const findings: (RowFinding & { row: number })[] = [];
  for (const [row, content] of rows.entries()) {
    const identity = identityOf(model, content);
    const earlier = seen.get(identity);
    if (identity === undefined) continue;
    if (earlier === undefined) seen.set(identity, row);
    else findings.push({ row, ...explainDuplicate(model, `row ${earlier}`, `/${row}`) });
    if (findings.length >= limit) break;
  }
  return findings;
}

/** Does not show the identity itself: it may be an API key. */
export function explainDuplicate(model: Model, other: string, base: string): RowFinding {
  const [field = '', ...more] = model.identity;
  return {
    pointer: more.length === 0 ? pointerTo(base, field) : base,
    detail: `${other} has the same ${shownNames(model.identity)}`,
  };
}

/** Finds references to rows that are about to go: one sentence for each path with such references. */
export function findReferrers(
  models: Models,
  collection: CollectionName,
  gone: ReadonlySet<unknown>,
  rowsOf: (collection: CollectionName) => readonly JsonObject[],
): string[] {
  if (gone.size === 0) return [];
  const findings: string[] = [];
  for (const model of Object.values(models)) {
    for (const { path } of model.references.filter((reference) => reference.collection === collection)) {
      const referring = rowsOf(model.collection)
        .flatMap((row) => valuesAt(row, path))
        .filter((value) => gone.has(value));
      if (referring.length > 0) {
        const rows = referring.length === 1 ? 'a row' : `${referring.length} rows`;
        findings.push(
          `${rows} of ${model.collection} would still refer to ${shown(referring[0])} in "${path}"; change or delete them first`,
        );
      }
    }
  }
  return findings;
}
