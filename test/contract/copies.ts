import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { load } from 'js-yaml';
import { createMock, type MockNames, type MockOptions } from '../../src/index.ts';
import { NOW } from '../mock/asking.ts';

export const CONTRACT_FILE = fileURLToPath(new URL('../../openapi.yaml', import.meta.url));
export const CONTRACT_TEXT = readFileSync(CONTRACT_FILE, 'utf8');

/** A parsed document that a test may change. */
// biome-ignore lint/suspicious/noExplicitAny: an OpenAPI document that has not been validated
export type Document = any;

/** openapi.yaml with a change. */
export function copyWith(change: (document: Document) => void): object {
  const document: Document = load(CONTRACT_TEXT);
  change(document);
  // YAML aliases share one object; a round trip through JSON makes copies.
  return JSON.parse(JSON.stringify(document));
}

/** A mock whose contract is openapi.yaml with a change. */
export function mockWith(change: (document: Document) => void, options: MockOptions<MockNames> = {}) {
  return createMock({ now: NOW, ...options, contract: copyWith(change) });
}
