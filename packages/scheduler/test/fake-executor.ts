import { type DagStep, GlacierError, type Outcome, type StepContext, type Succeeded } from "@glacier/core";
import type { Clock } from "../src/clock.ts";

/** What an attempt does when its time has come. */
export type Ending =
  | "succeeds"
  | "fails"
  | "fails for good"
  | "throws"
  | "throws at once"
  | "returns nothing"
  | "claims a skip"
  | "never ends";

/** What an attempt does when its signal is aborted before. */
export type OnAbort = "stops" | "throws" | "succeeds all the same" | "ignores it";

export interface FakeAttempt {
  /** Milliseconds. */
  readonly takes: number;
  readonly ending: Ending;
  readonly onAbort: OnAbort;
}

export const succeeded: Succeeded = {
  status: "succeeded",
  rows: 1,
  bytes: 1,
  columns: [],
  engine: "fake 1.0.0",
  notes: [],
};

/** An outcome that another attempt could change. */
export const failed = (): Outcome => ({ status: "failed", error: new GlacierError("STORAGE_FAILED", "Bad luck.") });

/** An outcome that no other attempt would change. */
export const failedForGood = (): Outcome => ({
  status: "failed",
  error: new GlacierError("COLUMN_NOT_FOUND", "No such column."),
});

/** Milliseconds; longer than any run here. */
const forEver = 1e9;

/** Does what a plan says, and keeps account of it. Also what an executor must not do. */
export class FakeExecutor {
  readonly #clock: Clock;
  readonly #plan: (step: string, attempt: number) => FakeAttempt;
  /** Every attempt that was submitted: `step#attempt`. */
  readonly submitted: string[] = [];
  /** Attempts that were submitted with a signal that was aborted already. */
  submittedInVain = 0;
  /** Attempts that have neither ended nor been stopped; each has one timer. */
  atWork = 0;

  constructor(clock: Clock, plan: (step: string, attempt: number) => FakeAttempt) {
    this.#clock = clock;
    this.#plan = plan;
  }

  readonly submit = (step: DagStep, { attempt, signal, emit }: StepContext): Promise<Outcome> => {
    this.submitted.push(`${step.name}#${attempt}`);
    if (signal.aborted) this.submittedInVain += 1;
    const { takes, ending, onAbort } = this.#plan(step.name, attempt);
    if (ending === "throws at once") throw new Error("At once.");
    const emitted = { type: "step-progress", run: "another", time: -1, step: "another", attempt: -1 } as const;
    emit({ ...emitted, phase: "begins" });
    return new Promise<Outcome>((resolve, reject) => {
      let isAtWork = true;
      const stop = (): void => {
        isAtWork = false;
        this.atWork -= 1;
      };
      this.atWork += 1;
      const timer = this.#clock.after(ending === "never ends" ? forEver : takes, () => {
        stop();
        emit({ ...emitted, phase: "ends" });
        if (ending === "throws") reject(new Error("Later."));
        else if (ending !== "never ends") resolve(outcomes[ending]());
      });
      signal.addEventListener("abort", () => {
        if (onAbort === "ignores it" || !isAtWork) return;
        stop();
        timer.cancel();
        if (onAbort === "stops") resolve(failed());
        else if (onAbort === "throws") reject(new Error("Aborted."));
        else resolve(succeeded);
      });
    });
  };
}

const outcomes: Record<Exclude<Ending, "throws" | "throws at once" | "never ends">, () => Outcome> = {
  succeeds: () => succeeded,
  fails: failed,
  "fails for good": failedForGood,
  "returns nothing": () => undefined as never,
  "claims a skip": () => ({ status: "skipped", reason: "It felt like it." }),
};
