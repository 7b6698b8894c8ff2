import { getEventListeners } from "node:events";
import { GlacierError } from "@glacier/core";
import { describe, expect, it, vi } from "vitest";
import { FakeClock } from "../test/fake-clock.ts";
import { chain, fakeDag, fan, nameOf } from "../test/fake-dag.ts";
import { failed, failedForGood, succeeded } from "../test/fake-executor.ts";
import { answers, run } from "../test/run.ts";
import { schedule } from "./schedule.ts";

const succeeds = answers({}, succeeded);

describe("a schedule", () => {
  it("refuses a concurrency with which nothing could start", async () => {
    for (const concurrency of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      await expect(schedule(fakeDag(chain(1)), { run: "r", concurrency, submit: succeeds })).rejects.toMatchObject({
        code: "OPTION_INVALID",
      });
    }
  });

  it("runs independent steps at once and dependent ones in turn", async () => {
    const { events } = await run(fan(2), succeeds, { concurrency: 2 });
    const order = events.flatMap((event) => ("step" in event ? [`${event.type} ${Number(event.step.slice(1))}`] : []));
    expect(order).toEqual([
      "step-started 0",
      "step-finished 0",
      "step-started 1",
      "step-started 2",
      "step-finished 1",
      "step-finished 2",
      "step-started 3",
      "step-finished 3",
    ]);
  });

  it("goes through a chain of 20,000 steps", async () => {
    const { status, steps, events } = await run(chain(20_000), succeeds);
    expect(status).toBe("succeeded");
    expect(steps).toHaveLength(20_000);
    expect(events).toHaveLength(40_002);
  });

  it("skips a chain of 20,000 steps behind one that failed, and each names that one", async () => {
    const { steps } = await run(chain(20_000), answers({ 0: [failed()] }, succeeded));
    const because = steps.slice(1).map(({ outcome }) => (outcome.status === "skipped" ? outcome.because : "none"));
    expect(because).toHaveLength(19_999);
    expect(new Set(because)).toEqual(new Set([nameOf(0)]));
  });

  it("goes through 20,000 steps that need one and are needed by one", async () => {
    const { status, steps } = await run(fan(20_000), succeeds, { concurrency: 8 });
    expect(status).toBe("succeeded");
    expect(steps).toHaveLength(20_002);
  });

  it("skips 150,000 steps that need one that is skipped", async () => {
    const { status, steps } = await run(
      Array.from({ length: 150_002 }, (_, index) => ({ needs: index === 0 ? [] : [Math.min(index - 1, 1)] })),
      answers({ 0: [failed()] }, succeeded),
    );
    expect(status).toBe("failed");
    expect(steps.filter(({ outcome }) => outcome.status === "skipped")).toHaveLength(150_001);
  });

  it("names the step that failed and not the skipped one between", async () => {
    const { result } = await run(chain(3), answers({ 0: [failed()] }, succeeded));
    expect(result(2)).toMatchObject({
      attempts: 0,
      duration: 0,
      outcome: {
        status: "skipped",
        because: nameOf(0),
        reason: `It needs step \`${nameOf(0)}\`, which failed.`,
      },
    });
  });

  it("goes on with what does not need the step that failed", async () => {
    const { result, status } = await run(
      [{ needs: [] }, { needs: [0] }, { needs: [] }, { needs: [2] }],
      answers({ 0: [failed()] }, succeeded),
    );
    expect([0, 1, 2, 3].map((index) => result(index).outcome.status)).toEqual([
      "failed",
      "skipped",
      "succeeded",
      "succeeded",
    ]);
    expect(status).toBe("failed");
  });

  it("starts nothing after the first failure if it is told so, and waits for what is under way", async () => {
    const clock = new FakeClock();
    const { result } = await run(
      [{ needs: [] }, { needs: [] }, { needs: [] }],
      ({ name }) =>
        name === nameOf(0)
          ? Promise.resolve(failed())
          : new Promise((resolve) => clock.after(100, () => resolve(succeeded))),
      { clock, failFast: true, concurrency: 2 },
    );
    expect(result(1).outcome.status).toBe("succeeded");
    expect(result(2).outcome).toEqual({
      status: "skipped",
      because: nameOf(0),
      reason: `Step \`${nameOf(0)}\` failed, and the run stops at the first failure.`,
    });
  });
});

