import { randomBytes } from "node:crypto";
import {
  aBoolean,
  aFunction,
  aWholeNumber,
  Bucket,
  checkOptions,
  type Dag,
  didYouMean,
  GlacierError,
  type OptionTable,
  RunError,
  type RunMode,
  type RunOptions,
  type RunResult,
  show,
  type StepResult,
} from "@glacier/core";
import { schedule } from "@glacier/scheduler";
import { executeStep, scanBucket } from "@glacier/worker";
import { checkBefore } from "./check.ts";

/**
 * Two steps at once: one can read or write while the other computes. More gain nothing, since Polars itself uses every
 * core for one query, and each takes memory and one of the four threads that Node.js has for files.
 */
const defaultConcurrency = 2;

const table: OptionTable<RunOptions> = {
  concurrency: aWholeNumber(1, 1_000),
  failFast: aBoolean,
  check: aBoolean,
  signal: { check: (value) => (value instanceof AbortSignal ? undefined : "an `AbortSignal`") },
  onEvent: aFunction,
};

/** Mode `local`: every step here, with Polars, whatever its executor. */
export const mode: RunMode & { run(dag: Dag, options?: RunOptions): Promise<RunResult> } = {
  name: "local",
  executes: true,
  scan: scanBucket,

  /**
   * Runs the steps and returns what they did.
   * @throws CHECK_FAILED before anything has run; RUN_FAILED and RUN_CANCELLED, as a `RunError` with the result;
   * OPTION_UNKNOWN, OPTION_INVALID
   */
  async run(dag, given = {}) {
    const {
      concurrency = defaultConcurrency,
      check = true,
      ...options
    } = checkOptions<RunOptions>(given, table, "Mode `local`");
    const run = runId();
    const queries = check ? await checkBefore(dag, run, options) : undefined;
    const { status, steps, duration } = await schedule(dag, {
      run,
      concurrency,
      // The task has made its query, unless there was no check. After a failure it is asked anew.
      submit: (step, context) =>
        executeStep(step, context, context.attempt === 1 ? queries?.get(step.name) : undefined),
      ...options,
    });
    const target = dag.targets[0] as Bucket;
    const result: RunResult = {
      run,
      status,
      steps,
      duration,
      target,
      step: (name) => stepOf(steps, name),
      frame: async (bucket = target) => scanBucket(checkBucket(bucket)),
    };
    if (status === "succeeded") return result;
    throw status === "cancelled" ? cancelled(dag, result) : failed(dag, result);
  },
};

function stepOf(steps: readonly StepResult[], name: string): StepResult {
  const found = steps.find((step) => step.name === name);
  if (found !== undefined) return found;
  const names = steps.map((step) => step.name);
  throw new GlacierError("STEP_UNKNOWN", `The run has no step \`${name}\`.`, {
    hint: `${didYouMean(name, names)}It has ${names.length} steps.`,
  });
}

function checkBucket(bucket: unknown): Bucket {
  if (Bucket.is(bucket)) return bucket;
  throw new GlacierError("ARGUMENT_INVALID", `\`result.frame(…)\` takes a bucket, not ${show(bucket)}.`, {
    hint: "Give it a bucket of the pipeline, or nothing for the final one.",
  });
}

function failed(dag: Dag, result: RunResult): RunError {
  const [first, ...others] = errorsOf(result);
  const where = others.length === 0 ? "" : ` in ${others.length + 1} steps, first`;
  return new RunError("RUN_FAILED", `Pipeline \`${dag.name}\` failed${where}: ${first?.message}`, result, {
    ...(first?.hint === undefined ? {} : { hint: first.hint }),
    cause: first,
  });
}

function cancelled(dag: Dag, result: RunResult): RunError {
  const done = result.steps.filter(({ outcome }) => outcome.status === "succeeded").length;
  return new RunError(
    "RUN_CANCELLED",
    `The run of pipeline \`${dag.name}\` was cancelled after ${done} of ${result.steps.length} steps.`,
    result,
    {
      hint: "The targets of the other steps are what they were before.",
      cause: errorsOf(result).find((error) => error.code !== "RUN_CANCELLED"),
    },
  );
}

/** Of the steps that failed, in the order of the steps. */
const errorsOf = (result: RunResult): readonly GlacierError[] =>
  result.steps.flatMap(({ outcome }) => (outcome.status === "failed" ? [outcome.error] : []));

/** Sorts by time (UTC), and differs between runs of the same second: `20260131T235959-9f3a01bc`. */
function runId(): string {
  const time = new Date().toISOString().slice(0, 19).replaceAll(/[-:]/g, "");
  return `${time}-${randomBytes(4).toString("hex")}`;
}
