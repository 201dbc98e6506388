import { decodeLeniently } from '../text/printable.ts';

/**
 * Reads the cookies of a `Cookie` header by name, percent-decoded; what has no `=` is none. Of cookies of the same name,
 * the first counts: clients send the one with the most specific path there (RFC 6265).
 */
export function readCookies(header = ''): ReadonlyMap<string, string> {
  const cookies = new Map<string, string>();
  for (const pair of header.split(';')) {
    const mark = pair.indexOf('=');
    const name = pair.slice(0, mark).trim();
    if (mark === -1 || cookies.has(name)) continue;
    cookies.set(name, decodeLeniently(pair.slice(mark + 1).trim()));
  }
  return cookies;
}
