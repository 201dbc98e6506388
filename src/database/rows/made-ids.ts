const SERIES = { users: 1, events: 2, changeRequests: 3, approvals: 4 };

/** A UUID made from a number: the same one every time, so that answers can be compared. */
export function madeUuid(series: keyof typeof SERIES, number: number): string {
  const head = SERIES[series].toString(16).padStart(8, '0');
  return `${head}-0000-4000-8000-${number.toString(16).padStart(12, '0').slice(-12)}`;
}

/** The first one of a series that no row has. */
export function unusedUuid(series: keyof typeof SERIES, rows: readonly { readonly id: string }[]): string {
  const taken = new Set(rows.map(({ id }) => id));
  let number = 1;
  while (taken.has(madeUuid(series, number))) number += 1;
  return madeUuid(series, number);
}
