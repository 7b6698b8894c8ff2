import { GlacierError, type RunEvent, type StepResult } from "@glacier/core";
import { describe, expect, it } from "vitest";
import { brokenPromises } from "./broken-promises.ts";
import { nameOf } from "./fake-dag.ts";
import { succeeded } from "./fake-executor.ts";
import { simulate, type Simulated } from "./simulation.ts";

describe("what looks for broken promises", () => {
  const attempt = { takes: 10, ending: "succeeds", onAbort: "stops" } as const;
  const step = { retries: 0, timeout: undefined, attempts: [attempt] };
  const simulation = {
    steps: [
      { ...step, needs: [], retries: 1, attempts: [{ ...attempt, ending: "fails" as const }, attempt] },
      { ...step, needs: [0] },
      { ...step, needs: [], attempts: [{ ...attempt, ending: "fails" as const }] },
      { ...step, needs: [2] },
    ],
    concurrency: 1,
    failFast: false,
    cancellation: { when: "never" as const },
    seed: 7,
  };
  const finishOf = (events: readonly RunEvent[], index: number): number =>
    events.findIndex((event) => event.type === "step-finished" && event.step === nameOf(index));
  const startOf = (events: readonly RunEvent[], index: number): number =>
    events.findIndex((event) => event.type === "step-started" && event.step === nameOf(index));
  const without = <Item>(items: readonly Item[], at: number): Item[] => items.filter((_, index) => index !== at);
  const moved = (events: readonly RunEvent[], from: number, to: number): RunEvent[] => {
    const left = without(events, from);
    left.splice(to, 0, { ...(events[from] as RunEvent), time: left[to]?.time ?? 0 });
    return left;
  };
  const changed = (found: Simulated, events: readonly RunEvent[]): Simulated => ({ ...found, events });
  const withStep = (found: Simulated, index: number, change: Partial<StepResult>): Simulated => ({
    ...found,
    result: {
      ...found.result,
      steps: found.result.steps.map((each) => (each.name === nameOf(index) ? { ...each, ...change } : each)),
    },
  });

  /** A fault that is put into the record of a good run, and what must be said of it. */
  const faults: readonly (readonly [string, (found: Simulated) => Simulated])[] = [
    ["the run does not start first", (f) => changed(f, f.events.slice(1))],
    ["the run does not finish last", (f) => changed(f, f.events.slice(0, -1))],
    ["the run starts or finishes twice", (f) => changed(f, [f.events[0] as RunEvent, ...f.events])],
    [
      "goes back in time",
      (f) =>
        changed(
          f,
          f.events.map((event) => ({ ...event, time: 1_000 - event.time })),
        ),
    ],
    [
      "is of another run",
      (f) =>
        changed(
          f,
          f.events.map((event) => ({ ...event, run: "run-2" })),
        ),
    ],
    ["3 of 4 steps finish", (f) => changed(f, without(f.events, finishOf(f.events, 1)))],
    ["s000001 has another result than its event", (f) => withStep(f, 1, { attempts: 2 })],
    ["unlike its steps", (f) => ({ ...f, result: { ...f.result, status: "succeeded" } })],
    ["say otherwise about a cancellation", (f) => ({ ...f, result: { ...f.result, status: "cancelled" } })],
    ["the run is cancelled by nobody", (f) => ({ ...f, result: { ...f.result, status: "cancelled" } })],
    [
      "s000000 has attempts out of order",
      (f) =>
        changed(
          f,
          f.events.filter(({ type }) => type !== "step-retrying"),
        ),
    ],
    ["s000001 goes on after it has finished", (f) => changed(f, moved(f.events, finishOf(f.events, 1), 2))],
    [
      "s000000 has 2 attempts, where 1 are allowed",
      (f) => ({
        ...f,
        simulation: { ...simulation, steps: simulation.steps.map((each) => ({ ...each, retries: 0 })) },
      }),
    ],
    [
      "s000000 waits 501 ms, 500 at most",
      (f) =>
        changed(
          f,
          f.events.map((event) => (event.type === "step-retrying" ? { ...event, delay: 501 } : event)),
        ),
    ],
    [
      "has a phase outside an attempt",
      (f) =>
        changed(
          f,
          f.events.filter(({ type }) => type !== "step-started"),
        ),
    ],
    ["submitted twice", (f) => (f.executor.submitted.push(`${nameOf(1)}#1`), f)],
    ["submitted without a word", (f) => (f.executor.submitted.push(`${nameOf(1)}#7`), f)],
    ["announced and not made", (f) => (f.executor.submitted.pop(), f)],
    ["cancelled already", (f) => ((f.executor.submittedInVain = 1), f)],
    ["s000001 starts before s000000 has succeeded", (f) => changed(f, moved(f.events, finishOf(f.events, 1) - 3, 1))],
    ["2 steps run at once", (f) => changed(f, moved(f.events, startOf(f.events, 2), 2))],
    [
      "s000003 is skipped because of s000001, which did not fail",
      (f) => withStep(f, 3, { outcome: { status: "skipped", reason: "`s000001`", because: nameOf(1) } }),
    ],
    ["s000003 is skipped without a cause", (f) => withStep(f, 3, { outcome: { status: "skipped", reason: "No." } })],
    [
      "s000001 is skipped because of s000002, which it does not need",
      (f) => withStep(f, 1, { outcome: { status: "skipped", reason: "`s000002`", because: nameOf(2) } }),
    ],
    ["a step goes on after the run was cancelled", (f) => ({ ...f, cancelledAfter: 1 })],
    ["a step goes on after the first failure", (f) => ({ ...f, simulation: { ...simulation, failFast: true } })],
    ["1 timers are left", (f) => ({ ...f, timersLeft: 1 })],
    [
      "about a cancellation",
      (f) => withStep(f, 2, { outcome: { status: "failed", error: new GlacierError("RUN_CANCELLED", "No.") } }),
    ],
    ["unlike its steps", (f) => [2, 3].reduce((g, index) => withStep(g, index, { outcome: succeeded }), f)],
  ];

  it.each(faults)("finds in a record with a fault: %s", async (complaint, plant) => {
    const good = await simulate(simulation);
    expect(brokenPromises(good)).toEqual([]);
    expect(brokenPromises(plant(good)).join("\n")).toContain(complaint);
  });
});
