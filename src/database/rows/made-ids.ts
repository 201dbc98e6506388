const SERIES = { users: 1, events: 2, changeRequests: 3, approvals: 4 };

type Series = keyof typeof SERIES;

/** Derives a UUID from a number. It is the same every time, so that answers can be compared. */
export function deriveUuid(series: Series, number: number): string {
  const head = SERIES[series].toString(16).padStart(8, '0');
  return `${head}-0000-4000-8000-${number.toString(16).padStart(12, '0').slice(-12)}`;
}

/** Makes the UUIDs of a series one after the other, skipping those that rows already have. */
export function createUuidMaker(series: Series, isTaken: (uuid: string) => boolean): () => string {
  let number = 0;
  return () => {
    let uuid: string;
    do {
      number += 1;
      uuid = deriveUuid(series, number);
    } while (isTaken(uuid));
    return uuid;
  };
}

/** The first UUID of a series that no row has. */
export function unusedUuid(series: Series, rows: readonly { readonly id: string }[]): string {
  const taken = new Set(rows.map(({ id }) => id));
  return createUuidMaker(series, (uuid) => taken.has(uuid))();
}
