import type { JsonObject } from '../../json.ts';
import { madeUuid } from './made-ids.ts';
import type { CollectionName, Experiment } from './types.ts';

/** Draft until it starts, running until it ends (provider/posthog/README.md §9). */
export function experimentStatus({ start_date, end_date }: JsonObject): Experiment['status'] {
  if (start_date === null || start_date === undefined) return 'draft';
  return end_date === null || end_date === undefined ? 'running' : 'stopped';
}

/** Fills what follows from other fields of a row. `makeUuid` makes one that no event has. */
export function withDerived(collection: CollectionName, row: JsonObject, makeUuid: () => string): JsonObject {
  switch (collection) {
    case 'users':
      return {
        ...row,
        uuid: row.uuid ?? madeUuid('users', Number(row.id)),
        distinct_id: row.distinct_id ?? `distinct-id-of-user-${row.id}`,
      };
    case 'experiments':
      return { ...row, status: experimentStatus(row) };
    case 'events':
      return { ...row, uuid: row.uuid ?? makeUuid() };
    default:
      return row;
  }
}

/** The row without what follows from fields that may change, so that it can follow again. */
export function withoutDerived(collection: CollectionName, row: JsonObject): JsonObject {
  if (collection !== 'experiments') return row;
  const { status: _, ...rest } = row;
  return rest;
}
