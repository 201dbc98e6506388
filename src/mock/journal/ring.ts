import type { Budget } from '../budget.ts';
import type { KeptRecord } from './record.ts';

/** The newest records, as many as fit. */
export interface Ring {
  /** Oldest first. */
  records(): readonly KeptRecord[];
  push(record: KeptRecord): void;
  clear(): void;
  /** Makes it share a budget with other rings. */
  share(budget: Budget): void;
}

/** @param capacity the number of records. @param maxBytes of all of them. The newest one is always kept. */
export function createRing(capacity: number, maxBytes: number): Ring {
  let slots: (KeptRecord | undefined)[] = [];
  let oldest = 0;
  let count = 0;
  let bytes = 0;
  let shared: Budget | null = null;
  const add = (more: number): void => {
    bytes += more;
    shared?.add(more);
  };
  const dropOldest = (): void => {
    add(-(slots[oldest]?.bytes ?? 0));
    slots[oldest] = undefined;
    oldest = (oldest + 1) % capacity;
    count -= 1;
  };
  return {
    records: () => [...slots.slice(oldest), ...slots.slice(0, oldest)].filter((slot) => slot !== undefined),
    push: (record) => {
      const slot = (oldest + count) % capacity;
      const replaced = slots[slot]?.bytes ?? 0;
      slots[slot] = record;
      if (count < capacity) count += 1;
      else oldest = (oldest + 1) % capacity;
      add(record.bytes - replaced);
      while (count > 1 && (bytes > maxBytes || shared?.isExceeded)) dropOldest();
    },
    clear: () => {
      add(-bytes);
      slots = [];
      oldest = 0;
      count = 0;
    },
    share: (budget) => {
      shared?.add(-bytes);
      shared = budget;
      shared.add(bytes);
    },
  };
}
