import type { JsonObject } from '../../json.ts';
import { isJson } from '../media-type.ts';
import { checkAt } from '../schema.ts';
import type { SchemaViolation } from '../violations.ts';

/** An example and what it has to be. */
export interface Example {
  readonly value: unknown;
  readonly pointer: string;
  /** JSON pointer of its schema; `undefined` where there is none. */
  readonly schema: string | undefined;
  /** `undefined` where it is a JSON value, as of a parameter. */
  readonly mediaType: string | undefined;
}

/** How examples break their schemas. Each is checked once, when that is first asked. */
export class Examples {
  readonly #document: object;
  /** By schema and value. */
  readonly #verdicts = new Map<string, readonly SchemaViolation[]>();
  readonly #all: Example[] = [];
  readonly #later: (() => void)[] = [];

  constructor(document: object) {
    this.#document = document;
  }

  add(example: Example): void {
    this.#all.push(example);
  }

  /** Adds the examples and the default of a schema; where it is, is asked for only if all are checked. */
  addOfSchema({ example, examples, default: preset }: JsonObject, locate: () => string): void {
    const listed = Array.isArray(examples) ? examples : [];
    if (example === undefined && preset === undefined && listed.length === 0) return;
    this.#later.push(() => {
      const schema = locate();
      const found: [at: string, value: unknown][] = [
        ['/example', example],
        ['/default', preset],
        ...listed.map((value: unknown, index): [string, unknown] => [`/examples/${index}`, value]),
      ];
      for (const [at, value] of found) {
        if (value !== undefined) this.add({ value, pointer: schema + at, schema, mediaType: undefined });
      }
    });
  }

  violationsOf({ value, pointer, schema, mediaType }: Example): readonly SchemaViolation[] {
    // Text in another format is not what a schema describes.
    if (
      schema === undefined ||
      (mediaType !== undefined && !isJson(mediaType) && typeof value === 'string')
    ) {
      return NONE;
    }
    const key = `${schema} ${pointer}`;
    const known = this.#verdicts.get(key);
    if (known) return known;
    const found = checkAt(this.#document, schema)(value);
    this.#verdicts.set(key, found);
    return found;
  }

  /** Reports all that break their schemas. */
  check(report: (kind: 'invalid-example', pointer: string, detail: string) => void): void {
    for (const add of this.#later) add();
    for (const example of this.#all) {
      for (const { pointer, detail } of this.violationsOf(example)) {
        report('invalid-example', example.pointer + pointer, `the example breaks its schema: ${detail}`);
      }
    }
  }
}

const NONE: readonly SchemaViolation[] = Object.freeze([]);
