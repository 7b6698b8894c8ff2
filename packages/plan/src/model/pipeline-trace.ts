import type { Finding } from "@glacier/core";
import type { TableSchema } from "./column-type.ts";
import type { PipelineLineage } from "./pipeline-lineage.ts";
import type { Trace } from "./trace.ts";

/** A whole Dag, read without running it. Plain data. */
export interface PipelineTrace {
  /** In the order of the Dag's steps. */
  readonly steps: readonly Trace[];
  /** Every bucket that is read or written, sources first, then in the order of the steps. */
  readonly buckets: readonly BucketTrace[];
  readonly lineage: PipelineLineage;
  /** Those of the buckets, and those of the steps. */
  readonly findings: readonly Finding[];
}

export interface BucketTrace {
  /** `bucket/path`; where buckets of several providers have the same, with the provider's name: `aws:bucket/path`. */
  readonly key: string;
  readonly provider: string;
  readonly role: "source" | "intermediate" | "target";
  /** As a step that reads it gets it; none where it can't be known. */
  readonly schema?: TableSchema;
  /**
   * Where the schema is from: what the user declared, the files' metadata, or the step that writes it.
   */
  readonly knownFrom?: "declaration" | "metadata" | "step";
  /** Columns whose type is a guess: a text format keeps none, and the file is not written yet. */
  readonly guessed?: readonly string[];
}
