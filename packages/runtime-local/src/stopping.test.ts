import { getEventListeners } from "node:events";
import { Pipeline, RunError, type RunEvent, type RunOptions, type RunResult } from "@glacier/core";
import { describe, expect, it } from "vitest";
import { type Lake, makeLake, never } from "../test/lake.ts";

/** Runs what has to fail, and gives the error and all events. */
async function failing(pipeline: { run(options: RunOptions): Promise<RunResult> }, options: RunOptions = {}) {
  const events: RunEvent[] = [];
  const onEvent = (event: RunEvent): void => {
    events.push(event);
    options.onEvent?.(event);
  };
  try {
    // What is tested here happens while steps run. A check would call their tasks before.
    await pipeline.run({ check: false, ...options, onEvent });
  } catch (error) {
    if (RunError.is(error)) return { error, events, result: error.result };
    throw error;
  }
  throw new Error("The run should have failed.");
}

/** Something to lose: a target that is there already, and a source. */
async function makeOld(): Promise<Lake & { readonly old: Buffer }> {
  const lake = await makeLake();
  await lake.numbers("raw.parquet", [1, 2, 3]);
  const old = await lake.bytes(await lake.numbers("target.parquet", [42]));
  return { ...lake, old };
}

describe("a run that is cancelled", () => {
  it("before it starts, runs nothing", async () => {
    const { here, bucket, bytes, old } = await makeOld();
    const first = bucket("raw.parquet")
      .transform(here.task("first", (df) => df))
      .to(bucket("target.parquet"));
    const { error, events, result } = await failing(first.withName("etl"), { signal: AbortSignal.abort() });
    expect(error.code).toBe("RUN_CANCELLED");
    expect(error.message).toBe("The run of pipeline `etl` was cancelled after 0 of 1 steps.");
    expect(error.cause).toBeUndefined();
    expect(result.status).toBe("cancelled");
    expect(result.step("first").outcome).toEqual({
      status: "skipped",
      reason: "The run was cancelled before it started.",
    });
    expect(events.some(({ type }) => type === "step-started")).toBe(false);
    expect(await bytes(first)).toEqual(old);
  });

  // Each phase of a step is announced before it begins.
  it.each(["scan", "task", "write", "publish"])(
    "in phase `%s` of a step, leaves its target as it was",
    async (phase) => {
      const { here, bucket, bytes, old, staged } = await makeOld();
      const control = new AbortController();
      const first = bucket("raw.parquet")
        .transform(here.task("first", (df) => df))
        .to(bucket("target.parquet"));
      const second = first.transform(here.task("second", (df) => df)).to(bucket("second.parquet"));
      const { error, result } = await failing(second, {
        signal: control.signal,
        onEvent: (event) => event.type === "step-progress" && event.phase === phase && control.abort(),
      });
      expect(error.code).toBe("RUN_CANCELLED");
      expect(result.step("first").outcome).toMatchObject({ status: "failed", error: { code: "RUN_CANCELLED" } });
      expect(result.step("second").outcome).toEqual({
        status: "skipped",
        reason: "The run was cancelled before it started.",
      });
      // Polars may go on for a moment, and so may the clearing away of what it wrote.
      await expect.poll(staged).toEqual([]);
      expect(await bytes(first)).toEqual(old);
    },
  );

  it("while a task waits for something that never comes, ends at once", async () => {
    const { here, bucket, bytes, old, staged } = await makeOld();
    const control = new AbortController();
    const waits = here.task("waits", () => {
      setImmediate(() => control.abort(new Error("enough")));
      return never();
    });
    const target = bucket("raw.parquet").transform(waits).to(bucket("target.parquet"));
    const { error, result } = await failing(target, { signal: control.signal });
    expect(error.code).toBe("RUN_CANCELLED");
    expect(result.step("waits").outcome).toMatchObject({
      status: "failed",
      error: { code: "RUN_CANCELLED", message: "Step `waits` was stopped, because the run was cancelled." },
    });
    expect(result.duration).toBeLessThan(4_000);
    expect(await bytes(target)).toEqual(old);
    await expect.poll(staged).toEqual([]);
    expect(getEventListeners(control.signal, "abort")).toEqual([]);
  });

  it("after it is over, is as it was", async () => {
    const { here, bucket, read } = await makeOld();
    const control = new AbortController();
    const target = bucket("raw.parquet")
      .transform(here.task("first", (df) => df))
      .to(bucket("target.parquet"));
    const result = await target.run({ signal: control.signal });
    control.abort();
    expect(result.status).toBe("succeeded");
    expect(result.step("first").outcome.status).toBe("succeeded");
    expect(await read(target)).toEqual([1, 2, 3]);
  });

  it("keeps the error of a step that had failed before", async () => {
    const { here, bucket } = await makeOld();
    const control = new AbortController();
    const raw = bucket("raw.parquet");
    const a = raw.transform(here.task("a-fails", () => Promise.reject(new Error("boom")))).to(bucket("a.parquet"));
    const waits = here.task("b-waits", () => never());
    const b = raw.transform(waits).to(bucket("b.parquet"));
    const both = here.task({ name: "both", sources: ["a", "b"] }, ({ a }) => a);
    const { error, result } = await failing(new Pipeline({ a, b }).transform(both).to(bucket("both.parquet")), {
      signal: control.signal,
      onEvent: (event) => event.type === "step-finished" && event.outcome.status === "failed" && control.abort(),
    });
    expect(error).toMatchObject({ code: "RUN_CANCELLED", cause: { code: "TASK_FAILED" } });
    expect(result.step("a-fails").outcome).toMatchObject({ error: { code: "TASK_FAILED" } });
    expect(result.step("b-waits").outcome).toMatchObject({ error: { code: "RUN_CANCELLED" } });
  });
});

