/** Time and chance, so that both can be simulated. Times are in milliseconds. */
export interface Clock {
  /** Since 1970. */
  now(): number;
  /** From 0 to 1. */
  random(): number;
  /** Calls back once, unless it is cancelled before. */
  after(delay: number, callback: () => void): Timer;
}

/** Something that will happen, unless it is cancelled. */
export interface Timer {
  cancel(): void;
}

export const realClock: Clock = {
  now: () => Date.now(),
  random: () => Math.random(),
  after(delay, callback) {
    const timer = setTimeout(callback, delay);
    return { cancel: () => clearTimeout(timer) };
  },
};
