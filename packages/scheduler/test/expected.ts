import type { FakeAttempt } from "./fake-executor.ts";

/** A step of a simulated run: where it is in the graph, and what each of its attempts does; the last of them repeats. */
export interface SimulatedStep {
  readonly needs: readonly number[];
  readonly retries: number;
  /** Milliseconds. */
  readonly timeout: number | undefined;
  readonly attempts: readonly FakeAttempt[];
}

export interface ExpectedStep {
  readonly status: "succeeded" | "failed" | "skipped";
  readonly attempts: number;
  /** Of the error, if it failed. */
  readonly code?: string;
  /** If it is skipped: the steps upstream that fail by themselves. */
  readonly roots?: readonly number[];
}

type ExpectedAttempt = { readonly code?: string; readonly isLast: boolean };

/** How long an attempt that does not stop is waited for, in milliseconds: part of the executors' contract. */
const patience = 5_000;

const codes: Record<FakeAttempt["ending"], string | undefined> = {
  succeeds: undefined,
  fails: "STORAGE_FAILED",
  "fails for good": "COLUMN_NOT_FOUND",
  throws: "PLUGIN_INVALID",
  "throws at once": "PLUGIN_INVALID",
  "returns nothing": "PLUGIN_INVALID",
  "claims a skip": "PLUGIN_INVALID",
  "never ends": "STEP_TIMEOUT",
};

/** How a run that nobody disturbs has to end, told from the graph alone: no queue, no clock, no concurrency. */
export function expectedOf(steps: readonly SimulatedStep[]): readonly ExpectedStep[] {
  const expected: ExpectedStep[] = [];
  for (const step of steps) {
    const roots = step.needs.flatMap((need) => {
      const { status, roots } = expected[need] as ExpectedStep;
      return status === "failed" ? [need] : (roots ?? []);
    });
    expected.push(roots.length > 0 ? { status: "skipped", attempts: 0, roots } : expectedStep(step));
  }
  return expected;
}

function expectedStep(step: SimulatedStep): ExpectedStep {
  for (let attempt = 1; ; attempt++) {
    const { code, isLast } = expectedAttempt(attemptOf(step, attempt), step.timeout ?? Number.POSITIVE_INFINITY);
    if (code === undefined) return { status: "succeeded", attempts: attempt };
    if (isLast || attempt > step.retries) return { status: "failed", attempts: attempt, code };
  }
}

function expectedAttempt({ takes, ending, onAbort }: FakeAttempt, timeout: number): ExpectedAttempt {
  const end = ending === "throws at once" ? 0 : ending === "never ends" ? Number.POSITIVE_INFINITY : takes;
  const code = codes[ending];
  if (end < timeout || ending === "throws at once")
    return code === undefined ? { isLast: true } : { code, isLast: ending === "fails for good" };
  if (onAbort === "succeeds all the same") return { isLast: true };
  if (onAbort === "ignores it" && end > timeout + patience) return { code: "STEP_TIMEOUT", isLast: true };
  return onAbort === "ignores it" && code === undefined ? { isLast: true } : { code: "STEP_TIMEOUT", isLast: false };
}

export function attemptOf({ attempts }: SimulatedStep, attempt: number): FakeAttempt {
  return (attempts[attempt - 1] ?? attempts.at(-1)) as FakeAttempt;
}
