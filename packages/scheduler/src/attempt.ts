import { type DagStep, type Duration, GlacierError, milliseconds, type Outcome, type StepContext } from "@glacier/core";
import type { Clock, Timer } from "./clock.ts";
import { checkOutcome, type Executed, thrown } from "./outcome.ts";

/** How long an attempt that was told to stop is waited for, in milliseconds. */
const patience = 5_000;

export interface AttemptOptions {
  readonly submit: (step: DagStep, context: StepContext) => Promise<Outcome>;
  readonly run: string;
  /** 1 for the first. */
  readonly attempt: number;
  readonly clock: Clock;
  /** Aborts the attempt, with a `GlacierError` as the reason: from outside, or from here when its time is up. */
  readonly control: AbortController;
  /** Gets the phases of the attempt, while it is under way. */
  readonly onPhase: (phase: string) => void;
}

export interface AttemptEnd {
  readonly outcome: Executed;
  /** False for one that was told to stop and did not: it may still be at work. */
  readonly hasStopped: boolean;
}

/** One attempt of a step, ended by its executor, or given up some time after it was told to stop. Never rejects. */
export async function runAttempt(node: DagStep, options: AttemptOptions): Promise<AttemptEnd> {
  const { clock, control } = options;
  const { signal } = control;
  if (signal.aborted) return { outcome: { status: "failed", error: signal.reason as GlacierError }, hasStopped: true };

  const { timeout } = node.step.task.options;
  const limit =
    timeout === undefined
      ? undefined
      : clock.after(milliseconds(timeout), () => control.abort(tookTooLong(node, timeout)));
  let lastWait: Timer | undefined;
  let startLastWait = (): void => {};
  const givenUp = new Promise<undefined>((resolve) => {
    startLastWait = () => (lastWait = clock.after(patience, () => resolve(undefined)));
  });
  signal.addEventListener("abort", startLastWait, { once: true });
  let isOpen = true;
  const onPhase = (phase: string): void => {
    if (isOpen) options.onPhase(phase);
  };
  const outcome = await Promise.race([submitted(node, { ...options, onPhase }), givenUp]);
  isOpen = false;
  limit?.cancel();
  lastWait?.cancel();
  signal.removeEventListener("abort", startLastWait);
  if (outcome === undefined) {
    return {
      outcome: { status: "failed", error: didNotStop(node, signal.reason as GlacierError) },
      hasStopped: false,
    };
  }
  return { outcome: signal.aborted ? explained(outcome, signal.reason as GlacierError) : outcome, hasStopped: true };
}

async function submitted(node: DagStep, options: AttemptOptions): Promise<Executed> {
  const { submit, run, attempt, control, onPhase } = options;
  try {
    const emit: StepContext["emit"] = (event) => onPhase(event.phase);
    return checkOutcome(await submit(node, { run, attempt, signal: control.signal, emit }), node);
  } catch (error) {
    return thrown(error, node);
  }
}

/** An executor may report the abort in its own words; why it was aborted is known here. */
function explained(outcome: Executed, reason: GlacierError): Executed {
  if (outcome.status === "succeeded") return outcome;
  const error = outcome.error === reason ? reason : reworded(reason, { cause: outcome.error });
  return { status: "failed", error };
}

/** What stops an attempt when the run is cancelled. */
export function cancelled(node: DagStep, cause: unknown): GlacierError {
  return new GlacierError("RUN_CANCELLED", `Step \`${node.name}\` was stopped, because the run was cancelled.`, {
    hint: "Its target is what it was before.",
    cause,
    details: { step: node.name },
  });
}

function tookTooLong(node: DagStep, timeout: Duration): GlacierError {
  const limit = typeof timeout === "number" ? `${timeout} s` : timeout;
  return new GlacierError("STEP_TIMEOUT", `Step \`${node.name}\` took longer than its timeout of ${limit}.`, {
    hint: "Give the task a longer `timeout`, or less to do. Its target is what it was before.",
    details: { step: node.name, timeout },
  });
}

/** Nobody knows what it does after this, so nothing is promised about its target. */
function didNotStop(node: DagStep, reason: GlacierError): GlacierError {
  const seconds = patience / 1_000;
  return reworded(reason, {
    message: `${reason.message.replace(/\.$/, "")}; ${seconds} s after it was told to stop, it had not.`,
    hint: `What executes it may still be at work: see whether the target of \`${node.name}\` is the old or the new one before you run again.`,
    details: { ...reason.details, stopped: false },
  });
}

function reworded(
  error: GlacierError,
  changes: { message?: string; hint?: string; details?: Record<string, unknown>; cause?: unknown },
): GlacierError {
  const { message = error.message, hint = error.hint, details = error.details, cause = error.cause } = changes;
  return new GlacierError(error.code, message, { ...(hint === undefined ? {} : { hint }), details, cause });
}
