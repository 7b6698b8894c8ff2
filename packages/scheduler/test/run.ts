import type { RunEvent, StepResult } from "@glacier/core";
import { schedule, type ScheduleOptions, type ScheduleResult } from "../src/schedule.ts";
import { FakeClock } from "./fake-clock.ts";
import { fakeDag, type FakeStep, nameOf } from "./fake-dag.ts";

export interface Ran extends ScheduleResult {
  readonly events: readonly RunEvent[];
  readonly clock: FakeClock;
  /** The result of a step by its number. */
  readonly result: (index: number) => StepResult;
}

/** Runs those steps with simulated time, one at a time unless `options` say else. */
export async function run(
  steps: readonly FakeStep[],
  submit: ScheduleOptions["submit"],
  { clock = new FakeClock(), ...options }: Partial<Omit<ScheduleOptions, "clock">> & { clock?: FakeClock } = {},
): Promise<Ran> {
  const events: RunEvent[] = [];
  const onEvent = (event: RunEvent): void => {
    events.push(event);
    return options.onEvent?.(event);
  };
  const scheduled = schedule(fakeDag(steps), { run: "run-1", concurrency: 1, ...options, submit, clock, onEvent });
  const result = await clock.until(scheduled);
  const byName = new Map(result.steps.map((step) => [step.name, step]));
  return { ...result, events, clock, result: (index) => byName.get(nameOf(index)) as StepResult };
}

/** An executor's answer for each step by its number, in the order of its attempts; the last one repeats. */
export function answers(
  given: Readonly<Record<number, readonly unknown[]>>,
  otherwise: unknown,
): ScheduleOptions["submit"] {
  return ({ name }, { attempt }) => {
    const own = given[Number(name.slice(1))] ?? [otherwise];
    return Promise.resolve(own[attempt - 1] ?? own.at(-1)) as Promise<never>;
  };
}
