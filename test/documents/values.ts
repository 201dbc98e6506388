import { sample } from 'openapi-sampler';
import { isObject, type JsonObject } from '../../src/json.ts';
import type { OpenApiDocument, Place } from './document.ts';
import type { Judge } from './judge.ts';

/** A value for a parameter or a body, and what ajv has against it. */
export interface Made {
  readonly value: unknown;
  readonly problem: string | null;
}

/** A value for a Parameter or Media Type Object: its example, else one made from the schema; the first that is valid. */
export function makeValue(document: OpenApiDocument, judge: Judge, owner: JsonObject, file: string): Made {
  const schema: Place = { node: owner.schema ?? true, file };
  const candidates = [...examplesOf(document, owner, file), ...sampled(document, schema)];
  const made = candidates.map((value) => ({ value, problem: judge.check(schema, value, 'request') }));
  return made.find(({ problem }) => problem === null) ?? made[0] ?? { value: 'value', problem: null };
}

function examplesOf(document: OpenApiDocument, owner: JsonObject, file: string): readonly unknown[] {
  const named = Object.values(isObject(owner.examples) ? owner.examples : {}).flatMap((example) => {
    const { node } = document.follow(example, file);
    return isObject(node) && node.value !== undefined ? [node.value] : [];
  });
  return owner.example === undefined ? named : [owner.example, ...named];
}

function sampled(document: OpenApiDocument, { node, file }: Place): readonly unknown[] {
  if (!isObject(node)) return [];
  return [false, true].flatMap((skipNonRequired) => {
    try {
      const options = { quiet: true, enablePatterns: true, skipReadOnly: true, skipNonRequired };
      const root = file === document.file ? document.root : {};
      return [sample(node, options, root)];
    } catch {
      // The sampler cannot follow every reference.
      return [];
    }
  });
}
