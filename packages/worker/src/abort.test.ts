import { GlacierError } from "@glacier/core";
import { describe, expect, it } from "vitest";
import { abortable, reasonOf } from "./abort.ts";

describe("work that can be abandoned", () => {
  it("gives its value or its error, when nothing is aborted", async () => {
    const { signal } = new AbortController();
    await expect(abortable(Promise.resolve(7), signal)).resolves.toBe(7);
    await expect(abortable(Promise.reject(new Error("no")), signal)).rejects.toThrow("no");
  });

  it("rejects with the reason at once, and what becomes of it later is ignored", async () => {
    const controller = new AbortController();
    let failLate = (_error: Error): void => {};
    const work = new Promise<never>((_, reject) => (failLate = reject));
    const abandoned = abortable(work, controller.signal);
    const reason = new GlacierError("STEP_TIMEOUT", "Too slow.");
    controller.abort(reason);
    await expect(abandoned).rejects.toBe(reason);
    failLate(new Error("late"));
    await expect(abortable(Promise.resolve(7), controller.signal)).rejects.toBe(reason);
  });

  it("leaves no listener behind", async () => {
    const { signal } = new AbortController();
    let listeners = 0;
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    signal.addEventListener = (...args: Parameters<typeof add>) => (listeners++, add(...args));
    signal.removeEventListener = (...args: Parameters<typeof remove>) => (listeners--, remove(...args));
    await abortable(Promise.resolve(7), signal);
    await Promise.resolve();
    expect(listeners).toBe(0);
  });
});

describe("the reason of an abort", () => {
  it("is the error given, or else a cancellation", () => {
    const error = new GlacierError("STEP_TIMEOUT", "Too slow.");
    expect(reasonOf(AbortSignal.abort(error))).toBe(error);
    expect(reasonOf(AbortSignal.abort())).toMatchObject({ code: "RUN_CANCELLED" });
    expect(reasonOf(AbortSignal.abort("enough"))).toMatchObject({ code: "RUN_CANCELLED", cause: "enough" });
  });
});
