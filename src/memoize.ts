/** Computes `compute` once for each argument and keeps the result for as long as the argument lives. */
export function memoize<A extends object, T>(compute: (argument: A) => T): (argument: A) => T {
  const results = new WeakMap<A, { readonly result: T }>();
  return (argument) => {
    const known = results.get(argument);
    if (known) return known.result;
    const result = compute(argument);
    results.set(argument, { result });
    return result;
  };
}

/** Computes `compute` when it is first called, and keeps the result. */
export function once<T>(compute: () => T): () => T {
  let known: { readonly result: T } | undefined;
  return () => {
    known ??= { result: compute() };
    return known.result;
  };
}

/**
 * A map with a bound. When it is full, it is emptied: simpler than evicting the oldest entry, and as good where the
 * same few keys come over and over.
 */
export class BoundedCache<K, V> {
  readonly #maxEntries: number;
  readonly #entries = new Map<K, V>();

  constructor(maxEntries: number) {
    this.#maxEntries = maxEntries;
  }

  get(key: K): V | undefined {
    return this.#entries.get(key);
  }

  set(key: K, value: V): void {
    if (this.#entries.size >= this.#maxEntries && !this.#entries.has(key)) this.#entries.clear();
    this.#entries.set(key, value);
  }
}
