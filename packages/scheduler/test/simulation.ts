import type { Dag, RunEvent } from "@glacier/core";
import * as fc from "fast-check";
import { schedule, type ScheduleResult } from "../src/schedule.ts";
import { attemptOf, type SimulatedStep } from "./expected.ts";
import { FakeClock } from "./fake-clock.ts";
import { fakeDag, indexOf } from "./fake-dag.ts";
import { type FakeAttempt, FakeExecutor } from "./fake-executor.ts";

/** When a run is cancelled, if it is. */
export type Cancellation =
  | { readonly when: "never" }
  | { readonly when: "before" }
  | { readonly when: "at"; readonly time: number }
  /** By whoever watches it, in the middle of an event. */
  | { readonly when: "event"; readonly count: number };

export interface Simulation {
  readonly steps: readonly SimulatedStep[];
  readonly concurrency: number;
  readonly failFast: boolean;
  readonly cancellation: Cancellation;
  readonly seed: number;
}

export interface Simulated {
  readonly simulation: Simulation;
  readonly dag: Dag;
  readonly events: readonly RunEvent[];
  /** How many events there had been when the run was cancelled. */
  readonly cancelledAfter: number | undefined;
  readonly result: ScheduleResult;
  readonly executor: FakeExecutor;
  /** Timers that were set when the run was over, without those of executors. */
  readonly timersLeft: number;
}

const aTime = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 12_000 }));

const anAttempt: fc.Arbitrary<FakeAttempt> = fc.record({
  takes: aTime,
  ending: fc.oneof(
    { weight: 12, arbitrary: fc.constant("succeeds" as const) },
    { weight: 3, arbitrary: fc.constant("fails" as const) },
    { weight: 1, arbitrary: fc.constant("fails for good" as const) },
    { weight: 1, arbitrary: fc.constant("throws" as const) },
    { weight: 1, arbitrary: fc.constant("throws at once" as const) },
    { weight: 1, arbitrary: fc.constant("returns nothing" as const) },
    { weight: 1, arbitrary: fc.constant("claims a skip" as const) },
    { weight: 1, arbitrary: fc.constant("never ends" as const) },
  ),
  onAbort: fc.constantFrom("stops", "stops", "throws", "succeeds all the same", "ignores it"),
});

const someSteps: fc.Arbitrary<readonly SimulatedStep[]> = fc
  .array(
    fc.record({
      // Each 0 to 99 is a share of the steps before it.
      needs: fc.uniqueArray(fc.nat({ max: 99 }), { maxLength: 3 }),
      retries: fc.oneof(fc.constant(0), fc.nat({ max: 3 })),
      timeout: fc.option(fc.integer({ min: 1, max: 2_000 }), { nil: undefined }),
      attempts: fc.array(anAttempt, { minLength: 1, maxLength: 4 }),
    }),
    { minLength: 1, maxLength: 14 },
  )
  .map((steps) =>
    steps.map((step, index) => ({
      ...step,
      needs: index === 0 ? [] : [...new Set(step.needs.map((need) => Math.floor((need * index) / 100)))],
      // Without a limit, what never ends is waited for without end.
      timeout: step.attempts.some(({ ending }) => ending === "never ends") ? (step.timeout ?? 100) : step.timeout,
    })),
  );

const aCancellation: fc.Arbitrary<Cancellation> = fc.oneof(
  fc.constant({ when: "before" as const }),
  fc.record({ when: fc.constant("at" as const), time: aTime }),
  fc.record({ when: fc.constant("event" as const), count: fc.integer({ min: 1, max: 40 }) }),
);

/** Random runs. Without `disturbed`, nobody cancels them and all goes on after a failure. */
export const aSimulation = (disturbed: boolean): fc.Arbitrary<Simulation> =>
  fc.record({
    steps: someSteps,
    concurrency: fc.integer({ min: 1, max: 8 }),
    failFast: disturbed ? fc.boolean() : fc.constant(false),
    cancellation: disturbed
      ? fc.oneof(fc.constant({ when: "never" as const }), aCancellation)
      : fc.constant({ when: "never" as const }),
    seed: fc.integer(),
  });

/** Runs it, in no time. */
export async function simulate(simulation: Simulation): Promise<Simulated> {
  const { steps, concurrency, failFast, cancellation, seed } = simulation;
  const clock = new FakeClock(seed);
  const dag = fakeDag(
    steps.map(({ needs, retries, timeout }) => ({
      needs,
      retries,
      timeout: timeout === undefined ? undefined : (`${timeout}ms` as const),
    })),
  );
  const executor = new FakeExecutor(clock, (name, attempt) =>
    attemptOf(steps[indexOf(name)] as SimulatedStep, attempt),
  );
  const events: RunEvent[] = [];
  const control = new AbortController();
  let cancelledAfter: number | undefined;
  const cancel = (): void => {
    cancelledAfter ??= events.length;
    control.abort();
  };
  if (cancellation.when === "before") cancel();
  const timer = cancellation.when === "at" ? clock.after(cancellation.time, cancel) : undefined;
  const result = await clock.until(
    schedule(dag, {
      run: "run-1",
      concurrency,
      failFast,
      submit: executor.submit,
      signal: control.signal,
      clock,
      onEvent: (event) => {
        events.push(event);
        if (cancellation.when === "event" && events.length === cancellation.count) cancel();
        throw new Error("Whoever watches a run can't break it.");
      },
    }),
  );
  timer?.cancel();
  const timersLeft = clock.pending - executor.atWork;
  // What was given up ends now, and nobody must care.
  await clock.untilQuiet();
  return { simulation, dag, events, cancelledAfter, result, executor, timersLeft };
}
