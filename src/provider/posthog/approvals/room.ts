import type { Database } from '../../../database/collection.ts';
import { bytesOfRow } from '../../../database/rows/row-bytes.ts';
import type { ChangeRequest } from '../../../database/rows/types.ts';
import { memoize } from '../../../memoize.ts';
import { isOpen } from './rules.ts';

/** Change requests of all projects; fixtures may have more. */
export const MAX_CHANGE_REQUESTS = 500;
/** What they may take, by estimate. */
export const MAX_CHANGE_REQUEST_BYTES = 4 * 1_048_576;

const bytesOf = memoize(bytesOfRow);

/**
 * Makes room for one more change request: the oldest that are decided go, then the oldest that wait. A change request
 * that waits for a decision that nobody makes must not keep the gate from answering.
 */
export function makeRoom(database: Database, requests: readonly ChangeRequest[]): void {
  // What fixtures have beyond the bounds stays.
  const maxCount = Math.max(MAX_CHANGE_REQUESTS, requests.length);
  let count = requests.length + 1;
  let bytes = requests.reduce((total, request) => total + bytesOf(request), 0);
  const maxBytes = MAX_CHANGE_REQUEST_BYTES;
  if (count <= maxCount && bytes <= maxBytes) return;
  const leaving = new Set<string>();
  const leavable = [...requests.filter((request) => !isOpen(request)), ...requests.filter(isOpen)];
  for (const request of leavable) {
    if (count <= maxCount && bytes <= maxBytes) break;
    leaving.add(request.id);
    count -= 1;
    bytes -= bytesOf(request);
  }
  database.changeRequests.delete(({ id }) => leaving.has(id));
}
