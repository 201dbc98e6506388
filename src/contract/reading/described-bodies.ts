import { isObject } from '../../json.ts';
import { localPointer, valueAt } from '../../json-pointer.ts';
import type { Made } from '../bodies/body-maker.ts';
import type { Example } from './examples.ts';

/** Schemas for which bodies are made to see whether that can be done. */
const MAX_MADE = 5_000;
/** Schemas without a body after which no more are looked for: finding none takes longest. */
const MAX_REPORTED = 50;

/** What is known while a document is read. */
interface Reader {
  readonly document: object;
  violationsOf(example: Example): readonly unknown[];
  make(schema: string): Made;
  report(kind: 'unsatisfiable-schema', pointer: string, detail: string): void;
}

/** Bodies that a document describes: whether each has a value that can be sent. */
export class DescribedBodies {
  /** Examples by JSON pointer of the schema. */
  readonly #examples = new Map<string, readonly Example[]>();

  /** @param schema a JSON pointer. */
  add(schema: string, examples: readonly Example[]): void {
    this.#examples.set(schema, examples);
  }

  /** Reports the schemas that neither an example nor a made value fits. */
  check(reading: Reader): void {
    const tried = new Set<string>();
    let reported = 0;
    for (const [schema, examples] of this.#examples) {
      if (tried.size >= MAX_MADE || reported >= MAX_REPORTED) return;
      if (examples.some((example) => reading.violationsOf(example).length === 0)) continue;
      const pointer = followed(reading.document, schema);
      if (tried.has(pointer)) continue;
      tried.add(pointer);
      const made = reading.make(pointer);
      if ('value' in made) continue;
      reported += 1;
      reading.report('unsatisfiable-schema', pointer, `no body was found for this schema: ${made.failure}.`);
    }
  }
}

/** The schema that another one only refers to, as many responses do. */
function followed(document: object, pointer: string): string {
  const seen = new Set<string>();
  let at = pointer;
  while (!seen.has(at)) {
    seen.add(at);
    const schema = valueAt(document, at);
    if (!isObject(schema) || typeof schema.$ref !== 'string' || Object.keys(schema).length > 1) return at;
    at = localPointer(schema.$ref) ?? at;
  }
  return at;
}
