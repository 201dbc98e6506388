const SERIES = { users: 1, events: 2, changeRequests: 3, approvals: 4 };

/** Of the number in a UUID. */
const DIGITS = 12;

type Series = keyof typeof SERIES;

/** Derives a UUID from a number. It is the same every time, so that answers can be compared. */
export function deriveUuid(series: Series, number: number): string {
  const head = SERIES[series].toString(16).padStart(8, '0');
  return `${head}-0000-4000-8000-${number.toString(16).padStart(DIGITS, '0').slice(-DIGITS)}`;
}

/** Makes the UUIDs of a series one after the other, skipping those that rows already have. */
export function createUuidMaker(series: Series, isTaken: (uuid: string) => boolean, last = 0): () => string {
  let number = last;
  return () => {
    let uuid: string;
    do {
      number += 1;
      uuid = deriveUuid(series, number);
    } while (isTaken(uuid));
    return uuid;
  };
}

/** A UUID of a series after all that rows have, so that the one of a row that is gone is not given to another. */
export function nextUuid(series: Series, rows: Iterable<{ readonly id: string }>): string {
  const head = deriveUuid(series, 0).slice(0, -DIGITS);
  const taken = new Set<string>();
  let last = 0;
  for (const { id } of rows) {
    taken.add(id);
    if (id.startsWith(head)) last = Math.max(last, Number.parseInt(id.slice(-DIGITS), 16) || 0);
  }
  return createUuidMaker(series, (uuid) => taken.has(uuid), last)();
}
