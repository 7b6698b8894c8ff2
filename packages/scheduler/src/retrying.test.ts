import type { Outcome, RunEvent } from "@glacier/core";
import { describe, expect, it } from "vitest";
import { FakeClock } from "../test/fake-clock.ts";
import { nameOf } from "../test/fake-dag.ts";
import { failed, failedForGood, succeeded } from "../test/fake-executor.ts";
import { answers, run } from "../test/run.ts";

/** What happened, with the number of the step. */
const story = (events: readonly RunEvent[]): readonly string[] =>
  events.flatMap((event) =>
    "step" in event ? [`${event.type.slice("step-".length)} ${Number(event.step.slice(1))}#${event.attempt}`] : [],
  );

describe("a step with retries", () => {
  it("is tried again until it succeeds, and counts its attempts", async () => {
    const { result, events, status } = await run(
      [{ needs: [], retries: 5 }],
      answers({ 0: [failed(), failed(), succeeded] }, succeeded),
    );
    expect(status).toBe("succeeded");
    expect(result(0)).toMatchObject({ attempts: 3, outcome: { status: "succeeded" } });
    expect(story(events)).toEqual([
      "started 0#1",
      "retrying 0#1",
      "started 0#2",
      "retrying 0#2",
      "started 0#3",
      "finished 0#3",
    ]);
  });

  it("fails with the error of its last attempt when there are none left", async () => {
    const last = failed();
    const { result } = await run([{ needs: [], retries: 2 }], answers({ 0: [failed(), failed(), last] }, succeeded));
    expect(result(0)).toMatchObject({ attempts: 3 });
    expect(result(0).outcome).toBe(last);
  });

  it("is not tried again when its failure is a mistake", async () => {
    const { result } = await run([{ needs: [], retries: 5 }], answers({}, failedForGood()));
    expect(result(0).attempts).toBe(1);
  });

  it("waits as long as its event says, within the limits of the back-off", async () => {
    const { events, result } = await run([{ needs: [], retries: 8 }], answers({}, failed()));
    const delays = events.flatMap((event) => (event.type === "step-retrying" ? [event.delay] : []));
    const times = events.flatMap((event) => (event.type === "step-started" ? [event.time] : []));
    expect(delays).toHaveLength(8);
    expect(new Set(delays).size).toBe(8);
    for (const [index, delay] of delays.entries()) {
      expect(delay).toBeLessThanOrEqual(Math.min(30_000, 500 * 2 ** index));
      expect((times[index + 1] as number) - (times[index] as number)).toBeCloseTo(delay, 6);
    }
    expect(result(0).duration).toBeCloseTo(
      delays.reduce((sum, delay) => sum + delay, 0),
      6,
    );
  });

  it("leaves its place to others while it waits, and goes first when its time has come", async () => {
    const clock = new FakeClock();
    const { events } = await run(
      [{ needs: [], retries: 1 }, { needs: [] }, { needs: [] }],
      ({ name }, { attempt }): Promise<Outcome> =>
        name === nameOf(0)
          ? Promise.resolve(attempt === 1 ? failed() : succeeded)
          : new Promise((resolve) => clock.after(1_000, () => resolve(succeeded))),
      { clock },
    );
    expect(story(events)).toEqual([
      "started 0#1",
      "retrying 0#1",
      "started 1#1",
      "finished 1#1",
      "started 0#2",
      "finished 0#2",
      "started 2#1",
      "finished 2#1",
    ]);
  });

  it("is not tried again once another step has failed in a run that stops at the first failure", async () => {
    const last = failed();
    const { result, clock, events } = await run(
      [{ needs: [], retries: 3 }, { needs: [] }],
      answers({ 0: [last], 1: [failedForGood()] }, succeeded),
      { failFast: true },
    );
    expect(result(0)).toMatchObject({ attempts: 1 });
    expect(result(0).outcome).toBe(last);
    expect(clock.now()).toBe(0);
    expect(clock.pending).toBe(0);
    expect(story(events)).toEqual(["started 0#1", "retrying 0#1", "started 1#1", "finished 1#1", "finished 0#1"]);
  });
});

