import type { Bucket } from "./bucket.ts";
import type { Dag } from "./dag.ts";
import type { LazyFrame } from "./frame.ts";
import type { RunOptions, RunResult } from "./run.ts";

/**
 * The modes that `run({ mode })` knows, with their options and results. A package that brings a mode merges it in, and
 * `run` is typed for it from then on:
 *
 * ```ts
 * declare module "@glacier/core" {
 *   interface RunModes { audit: { options: AuditOptions; result: AuditReport } }
 * }
 * ```
 */
export interface RunModes {
  local: { options: RunOptions; result: RunResult };
}

/** What `run` takes: the mode, and that mode's options. */
export type RunArguments<Mode extends keyof RunModes> = { readonly mode?: Mode } & RunModes[Mode]["options"];

/** A way to use a pipeline: execute it, analyse it, generate from it. */
export interface RunMode {
  /** As in `run({ mode: "local" })`. */
  readonly name: string;
  /**
   * Whether it executes steps: takes the options of {@link RunOptions} and gives a {@link RunResult}. The command then
   * shows progress and what was written; of another mode it prints the result.
   */
  readonly executes?: boolean;
  /**
   * Does it. Options are the mode's own to check; unknown ones must be refused.
   * @param options Without `mode`.
   */
  run(dag: Dag, options: Readonly<Record<string, unknown>>): Promise<unknown>;
  /**
   * A bucket as a lazy frame, for looking at data without a run. Only mode `local` needs it.
   * @throws SOURCE_NOT_FOUND, SOURCE_UNREADABLE
   */
  scan?(bucket: Bucket): Promise<LazyFrame>;
}
