import type { Database } from '../../../database/collection.ts';
import type { ChangeRequest } from '../../../database/rows/types.ts';
import { formatInstant, type Instant, parseInstant } from '../../../database/time.ts';

/** Whether a change request still waits for something to happen. */
export function isOpen({ state }: Pick<ChangeRequest, 'state'>): boolean {
  return state === 'pending' || state === 'approved';
}

/** Nothing watches the clock, so requests expire when somebody looks at them. */
export function expireOverdue(database: Database, requests: readonly ChangeRequest[], now: Instant): void {
  for (const request of requests) {
    const isOverdue = (parseInstant(request.expires_at, now) ?? now) <= now;
    if (isOpen(request) && isOverdue) expire(database, request.id, now);
  }
}

export function expire(database: Database, id: string, now: Instant): void {
  database.changeRequests.update(
    { id },
    { state: 'expired', validation_status: 'expired', updated_at: formatInstant(now) },
  );
}