describe("a step with a timeout", () => {
  /** Stops when it is told to, and takes longer than it may `times` times. */
  const slow =
    (clock: FakeClock, times: number) =>
    (_: unknown, { attempt, signal }: { attempt: number; signal: AbortSignal }): Promise<Outcome> =>
      new Promise((resolve) => {
        const timer = clock.after(attempt <= times ? 60_000 : 10, () => resolve(succeeded));
        signal.addEventListener("abort", () => {
          timer.cancel();
          resolve(failed());
        });
      });

  it("is told to stop when its time is up, and fails with STEP_TIMEOUT", async () => {
    const clock = new FakeClock();
    const { result } = await run([{ needs: [], timeout: "3s" }], slow(clock, 1), { clock });
    expect(result(0)).toMatchObject({
      attempts: 1,
      duration: 3_000,
      outcome: {
        status: "failed",
        error: {
          code: "STEP_TIMEOUT",
          message: `Step \`${nameOf(0)}\` took longer than its timeout of 3s.`,
          hint: expect.stringContaining("longer `timeout`"),
          details: { step: nameOf(0), timeout: "3s" },
          cause: { code: "STORAGE_FAILED" },
        },
      },
    });
    expect(clock.pending).toBe(0);
  });

  it("is tried again, and each attempt has the whole time", async () => {
    const clock = new FakeClock();
    const { result, events } = await run([{ needs: [], timeout: 2, retries: 3 }], slow(clock, 2), { clock });
    expect(result(0)).toMatchObject({ attempts: 3, outcome: { status: "succeeded" } });
    const delays = events.flatMap((event) => (event.type === "step-retrying" ? [event.delay] : []));
    expect(result(0).duration).toBeCloseTo(2_000 * 2 + 10 + delays.reduce((sum, delay) => sum + delay, 0), 6);
    expect(events.find((event) => event.type === "step-retrying")).toMatchObject({ error: { code: "STEP_TIMEOUT" } });
    expect(clock.pending).toBe(0);
  });

  it("has succeeded if its executor says so after all", async () => {
    const { result, status } = await run(
      [{ needs: [], timeout: "1s" }, { needs: [0] }],
      (_, { signal }) =>
        new Promise((resolve) => {
          if (_.name === nameOf(0)) signal.addEventListener("abort", () => resolve(succeeded));
          else resolve(succeeded);
        }),
    );
    expect(result(0).outcome).toBe(succeeded);
    expect(status).toBe("succeeded");
  });
});

describe("an attempt that does not stop when it is told to", () => {
  it("is given up after 5 seconds, not tried again, and not believed any more", async () => {
    const clock = new FakeClock();
    let submitted = 0;
    const { result, status, events } = await run(
      [{ needs: [], timeout: "1s", retries: 3 }, { needs: [0] }, { needs: [] }],
      ({ name }, { emit }): Promise<Outcome> => {
        submitted += 1;
        if (name !== nameOf(0)) return Promise.resolve(succeeded);
        return new Promise((resolve) => {
          clock.after(60_000, () => {
            emit({ type: "step-progress", run: "run-1", step: name, attempt: 1, time: 0, phase: "publish" });
            resolve(succeeded);
          });
        });
      },
      { clock },
    );
    expect(result(0)).toMatchObject({
      attempts: 1,
      duration: 6_000,
      outcome: {
        error: {
          code: "STEP_TIMEOUT",
          message: `Step \`${nameOf(0)}\` took longer than its timeout of 1s; 5 s after it was told to stop, it had not.`,
          hint: expect.stringContaining("may still be at work"),
          details: { step: nameOf(0), timeout: "1s", stopped: false },
        },
      },
    });
    expect(result(1).outcome).toMatchObject({ status: "skipped", because: nameOf(0) });
    expect(result(2).outcome.status).toBe("succeeded");
    expect({ status, submitted }).toEqual({ status: "failed", submitted: 2 });
    await clock.untilQuiet();
    expect(clock.now()).toBe(60_000);
    expect(events.at(-1)?.type).toBe("run-finished");
  });

  it("may fail later without being heard", async () => {
    const clock = new FakeClock();
    const { result } = await run(
      [{ needs: [], timeout: "1s" }],
      () => new Promise((_, reject) => clock.after(60_000, () => reject(new Error("Too late.")))),
      { clock },
    );
    expect(result(0).outcome).toMatchObject({ error: { code: "STEP_TIMEOUT" } });
    await clock.untilQuiet();
    expect(clock.now()).toBe(60_000);
  });
});
