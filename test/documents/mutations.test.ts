import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ContractError, createMock } from '../../src/index.ts';
import { copyJson, isObject, type JsonObject } from '../../src/json.ts';
import { pointerTo, valueAt } from '../../src/json-pointer.ts';
import { installedDocuments } from './corpus.ts';
import { readDocument } from './document.ts';
import { type Mutation, mutate, mutation } from './mutations.ts';

const SEED = 20261126;
const RUNS = 60;
const MAX_MUTATIONS = 5;
const MAX_PATHS = 2;

/** What the other documents have is in these, too. */
const NAMES = [
  'own',
  'streams',
  'figma',
  'blockfrost',
  'petstore-3.0',
  'polymorphism-3.0',
  'schema-types-3.0',
  'security-3.0',
  'callbacks-3.0',
  'circular-paths-3.0',
  'train-travel-3.1',
  'schema-types-3.1',
  'schema-validation-local-3.1',
  'parameters-style-3.1',
];

const mutations = fc.array(mutation, { minLength: 1, maxLength: MAX_MUTATIONS });

describe('a document with mistakes is served, or refused with words', () => {
  it.each(NAMES)('%s', async (name) => {
    const document = partsOf(name);
    let served = 0;
    await fc.assert(
      fc.asyncProperty(mutations, fc.nat(), async (changes, paths) => {
        if (await useMutated(document, changes, paths)) served += 1;
      }),
      { seed: SEED, numRuns: RUNS },
    );
    // Few mistakes leave nothing to serve.
    expect(served).toBeGreaterThan(RUNS / 2);
  });
});

/** A document without prose and base paths: changes shall meet keywords, and requests operations. */
function partsOf(name: string): JsonObject {
  const listed = installedDocuments().find((candidate) => candidate.name === name);
  if (listed === undefined) throw new Error(`${name} is no installed document`);
  const { servers: _, tags: __, ...root } = readDocument(listed.file).root;
  return withoutProse(copyJson(root));
}

function withoutProse<T>(node: T): T {
  if (typeof node !== 'object' || node === null) return node;
  for (const [key, member] of Object.entries(node)) {
    const isProse = typeof member === 'string' && ['description', 'summary', 'title', 'url'].includes(key);
    if (isProse && !Array.isArray(node)) Reflect.deleteProperty(node, key);
    else withoutProse(member);
  }
  return node;
}

/** @returns whether the document with the changes was served. */
async function useMutated(document: JsonObject, changes: readonly Mutation[], first: number) {
  const mock = createOrNull(mutate(somePaths(document, first), changes));
  if (mock === null) return false;
  for (const { method, path } of mock.contract.operations) {
    if (!isSentByFetch(method)) continue;
    const url = `http://localhost${path.replaceAll(/\{[^{}]*\}/g, '1')}`;
    for (const authorization of ['', 'Bearer phx_all_access']) {
      const response = await mock.fetch(url, { method, headers: { authorization } });
      expect(response.status).toBeGreaterThanOrEqual(200);
    }
  }
  return true;
}

/** Whether `fetch` takes a method: a token (RFC 9110) that it does not forbid. */
function isSentByFetch(method: string): boolean {
  return /^[\w!#$%&'*+.^`|~-]+$/.test(method) && !/^(connect|trace|track)$/i.test(method);
}

/** A few paths of a document, with the components that they refer to: changes of the others would change nothing. */
function somePaths(document: JsonObject, first: number): JsonObject {
  const all = Object.entries(isObject(document.paths) ? document.paths : {});
  const begin = first % Math.max(1, all.length);
  const paths = Object.fromEntries(all.slice(begin, begin + MAX_PATHS));
  const { securitySchemes, ...others } = isObject(document.components) ? document.components : {};
  const components: Record<string, Record<string, unknown>> = {};
  const visit = (node: unknown): void => {
    for (const [, kind = '', name = ''] of JSON.stringify(node).matchAll(
      /"#\/components\/(\w+)\/([^"/]+)/g,
    )) {
      const component = valueAt(others, pointerTo('', kind, name));
      if (component === undefined || components[kind]?.[name] !== undefined) continue;
      components[kind] = { ...components[kind], [name]: component };
      visit(component);
    }
  };
  visit(paths);
  return { ...document, paths, components: { ...components, securitySchemes } };
}

function createOrNull(contract: JsonObject) {
  try {
    return createMock({ contract });
  } catch (cause) {
    if (!(cause instanceof ContractError)) throw cause;
    expect(cause.findings.length).toBeGreaterThan(0);
    for (const { pointer, detail } of cause.findings) {
      expect(pointer).toMatch(/^(\/|$)/);
      expect(detail).toMatch(/\w{3}/);
    }
    return null;
  }
}
