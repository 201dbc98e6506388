/** An amount, as of bytes, that several holders share. */
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

  /** @param amount negative where it is given back. */
  add(amount: number): void {
    this.#used += amount;
  }
}
