/** Numbers that look thrown, and are the same ones for the same seed (mulberry32). */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** From 0 up to 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  pick<Value>(values: readonly Value[]): Value {
    if (values.length === 0) throw new Error("There is nothing to pick from.");
    return values[this.below(values.length)] as Value;
  }

  /** Different ones, in the order that they have, at least one. */
  some<Value>(values: readonly Value[], most: number): Value[] {
    return this.exactly(values, 1 + this.below(Math.min(most, values.length)));
  }

  exactly<Value>(values: readonly Value[], count: number): Value[] {
    const places = new Set<number>();
    while (places.size < Math.min(count, values.length)) places.add(this.below(values.length));
    return values.filter((_, at) => places.has(at));
  }
}
