import type { Bucket } from "./bucket.ts";
import { GlacierError, type GlacierErrorCode } from "./errors.ts";
import type { RunEvent, RunStatus } from "./events.ts";
import type { LazyFrame } from "./frame.ts";
import type { Outcome } from "./outcome.ts";

/** The options that every mode which executes steps takes. */
export interface RunOptions {
  /** How many steps may run at once; one that waits for its next attempt does not count. Default: 2 in mode `local`. */
  readonly concurrency?: number;
  /**
   * After a failure, start nothing more, no further attempt either; what is under way is waited for. Default: steps that
   * do not depend on the failed one go on.
   */
  readonly failFast?: boolean;
  /**
   * Whether the pipeline is checked before anything runs: its steps are read with the columns of its sources, and a mistake
   * in any of them refuses the run with CHECK_FAILED. Takes a few milliseconds for a step. Default: true.
   */
  readonly check?: boolean;
  /**
   * Stops the run: nothing new is started, and nothing that was not yet published is. Steps under way have 5 seconds to
   * stop; they fail with RUN_CANCELLED, and those that had not started are skipped. A step that succeeds all the same
   * counts as succeeded.
   */
  readonly signal?: AbortSignal;
  /** Gets every event, in order. What it throws or rejects with does not touch the run. */
  readonly onEvent?: (event: RunEvent) => void;
}

/** What a run did. */
export interface RunResult {
  /** The id of the run. */
  readonly run: string;
  readonly status: RunStatus;
  /** In an order in which they could run. */
  readonly steps: readonly StepResult[];
  /** Milliseconds. */
  readonly duration: number;
  /** The final bucket, or the first of several. */
  readonly target: Bucket;
  /**
   * The step of that name.
   * @throws STEP_UNKNOWN
   */
  step(name: string): StepResult;
  /** The final bucket as a lazy frame; or that of any bucket of the pipeline. Reads nothing until it is collected. */
  frame(bucket?: Bucket): Promise<LazyFrame>;
}

export interface StepResult {
  readonly name: string;
  readonly outcome: Outcome;
  /** 0 for a step that was skipped. */
  readonly attempts: number;
  /** Milliseconds, over all attempts. */
  readonly duration: number;
}

/** A run that did not succeed. Codes: RUN_FAILED, RUN_CANCELLED. Its `cause` is the error of the first step that failed by itself. */
export class RunError extends GlacierError {
  /** What was done until then, and how each step ended. */
  readonly result: RunResult;

  constructor(
    code: Extract<GlacierErrorCode, "RUN_FAILED" | "RUN_CANCELLED">,
    message: string,
    result: RunResult,
    options: { hint?: string; cause?: unknown } = {},
  ) {
    super(code, message, options);
    this.result = result;
  }

  static override is(value: unknown): value is RunError {
    return GlacierError.is(value) && "result" in value;
  }
}
