import type { GlacierError } from "./errors.ts";
import type { Finding } from "./finding.ts";
import type { Outcome } from "./outcome.ts";

/**
 * What happened in a run. Plain data but for the errors in it, which have a `toJSON`.
 *
 * The order is fixed: `run-checked`, if the pipeline was checked; of one that passed, `run-started` next and `run-finished`
 * last. For each step, an attempt is `step-started`, then any
 * number of `step-progress`; `step-retrying` if there is to be another attempt; and at the end, once, `step-finished`. A
 * skipped step has only the last, with attempt 0. A run that is stopped while a step waits for its next attempt finishes
 * that step without it.
 */
export type RunEvent = RunChecked | RunStarted | StepStarted | StepProgress | StepRetrying | StepFinished | RunFinished;

interface InRun {
  /** The id of the run. */
  readonly run: string;
  /** Milliseconds since 1970. */
  readonly time: number;
}

interface OfStep extends InRun {
  /** The step's name. */
  readonly step: string;
  /** 1 for the first attempt. */
  readonly attempt: number;
}

/** The pipeline was read before any of it ran. With an error among the findings, the run is refused, and nothing follows. */
export interface RunChecked extends InRun {
  readonly type: "run-checked";
  readonly findings: readonly Finding[];
  /** Milliseconds. */
  readonly duration: number;
}

export interface RunStarted extends InRun {
  readonly type: "run-started";
  /** Names of the steps, in an order in which they can run. */
  readonly steps: readonly string[];
  readonly concurrency: number;
}

export interface StepStarted extends OfStep {
  readonly type: "step-started";
}

/** Said by an executor while a step runs. */
export interface StepProgress extends OfStep {
  readonly type: "step-progress";
  /** `scan`, `task`, `write`, `publish`, or an executor's own. */
  readonly phase: string;
}

export interface StepRetrying extends OfStep {
  readonly type: "step-retrying";
  readonly error: GlacierError;
  /** Milliseconds until the next attempt. */
  readonly delay: number;
}

export interface StepFinished extends OfStep {
  readonly type: "step-finished";
  readonly outcome: Outcome;
  /** Milliseconds, over all attempts. */
  readonly duration: number;
}

export interface RunFinished extends InRun {
  readonly type: "run-finished";
  readonly status: RunStatus;
  /** Milliseconds. */
  readonly duration: number;
}

/** `succeeded`: every step did. `cancelled`: it was stopped from outside. `failed`: everything else. */
export type RunStatus = "succeeded" | "failed" | "cancelled";
