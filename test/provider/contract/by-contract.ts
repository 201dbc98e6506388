import { createMock, type MockNames, type MockOptions } from '../../../src/index.ts';

/** What an OpenAPI document has as `paths`, loosely. */
type Paths = Readonly<Record<string, object>>;

/** A document of an API that is not PostHog's. */
export function documentOf(paths: Paths, more: object = {}): object {
  return { openapi: '3.1.0', info: { title: 'Things', version: '1.0.0' }, paths, ...more };
}

/** A mock of such a document, by its contract alone. */
export function mockOf(paths: Paths, more: object = {}, options: MockOptions<MockNames> = {}) {
  return createMock({ ...options, contract: documentOf(paths, more) });
}

/** A response with an example of each media type. */
export function response(examples: Readonly<Record<string, unknown>> = {}): object {
  const content = Object.entries(examples).map(([type, example]) => [type, { example }]);
  return { description: 'An answer.', content: Object.fromEntries(content) };
}

export const JSON_TYPE = 'application/json';
export const PROBLEM_TYPE = 'application/problem+json';
