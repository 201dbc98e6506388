import type { JsonObject } from '../../json.ts';
import { memoize } from '../../memoize.ts';

/** What an object or an array takes beside what it holds. */
const CONTAINER_BYTES = 48;
/** What a member of an object or an array takes beside its value. */
const MEMBER_BYTES = 8;
/** What the indexes take for a row. */
const ROW_BYTES = 100;

/**
 * The memory that JSON takes, by estimate and at least as many bytes as its text has in UTF-8. A text of two million
 * empty objects is short, and takes twenty times its length.
 */
export function estimateBytes(json: string): number {
  let bytes = json.length;
  for (let index = 0; index < json.length; index += 1) {
    const code = json.charCodeAt(index);
    if (code === COMMA) bytes += MEMBER_BYTES;
    else if (code === BRACE || code === BRACKET) bytes += CONTAINER_BYTES;
    else if (code > LAST_ASCII) bytes += 2;
  }
  return bytes;
}

const COMMA = 0x2c;
const BRACKET = 0x5b;
const BRACE = 0x7b;
const LAST_ASCII = 0x7f;

export function bytesOfRow(row: JsonObject): number {
  return ROW_BYTES + estimateBytes(JSON.stringify(row));
}

/** Once for each array: rows are not changed in place. */
export const bytesOfRows = memoize((rows: readonly JsonObject[]): number => {
  let bytes = 0;
  for (const row of rows) bytes += bytesOfRow(row);
  return bytes;
});
