import type { JsonObject } from '../../json.ts';
import { deriveUuid } from './made-ids.ts';
import type { CollectionName, Experiment } from './types.ts';

/** The status that the dates imply: draft until the start, running until the end (provider/posthog/README.md §9). */
export function experimentStatus({ start_date, end_date }: JsonObject): Experiment['status'] {
  if (start_date === null || start_date === undefined) return 'draft';
  return end_date === null || end_date === undefined ? 'running' : 'stopped';
}

/**
 * Fills in the derived fields of a row that has all its other fields.
 *
 * @param makeUuid makes a UUID that no event has.
 */
export function derive(
  collection: CollectionName,
  row: Record<string, unknown>,
  makeUuid: () => string,
): JsonObject {
  switch (collection) {
    case 'users':
      row.uuid ??= deriveUuid('users', Number(row.id));
      row.distinct_id ??= `distinct-id-of-user-${row.id}`;
      break;
    case 'experiments':
      row.status = experimentStatus(row);
      break;
    case 'events':
      row.uuid ??= makeUuid();
      break;
  }
  return row;
}

/** The row without the fields that changes of other fields affect, so that they can be derived again. */
export function withoutDerived(collection: CollectionName, row: JsonObject): JsonObject {
  if (collection !== 'experiments') return row;
  const { status: _, ...rest } = row;
  return rest;
}
