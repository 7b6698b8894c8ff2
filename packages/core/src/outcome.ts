import type { GlacierError } from "./errors.ts";

/** How a step ended. */
export type Outcome = Succeeded | Failed | Skipped;

export interface Succeeded {
  readonly status: "succeeded";
  readonly rows: number;
  /** Bytes written to the target. */
  readonly bytes: number;
  readonly columns: readonly OutcomeColumn[];
  /** What executed it, with its version: `polars 0.26.1`. */
  readonly engine: string;
  /** Things that a reader of the run should know: why a step was not cached, that a target loses types. */
  readonly notes: readonly string[];
}

export interface OutcomeColumn {
  readonly name: string;
  /** As Polars calls it: `Int64`, `String`, `Datetime(us)`. */
  readonly type: string;
}

export interface Failed {
  readonly status: "failed";
  readonly error: GlacierError;
}

export interface Skipped {
  readonly status: "skipped";
  /** A sentence. */
  readonly reason: string;
  /** The step whose failure is the reason, if it is one. */
  readonly because?: string;
}