describe("a task with retries", () => {
  it("is called again after it failed, and the run succeeds", async () => {
    const { here, bucket, read, staged } = await makeOld();
    let calls = 0;
    const flaky = here.task({ name: "flaky", retries: 2 }, async (df) => {
      calls += 1;
      await Promise.resolve();
      if (calls === 1) throw new Error("bad luck");
      return df;
    });
    const events: RunEvent[] = [];
    const target = bucket("raw.parquet").transform(flaky).to(bucket("target.parquet"));
    const result = await target.run({ check: false, onEvent: (event) => events.push(event) });
    expect(result.step("flaky")).toMatchObject({ attempts: 2, outcome: { status: "succeeded", rows: 3 } });
    expect(events.find(({ type }) => type === "step-retrying")).toMatchObject({
      step: "flaky",
      attempt: 1,
      error: { code: "TASK_FAILED", message: "Task `flaky` threw: Error: bad luck" },
      delay: expect.any(Number),
    });
    expect(await read(target)).toEqual([1, 2, 3]);
    expect(await staged()).toEqual([]);
  });

  it("is not called again after a mistake", async () => {
    const { here, bucket } = await makeOld();
    let calls = 0;
    const wrong = here.task({ name: "wrong", retries: 5 }, (df) => {
      calls += 1;
      return df.select("no such column");
    });
    const { result } = await failing(bucket("raw.parquet").transform(wrong).to(bucket("target.parquet")));
    expect(result.step("wrong")).toMatchObject({ attempts: 1, outcome: { error: { code: "COLUMN_NOT_FOUND" } } });
    expect(calls).toBe(1);
  });
});

describe("a task with a timeout", () => {
  it("that never ends is stopped, and its target is what it was", async () => {
    const { here, bucket, bytes, old, staged } = await makeOld();
    const stuck = here.task({ name: "stuck", timeout: "50ms" }, () => never());
    const target = bucket("raw.parquet").transform(stuck).to(bucket("target.parquet"));
    const { error, result } = await failing(target);
    expect(error).toMatchObject({ code: "RUN_FAILED", cause: { code: "STEP_TIMEOUT" } });
    expect(result.step("stuck")).toMatchObject({
      attempts: 1,
      outcome: {
        error: { code: "STEP_TIMEOUT", message: "Step `stuck` took longer than its timeout of 50ms." },
      },
    });
    expect(await bytes(target)).toEqual(old);
    await expect.poll(staged).toEqual([]);
  });

  it("can be tried again, and each attempt has the whole time", async () => {
    const { here, bucket, read } = await makeOld();
    let calls = 0;
    const slow = here.task({ name: "slow", timeout: 0.5, retries: 1 }, (df) => (++calls === 1 ? never() : df));
    const target = bucket("raw.parquet").transform(slow).to(bucket("target.parquet"));
    const result = await target.run({ check: false });
    expect(result.step("slow")).toMatchObject({ attempts: 2, outcome: { status: "succeeded" } });
    expect(await read(target)).toEqual([1, 2, 3]);
  });

  it("that comes to its end too late publishes nothing", async () => {
    const { here, bucket, bytes, old, staged } = await makeOld();
    let late = Promise.resolve();
    const slow = here.task({ name: "slow", timeout: "20ms" }, async (df) => {
      late = new Promise((resolve) => setTimeout(resolve, 150));
      await late;
      return df;
    });
    const target = bucket("raw.parquet").transform(slow).to(bucket("target.parquet"));
    await failing(target);
    await late;
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await bytes(target)).toEqual(old);
    await expect.poll(staged).toEqual([]);
  });
});
