/** A function that computes its answer once for each argument, for as long as the argument lives. */
export function remembered<A extends object, T>(compute: (argument: A) => T): (argument: A) => T {
  const answers = new WeakMap<A, { readonly answer: T }>();
  return (argument) => {
    const known = answers.get(argument);
    if (known) return known.answer;
    const answer = compute(argument);
    answers.set(argument, { answer });
    return answer;
  };
}

/**
 * Answers by key, so many of them; when it is full, it forgets them all. That is simpler than forgetting the
 * oldest, and as good where the same few keys come over and over.
 */
export class Memory<K, V> {
  readonly #limit: number;
  readonly #values = new Map<K, V>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  get(key: K): V | undefined {
    return this.#values.get(key);
  }

  set(key: K, value: V): void {
    if (this.#values.size >= this.#limit && !this.#values.has(key)) this.#values.clear();
    this.#values.set(key, value);
  }
}
