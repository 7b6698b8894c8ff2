import type { Clock, Timer } from "../src/clock.ts";

/** Time that passes only when nothing else is left to do, and chance from a seed. The same seed gives the same run. */
export class FakeClock implements Clock {
  readonly #timers = new Set<{ readonly at: number; readonly callback: () => void }>();
  #now = 0;
  #state: number;

  constructor(seed = 1) {
    this.#state = seed;
  }

  now(): number {
    return this.#now;
  }

  /** Mulberry32. https://gist.github.com/tommyettinger/46a874533244883189143505d203312c */
  random(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  after(delay: number, callback: () => void): Timer {
    const timer = { at: this.#now + delay, callback };
    this.#timers.add(timer);
    return { cancel: () => this.#timers.delete(timer) };
  }

  /** How many timers are set and not cancelled. */
  get pending(): number {
    return this.#timers.size;
  }

  /**
   * Lets time pass until the promise is settled.
   * @throws when it can't be any more, since nothing is left that could happen: a hang
   */
  async until<Value>(promise: Promise<Value>): Promise<Value> {
    let isOpen = true;
    const close = (): void => void (isOpen = false);
    promise.then(close, close);
    for (;;) {
      await everythingElse();
      if (!isOpen) return promise;
      if (!this.#next()) throw new Error(`Nothing can happen any more at ${this.#now} ms: it hangs.`);
    }
  }

  /** Lets time pass until no timer is left. */
  async untilQuiet(): Promise<void> {
    do await everythingElse();
    while (this.#next());
  }

  /** Timers of the same moment go off in the order in which they were set. */
  #next(): boolean {
    let first: { readonly at: number; readonly callback: () => void } | undefined;
    for (const timer of this.#timers) if (first === undefined || timer.at < first.at) first = timer;
    if (first === undefined) return false;
    this.#timers.delete(first);
    this.#now = first.at;
    first.callback();
    return true;
  }
}

/** Resolves when all that is waiting for resolved promises has been done. */
const everythingElse = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
