import { isObject, type JsonObject } from '../../json.ts';
import { localPointer, pointerTo, tokensOf, valueAt } from '../../json-pointer.ts';
import { once } from '../../memoize.ts';
import type { BodyMaker, Made } from '../bodies/body-maker.ts';
import type { ContractFinding } from '../contract-error.ts';
import type { FindingKind } from '../finding-kinds.ts';
import type { SchemaViolation } from '../violations.ts';
import { DescribedBodies } from './described-bodies.ts';
import { type Example, Examples } from './examples.ts';
import { FILES, type SourceFiles } from './source-files.ts';

/** A value of the document and the pointer to it. */
export interface Located<T = unknown> {
  readonly value: T;
  readonly pointer: string;
}

type Member = readonly [key: string, Located<JsonObject>];

export interface ReadingOptions {
  /** Makes bodies from schemas; absent where examples are known to be valid, and there is one for every answer. */
  readonly createMaker?: (document: object) => BodyMaker;
  /** Reads the files that the document refers to; absent where it has no folder. */
  readonly source?: SourceFiles | undefined;
}

/** One reading of a document: follows references, keeps track of pointers and collects findings. */
export class Reading {
  readonly document: JsonObject;
  readonly source: SourceFiles | undefined;
  readonly examples: Examples;
  readonly bodies = new DescribedBodies();
  readonly findings: ContractFinding[] = [];
  /** Whether examples are known to be valid. */
  readonly isChecked: boolean;
  readonly #maker: () => BodyMaker | undefined;
  readonly #reported = new Set<string>();
  #parts: (() => unknown)[] = [];
  #isFinished = false;

  constructor(document: JsonObject, { source, createMaker }: ReadingOptions = {}) {
    this.document = document;
    this.source = source;
    this.examples = new Examples(document);
    this.#maker = once(() => createMaker?.(document));
    this.isChecked = createMaker === undefined;
  }

  /** How an example breaks its schema. */
  violationsOf(example: Example): readonly SchemaViolation[] {
    return this.isChecked ? [] : this.examples.violationsOf(example);
  }

  /** A value that is valid by the schema at a pointer. */
  make(schema: string): Made {
    const maker = this.#maker();
    if (!maker)
      throw new Error(`${schema}: expected an example, as this contract is read without making bodies.`);
    return maker.make(schema);
  }

  /** A part that is read when it is first used; or by {@link finish}, so that it is checked. */
  lazily<T>(read: () => T): () => T {
    const part = once(read);
    this.#parts.push(part);
    return part;
  }

  /**
   * Ends the reading. What is read later reports nothing.
   *
   * @param isWhole whether all is read and its examples are checked.
   * @param makesBodies whether bodies are made, too, to see which schemas have none.
   */
  finish(isWhole: boolean, makesBodies = false): void {
    // Parts have parts.
    if (isWhole) for (const part of this.#parts) part();
    if (isWhole) this.examples.check((...finding) => this.report(...finding));
    if (makesBodies) this.bodies.check(this);
    this.#parts = [];
    this.#isFinished = true;
    Object.freeze(this.findings);
  }

  /** Adds a finding. Parts that several operations share are read several times, but reported once. */
  report(kind: FindingKind, pointer: string, detail: string): void {
    if (this.#isFinished) return;
    const finding = `${pointer}: ${detail}`;
    if (this.#reported.has(finding)) return;
    this.#reported.add(finding);
    this.findings.push({ kind, detail, ...locate(pointer) });
  }

  /** A member, its reference followed; `undefined` when absent. */
  member(parent: Located<JsonObject>, key: string): Located | undefined {
    if (!Object.hasOwn(parent.value, key)) return undefined;
    return this.follow({ value: parent.value[key], pointer: pointerTo(parent.pointer, key) });
  }

  /** A member that has to be an object, its reference followed; `undefined` when absent. */
  object(parent: Located<JsonObject>, key: string): Located<JsonObject> | undefined {
    const member = this.member(parent, key);
    return member && this.asObject(member);
  }

  /** The members of a map such as headers or examples. Each has to be an object. */
  objects(parent: Located<JsonObject> | undefined): readonly Member[] {
    return parent ? this.#objects(parent, Object.keys(parent.value)) : [];
  }

  /** Like {@link objects}, for a map that may have specification extensions (`x-…`) among its members. */
  objectsBesideExtensions(parent: Located<JsonObject> | undefined): readonly Member[] {
    if (!parent) return [];
    return this.#objects(
      parent,
      Object.keys(parent.value).filter((key) => !key.startsWith('x-')),
    );
  }

  #objects(parent: Located<JsonObject>, keys: readonly string[]): readonly Member[] {
    return keys.flatMap((key): Member[] => {
      const member = this.object(parent, key);
      return member ? [[key, member]] : [];
    });
  }

  /** A member that is an object, its reference not followed. */
  own(parent: Located<JsonObject> | undefined, key: string): Located<JsonObject> | undefined {
    const value = parent?.value[key];
    return parent && isObject(value) ? { value, pointer: pointerTo(parent.pointer, key) } : undefined;
  }

  /** A member that has to be a string; `''` when absent. */
  text(parent: Located<JsonObject>, key: string): string {
    const value = parent.value[key];
    if (value === undefined) return '';
    if (typeof value === 'string') return value;
    this.report('wrong-type', pointerTo(parent.pointer, key), `expected a string, found ${kindOf(value)}.`);
    return '';
  }

  asObject(located: Located): Located<JsonObject> | undefined {
    const { value, pointer } = located;
    if (isObject(value)) return { value, pointer };
    // A reference that leads nowhere has been reported before.
    if (value !== undefined)
      this.report('wrong-type', pointer, `expected an object, found ${kindOf(value)}.`);
    return undefined;
  }

  /** The value that a reference leads to, through other references; any other value as it is. */
  follow(located: Located): Located {
    if (!isObject(located.value) || located.value.$ref === undefined) return located;
    const seen = new Set<string>();
    let current = located;
    let beside: JsonObject = {};
    while (isObject(current.value) && typeof current.value.$ref === 'string') {
      const { $ref, summary, description } = current.value;
      const pointer = localPointer($ref);
      if (pointer === undefined || seen.has(pointer)) return { value: undefined, pointer: located.pointer };
      seen.add(pointer);
      // These two override what the reference leads to (OpenAPI 3.1, Reference Object).
      beside = {
        ...(summary !== undefined && { summary }),
        ...(description !== undefined && { description }),
        ...beside,
      };
      current = { value: valueAt(this.document, pointer), pointer };
    }
    if (!isObject(current.value) || Object.keys(beside).length === 0) return current;
    return { value: { ...current.value, ...beside }, pointer: current.pointer };
  }
}

/** The pointer of a finding in the file that it is in, where that is not the document's own. */
function locate(pointer: string): Pick<ContractFinding, 'pointer' | 'file'> {
  const [, first, file, ...rest] = pointer.split('/');
  if (first !== FILES || file === undefined) return { pointer };
  return { pointer: ['', ...rest].join('/'), file: tokensOf(`/${file}`)[0] ?? file };
}

/** The kind of a JSON value, as a message names it: `an array`, `a string`. */
export function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
