import { isObject, type JsonObject } from '../../json.ts';
import { localPointer, pointerTo, valueAt } from '../../json-pointer.ts';
import type { ContractFinding } from '../contract-error.ts';

/** A value of the document and the pointer to it. */
export interface Located<T = unknown> {
  readonly value: T;
  readonly pointer: string;
}

type Member = readonly [key: string, Located<JsonObject>];

/** One reading of a document: follows references, keeps track of pointers and collects findings. */
export class Reading {
  readonly document: JsonObject;
  /** Whether examples are compared with their schemas. Not with schemas for which that never ends. */
  checksExamples: boolean;
  readonly findings: ContractFinding[] = [];
  readonly #reported = new Set<string>();
  readonly #visited = new Set<string>();

  constructor(document: JsonObject, { checksExamples = true } = {}) {
    this.document = document;
    this.checksExamples = checksExamples;
  }

  /** Adds a finding. Parts that several operations share are read several times, but reported once. */
  report(pointer: string, detail: string): void {
    const finding = `${pointer}: ${detail}`;
    if (this.#reported.has(finding)) return;
    this.#reported.add(finding);
    this.findings.push({ pointer, detail });
  }

  /** Whether this is the first call with the pointer: for checks that are too expensive to repeat. */
  isFirstVisit(pointer: string): boolean {
    const isFirst = !this.#visited.has(pointer);
    this.#visited.add(pointer);
    return isFirst;
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
    if (!parent) return [];
    return Object.keys(parent.value).flatMap((key): Member[] => {
      const member = this.object(parent, key);
      return member ? [[key, member]] : [];
    });
  }

  /** Like {@link objects}, for a map that may have specification extensions (`x-…`) among its members. */
  objectsBesideExtensions(parent: Located<JsonObject> | undefined): readonly Member[] {
    if (!parent) return [];
    const members = Object.entries(parent.value).filter(([key]) => !key.startsWith('x-'));
    return this.objects({ value: Object.fromEntries(members), pointer: parent.pointer });
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
    this.report(pointerTo(parent.pointer, key), `expected a string, found ${kindOf(value)}.`);
    return '';
  }

  asObject(located: Located): Located<JsonObject> | undefined {
    const { value, pointer } = located;
    if (isObject(value)) return { value, pointer };
    // A reference that leads nowhere is reported by checkReferences.
    if (value !== undefined) this.report(pointer, `expected an object, found ${kindOf(value)}.`);
    return undefined;
  }

  /** The value that a reference leads to, through other references; any other value as it is. */
  follow(located: Located): Located {
    const seen = new Set<string>();
    let current = located;
    let beside: JsonObject = {};
    while (isObject(current.value) && typeof current.value.$ref === 'string') {
      const { $ref, summary, description } = current.value;
      const pointer = localPointer(String($ref));
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

/** The kind of a JSON value, as a message names it: `an array`, `a string`. */
export function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
