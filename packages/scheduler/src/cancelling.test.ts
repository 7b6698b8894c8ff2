import type { Outcome } from "@glacier/core";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FakeClock } from "../test/fake-clock.ts";
import { chain, fakeDag, nameOf } from "../test/fake-dag.ts";
import { failed, failedForGood, succeeded } from "../test/fake-executor.ts";
import { answers, run } from "../test/run.ts";
import { schedule } from "./schedule.ts";

/** Takes ten seconds, and ends as it is told when its signal is aborted before. */
const taking =
  (clock: FakeClock, onAbort: Outcome) =>
  (_: unknown, { signal }: { signal: AbortSignal }): Promise<Outcome> =>
    new Promise((resolve) => {
      const timer = clock.after(10_000, () => resolve(succeeded));
      signal.addEventListener("abort", () => {
        timer.cancel();
        resolve(onAbort);
      });
    });

const cancelledFirst = { status: "skipped", reason: "The run was cancelled before it started." };

describe("a run that is cancelled", () => {
  it("before it starts, starts nothing", async () => {
    const submit = vi.fn<() => Promise<Outcome>>();
    const { status, steps, events } = await run(chain(3), submit, { signal: AbortSignal.abort() });
    expect(submit).not.toHaveBeenCalled();
    expect(status).toBe("cancelled");
    expect(steps.map(({ outcome }) => outcome)).toEqual([cancelledFirst, cancelledFirst, cancelledFirst]);
    expect(events.map(({ type }) => type)).toEqual([
      "run-started",
      "step-finished",
      "step-finished",
      "step-finished",
      "run-finished",
    ]);
  });

  it("stops the step under way with RUN_CANCELLED, and skips what needs it for the same reason", async () => {
    const clock = new FakeClock();
    const control = new AbortController();
    clock.after(300, () => control.abort("enough"));
    const { status, result, duration } = await run(chain(3), taking(clock, failed()), {
      clock,
      signal: control.signal,
    });
    expect({ status, duration }).toEqual({ status: "cancelled", duration: 300 });
    expect(result(0)).toMatchObject({
      attempts: 1,
      duration: 300,
      outcome: {
        status: "failed",
        error: {
          code: "RUN_CANCELLED",
          message: `Step \`${nameOf(0)}\` was stopped, because the run was cancelled.`,
          cause: { code: "STORAGE_FAILED" },
        },
      },
    });
    expect(result(1).outcome).toEqual(cancelledFirst);
    expect(result(2).outcome).toEqual(cancelledFirst);
    expect(clock.pending).toBe(0);
  });

  it("tells the executor why", async () => {
    const clock = new FakeClock();
    const control = new AbortController();
    const why = new Error("The server is going down.");
    clock.after(300, () => control.abort(why));
    let reason: unknown;
    const { result } = await run(
      chain(1),
      (_, { signal }) =>
        new Promise((resolve) => {
          signal.addEventListener("abort", () => {
            reason = signal.reason;
            resolve({ status: "failed", error: signal.reason });
          });
        }),
      { clock, signal: control.signal },
    );
    expect(reason).toMatchObject({ code: "RUN_CANCELLED", cause: why });
    expect(result(0).outcome).toHaveProperty("error", reason);
  });

  it("counts a step that succeeded all the same as succeeded, and starts nothing after it", async () => {
    const clock = new FakeClock();
    const control = new AbortController();
    clock.after(300, () => control.abort());
    const { status, result } = await run(chain(2), taking(clock, succeeded), { clock, signal: control.signal });
    expect(status).toBe("cancelled");
    expect(result(0).outcome).toBe(succeeded);
    expect(result(1).outcome).toEqual(cancelledFirst);
  });

  it("has succeeded if all its steps had", async () => {
    const clock = new FakeClock();
    const control = new AbortController();
    clock.after(300, () => control.abort());
    const { status } = await run(chain(1), taking(clock, succeeded), { clock, signal: control.signal });
    expect(status).toBe("succeeded");
  });

  it("has failed if a step failed and the signal came too late to change anything", async () => {
    const control = new AbortController();
    const { status } = await run(chain(2), answers({ 0: [failed()] }, succeeded), {
      signal: control.signal,
      onEvent: ({ type }) => type === "step-finished" && control.abort(),
    });
    // The first event ends the step that failed; the one behind it is skipped for the cancellation.
    expect(status).toBe("cancelled");
    const late = new AbortController();
    const { status: other } = await run(chain(1), answers({ 0: [failed()] }, succeeded), {
      signal: late.signal,
      onEvent: ({ type }) => type === "step-finished" && late.abort(),
    });
    expect(other).toBe("failed");
  });

  it("while a step waits for its next attempt, ends at once and keeps the error of the last", async () => {
    const clock = new FakeClock();
    const control = new AbortController();
    const { status, result } = await run([{ needs: [], retries: 3 }, { needs: [0] }], answers({}, failed()), {
      clock,
      signal: control.signal,
      onEvent: ({ type }) => type === "step-retrying" && control.abort(),
    });
    expect(status).toBe("cancelled");
    expect(result(0)).toMatchObject({
      attempts: 1,
      outcome: { error: { code: "RUN_CANCELLED", cause: { code: "STORAGE_FAILED" } } },
    });
    expect(result(1).outcome).toEqual(cancelledFirst);
    expect({ now: clock.now(), pending: clock.pending }).toEqual({ now: 0, pending: 0 });
  });

  it("in the event that announces an attempt, does not make it", async () => {
    const control = new AbortController();
    const submit = vi.fn<() => Promise<Outcome>>();
    const { result } = await run(chain(2), submit, {
      signal: control.signal,
      onEvent: ({ type }) => type === "step-started" && control.abort(),
    });
    expect(submit).not.toHaveBeenCalled();
    expect(result(0)).toMatchObject({ attempts: 1, outcome: { error: { code: "RUN_CANCELLED" } } });
  });

  it("keeps the real failures of other steps, and what is skipped for them", async () => {
    const clock = new FakeClock();
    const control = new AbortController();
    clock.after(300, () => control.abort());
    const slow = taking(clock, failed());
    const { status, result } = await run(
      [{ needs: [] }, { needs: [0] }, { needs: [] }, { needs: [2] }],
      (step, context) => (step.name === nameOf(0) ? Promise.resolve(failedForGood()) : slow(step, context)),
      { clock, signal: control.signal },
    );
    expect(status).toBe("cancelled");
    expect(result(0).outcome).toMatchObject({ error: { code: "COLUMN_NOT_FOUND" } });
    expect(result(1).outcome).toMatchObject({ status: "skipped", because: nameOf(0) });
    expect(result(2).outcome).toMatchObject({ error: { code: "RUN_CANCELLED" } });
    expect(result(3).outcome).toEqual(cancelledFirst);
  });

  it("waits 5 seconds for a step that does not stop, and no longer", async () => {
    const clock = new FakeClock();
    const control = new AbortController();
    clock.after(300, () => control.abort());
    const { status, result, duration } = await run(chain(2), () => new Promise(() => {}), {
      clock,
      signal: control.signal,
    });
    expect({ status, duration }).toEqual({ status: "cancelled", duration: 5_300 });
    expect(result(0).outcome).toMatchObject({ error: { code: "RUN_CANCELLED", details: { stopped: false } } });
    expect(result(1).outcome).toEqual(cancelledFirst);
  });
});

describe("the timers of a run", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("are all gone when it is over, so that the process can end", async () => {
    const control = new AbortController();
    const dag = fakeDag([
      { needs: [], timeout: "1h" },
      { needs: [], timeout: "1s", retries: 2 },
      { needs: [], timeout: "1h", retries: 2 },
      { needs: [], timeout: "1h" },
    ]);
    const scheduled = schedule(dag, {
      run: "run-1",
      concurrency: 4,
      signal: control.signal,
      submit: ({ name }) =>
        name === nameOf(0)
          ? Promise.resolve(succeeded)
          : name === nameOf(2)
            ? Promise.resolve(failed())
            : new Promise(() => {}),
    });
    await vi.advanceTimersByTimeAsync(0);
    // Two limits, and the pause of the third step.
    expect(vi.getTimerCount()).toBe(3);
    control.abort();
    await vi.advanceTimersByTimeAsync(5_000);
    expect((await scheduled).status).toBe("cancelled");
    expect(vi.getTimerCount()).toBe(0);
  });
});
