import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { realClock } from "./clock.ts";

describe("the real clock", () => {
  beforeEach(() => void vi.useFakeTimers({ now: 1_000 }));
  afterEach(() => void vi.useRealTimers());

  it("tells the time, and calls back once", () => {
    const times: number[] = [];
    realClock.after(50, () => times.push(realClock.now()));
    vi.advanceTimersByTime(500);
    expect(times).toEqual([1_050]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("does not call back after it was cancelled", () => {
    const callback = vi.fn<() => void>();
    const timer = realClock.after(50, callback);
    timer.cancel();
    timer.cancel();
    expect(vi.getTimerCount()).toBe(0);
    vi.advanceTimersByTime(500);
    expect(callback).not.toHaveBeenCalled();
  });

  it("gives numbers from 0 to 1", () => {
    for (let count = 0; count < 100; count++) {
      const number = realClock.random();
      expect(number).toBeGreaterThanOrEqual(0);
      expect(number).toBeLessThan(1);
    }
  });
});
