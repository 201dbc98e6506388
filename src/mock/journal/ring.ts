import { Budget } from '../budget.ts';
import type { KeptRecord } from './record.ts';

/** The newest records, as many as fit. */
export interface Ring {
  /** Oldest first. */
  records(): readonly KeptRecord[];
  push(record: KeptRecord): void;
  clear(): void;
  /** Makes it share a budget with other rings. */
  share(budget: RingBudget): void;
}

/** A ring as others see it that share its budget. */
interface Sharer {
  readonly bytes: number;
  /** Drops the older records, a quarter of them and at least one; the newest one is kept. */
  shrink(): void;
}

/** What rings share. When it is exceeded, the largest of them drops its oldest records. */
export class RingBudget extends Budget {
  readonly #sharers = new Set<Sharer>();

  join(ring: Sharer): void {
    this.#sharers.add(ring);
  }

  leave(ring: Sharer): void {
    this.#sharers.delete(ring);
  }

  /** Shrinks rings until they fit, or have one record each. */
  relieve(): void {
    while (this.isExceeded) {
      const before = this.used;
      let largest: Sharer | undefined;
      for (const ring of this.#sharers) if (!largest || ring.bytes > largest.bytes) largest = ring;
      largest?.shrink();
      if (this.used === before) return;
    }
  }
}

/** @param capacity the number of records. @param maxBytes of all of them. The newest one is always kept. */
export function createRing(capacity: number, maxBytes: number): Ring {
  let slots: (KeptRecord | undefined)[] = [];
  let oldest = 0;
  let count = 0;
  let bytes = 0;
  let shared: RingBudget | null = null;
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
  const sharer: Sharer = {
    get bytes() {
      return bytes;
    },
    shrink: () => {
      for (let drop = Math.ceil(count / 4); drop > 0 && count > 1; drop -= 1) dropOldest();
    },
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
      while (count > 1 && bytes > maxBytes) dropOldest();
      if (!shared) return;
      if (count === 1) shared.join(sharer);
      if (shared.isExceeded) shared.relieve();
    },
    clear: () => {
      add(-bytes);
      slots = [];
      oldest = 0;
      count = 0;
      shared?.leave(sharer);
    },
    share: (budget) => {
      shared?.add(-bytes);
      shared?.leave(sharer);
      shared = budget;
      shared.add(bytes);
      if (count > 0) shared.join(sharer);
    },
  };
}
