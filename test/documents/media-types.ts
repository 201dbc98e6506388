import type { JsonObject } from '../../src/json.ts';

/** A media type without parameters, in lower case. */
export function bare(mediaType: string): string {
  return (mediaType.split(';')[0] ?? '').trim().toLowerCase();
}

export function isJson(mediaType: string): boolean {
  return /[/+]json$/.test(bare(mediaType));
}

export function isXml(mediaType: string): boolean {
  return /[/+]xml$/.test(bare(mediaType));
}

/** Whether a body has a JSON value in each line. */
export function isJsonLines(mediaType: string): boolean {
  return /^application\/(jsonl|(x-)?ndjson)$/.test(bare(mediaType));
}

/** Whether a body is a text that a schema can say something about. */
export function isText(mediaType: string): boolean {
  return bare(mediaType) === 'text/plain' || bare(mediaType) === 'text/html';
}

/** The Media Type Object for a `Content-Type`: the same, else a range that it is in. */
export function findMediaType(content: JsonObject, contentType: string | undefined): unknown {
  if (contentType === undefined) return undefined;
  const given = bare(contentType);
  const ranges = [given, `${given.split('/')[0]}/*`, '*/*', '*'];
  for (const range of ranges) {
    const key = Object.keys(content).find((candidate) => bare(candidate) === range);
    if (key !== undefined) return content[key];
  }
  return undefined;
}
