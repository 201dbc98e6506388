import { pointerTo } from '../json-pointer.ts';
import { cut } from '../text/printable.ts';
import { Secrets } from '../text/secrets.ts';
import type { DriftFinding } from './finding.ts';

/** Makes a text that a server sent fit for a report: without the key, which the server may repeat, and not too long. */
export type Hide = (text: string) => string;

/** Of one text in a report: names can be as long as a server likes. */
const MAX_TEXT_LENGTH = 500;

/** @param key `null`: none is sent. */
export function createHide(key: string | null): Hide {
  const secrets = new Secrets(() => (key === null ? [] : secretsOfKey(key)));
  return (text) =>
    text.length > MAX_TEXT_LENGTH
      ? `${secrets.hideStart(text.slice(0, MAX_TEXT_LENGTH))}…`
      : secrets.hide(text);
}

/**
 * A finding without the key. Only names and pointers repeat what a server sent: the other words are those of the mock
 * and of the contract, which a short key may happen to equal.
 */
export function hideInFinding(finding: DriftFinding, hide: Hide): DriftFinding {
  const { name, pointer, expected, found } = finding;
  return {
    ...finding,
    ...(name !== undefined && { name: hide(name) }),
    ...(pointer !== undefined && { pointer: hide(pointer) }),
    expected: cut(expected, MAX_TEXT_LENGTH),
    found: cut(found, MAX_TEXT_LENGTH),
  };
}

/** A URL without the key; its protocol is no secret. */
export function hideInUrl(url: string, hide: Hide): string {
  const [, protocol = '', rest = ''] = /^(https?:\/\/)?(.*)$/s.exec(url) ?? [];
  return protocol + hide(rest);
}

/** All texts that would give a key away. */
function secretsOfKey(key: string): readonly string[] {
  const password = key.slice(key.indexOf(':') + 1);
  const inPointer = pointerTo('', key).slice(1);
  return [key, encodeURIComponent(key), inPointer, password].filter((text) => text !== '');
}
