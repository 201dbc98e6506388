import { TOP } from './maker.ts';
import { createSchemaGraph } from './schema-graph.ts';
import { createMaker } from './values.ts';
import { SpentError, startWork } from './work.ts';

/** Makes values for the schemas of one document. */
export interface BodyMaker {
  /** A value that is valid by the schema at a JSON pointer, the same every time; or why none was found. */
  make(pointer: string): Made;
}

/** A failure is a sentence for a person: what contradicts what, with a JSON pointer. */
export type Made = { readonly value: unknown } | { readonly failure: string };

/**
 * Makes values that are valid by the schemas of a document (JSON Schema 2020-12, the dialect of OpenAPI 3.1): examples
 * and defaults where they are valid, else values that keep every keyword. Keywords with a wrong value count as absent.
 * Each value has passed the validator.
 */
export function createBodyMaker(document: object): BodyMaker {
  const graph = createSchemaGraph(document);
  const made = new Map<string, Made>();
  return {
    make(pointer) {
      const known = made.get(pointer) ?? make(pointer);
      made.set(pointer, known);
      return known;
    },
  };

  function make(pointer: string): Made {
    const work = startWork();
    try {
      const [value] = createMaker(graph, work)
        .values([graph.at(pointer)], TOP)
        .at(0)
        .map((value) => ({ value }));
      return value ?? { failure: work.reason };
    } catch (cause) {
      if (cause instanceof SpentError) return { failure: work.reason };
      // Reading, making and checking recurse.
      if (cause instanceof RangeError)
        return { failure: `${pointer}: the schema has too many levels or branches` };
      throw cause;
    }
  }
}