describe("whoever watches a run", () => {
  it("can throw, reject or never answer, and the run is the same", async () => {
    const watchers: readonly ((event: unknown) => unknown)[] = [
      () => {
        throw new Error("No.");
      },
      () => Promise.reject(new Error("No.")),
      () => new Promise(() => {}),
      // oxlint-disable-next-line unicorn/no-thenable -- this is the point
      () => ({ then: () => vi.fn<() => void>() }),
    ];
    for (const watch of watchers) {
      const { status } = await run(fan(3), succeeds, { onEvent: watch });
      expect(status).toBe("succeeded");
    }
  });

  it("sees the phases of a step under its name, with the time of the run", async () => {
    const clock = new FakeClock();
    const { events } = await run(
      [{ needs: [] }],
      async (_, { emit }) => {
        await new Promise<void>((resolve) => clock.after(70, resolve));
        emit({ type: "step-progress", run: "?", step: "?", attempt: 9, time: 9, phase: "write" });
        return succeeded;
      },
      { clock },
    );
    expect(events[2]).toEqual({
      type: "step-progress",
      run: "run-1",
      step: nameOf(0),
      attempt: 1,
      time: 70,
      phase: "write",
    });
  });
});

describe("an executor that breaks its contract", () => {
  const error = new GlacierError("STORAGE_FAILED", "Bad luck.");
  const garbage: readonly (readonly [string, unknown, string])[] = [
    ["nothing", undefined, "returned undefined instead of an outcome"],
    ["null", null, "returned null instead of an outcome"],
    ["a text", "succeeded", 'returned "succeeded" instead of an outcome'],
    ["an empty object", {}, "returned an object instead of an outcome"],
    ["a status of its own", { status: "done" }, 'returned the status "done" instead of an outcome'],
    ["a skip", { status: "skipped", reason: "No." }, 'returned the status "skipped" instead of an outcome'],
    ["a bare success", { status: "succeeded" }, "returned a success without its rows, bytes, columns, engine or notes"],
    ["a bare failure", { status: "failed" }, "returned a failure with undefined for its error"],
    ["a raw error", { status: "failed", error: new Error("ECONNRESET") }, 'a failure with "ECONNRESET" for its error'],
  ];

  it.each(garbage)("fails its step when it returns %s", async (_, value, message) => {
    const { result, status } = await run(chain(2), answers({ 0: [value] }, succeeded));
    expect(status).toBe("failed");
    expect(result(0).outcome).toMatchObject({ status: "failed", error: { code: "PLUGIN_INVALID" } });
    expect(result(0).outcome).toHaveProperty("error.message", expect.stringContaining(message));
    expect(result(1).outcome).toMatchObject({ status: "skipped", because: nameOf(0) });
  });

  it.each([
    ["an error", new Error("ECONNRESET"), 'threw "ECONNRESET"'],
    ["a text", "no", 'threw "no"'],
    ["nothing", undefined, "threw undefined"],
    ["an object without a prototype", Object.create(null), "threw an object"],
  ])("fails its step when it throws %s, now or later", async (_, thrown, message) => {
    const throwsNow = (): never => {
      throw thrown;
    };
    for (const submit of [throwsNow, () => Promise.reject(thrown as Error)]) {
      const { result } = await run(chain(1), submit);
      expect(result(0).outcome).toMatchObject({ error: { code: "PLUGIN_INVALID" } });
      expect(result(0).outcome).toHaveProperty("error.message", expect.stringContaining(message));
    }
  });

  it("fails its step with the error that it throws, if that is one for users", async () => {
    const { result } = await run(chain(1), () => Promise.reject(error));
    expect(result(0).outcome).toEqual({ status: "failed", error });
  });

  it("fails only its step when it says that a run was cancelled which was not", async () => {
    const { result, status } = await run(
      [{ needs: [] }, { needs: [0] }, { needs: [] }],
      answers({ 0: [{ status: "failed", error: new GlacierError("RUN_CANCELLED", "Was it?") }] }, succeeded),
    );
    expect(status).toBe("failed");
    expect(result(1).outcome).toMatchObject({ status: "skipped", because: nameOf(0) });
    expect(result(2).outcome.status).toBe("succeeded");
  });
});

describe("the signal of a run", () => {
  it("has one listener however many steps run, and none when the run is over", async () => {
    const { signal } = new AbortController();
    const counts = new Set<number>();
    const clock = new FakeClock();
    await run(
      fan(50),
      () => {
        counts.add(getEventListeners(signal, "abort").length);
        return new Promise((resolve) => clock.after(10, () => resolve(succeeded)));
      },
      { clock, concurrency: 50, signal },
    );
    expect(counts).toEqual(new Set([1]));
    expect(getEventListeners(signal, "abort")).toHaveLength(0);
  });

  it("is not passed on, so that a step sees its own end only", async () => {
    const { signal } = new AbortController();
    const { status } = await run(
      chain(1),
      (_, context) => {
        expect(context.signal).not.toBe(signal);
        return Promise.resolve(context.signal.aborted ? failedForGood() : succeeded);
      },
      { signal },
    );
    expect(status).toBe("succeeded");
  });
});
