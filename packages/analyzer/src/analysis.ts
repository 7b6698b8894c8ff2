import type { Finding } from "@glacier/core";
import type { BucketTrace, Opaque, PipelineLineage, SourceRead } from "@glacier/plan";
import type { BucketSize, StepEstimate } from "./estimate/step.ts";

/** What a pipeline does, before it runs. Plain data: `JSON.stringify` keeps all of it. */
export interface Analysis {
  /** The pipeline's name. */
  readonly pipeline: string;
  /** What is wrong with it, or may be: errors first. */
  readonly issues: readonly Finding[];
  /** The columns of every bucket by its key: `bucket/path`. A bucket whose columns can't be known is not in it. */
  readonly schemas: Readonly<Record<string, readonly AnalysedColumn[]>>;
  /** Every bucket, sources first: where its schema is known from, and how much it holds or will hold. */
  readonly buckets: readonly AnalysedBucket[];
  /** Where each column of each bucket that is written comes from, one step back. `origins` follows it further. */
  readonly columnLineage: PipelineLineage;
  /** What each step needs of each of its sources. */
  readonly columnsRead: Readonly<Record<string, Readonly<Record<string, SourceRead>>>>;
  /** In an order in which they can run. */
  readonly steps: readonly AnalysedStep[];
  /** What a run would cost. Not estimated yet. */
  readonly cost: null;
}

export interface AnalysedColumn {
  readonly name: string;
  /** As it is written with Polars: `Int64`, `Datetime(us)`. */
  readonly type: string;
}

export interface AnalysedBucket extends Omit<BucketTrace, "schema">, BucketSize {}

export interface AnalysedStep extends StepEstimate {
  readonly name: string;
  /** The kind of its executor. */
  readonly executor: string;
  /** Changes exactly when the logic does; none where it is opaque. */
  readonly fingerprint?: string;
  /** Why its plan can't be read, if it can't. */
  readonly opaque?: Opaque;
}
