/** Bytes that several holders share. */
export class Budget {
  readonly max: number;
  #used = 0;

  constructor(max: number) {
    this.max = max;
  }

  get used(): number {
    return this.#used;
  }

  get isExceeded(): boolean {
    return this.#used > this.max;
  }

  /** @param bytes negative where they are given back. */
  add(bytes: number): void {
    this.#used += bytes;
  }
}
