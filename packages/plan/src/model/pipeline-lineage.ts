import type { Influence } from "./lineage.ts";

/** One column of one bucket, and how it is used. */
export interface BucketColumn {
  /** The bucket's key, see `BucketTrace`. */
  readonly bucket: string;
  readonly column: string;
  readonly influence: Influence;
}

/** Where the columns of a bucket come from, one step back. Plain data. */
export interface BucketLineage {
  /** The bucket's key. */
  readonly bucket: string;
  /** The step that writes it. */
  readonly step: string;
  readonly columns: readonly { readonly column: string; readonly inputs: readonly BucketColumn[] }[];
  /** What influences every row. */
  readonly dataset: readonly BucketColumn[];
  /** Why it is not exact, where it isn't. */
  readonly opaque?: string;
}

/** The lineage of all columns of all buckets that the steps of a Dag write, in the order of the steps. Plain data. */
export interface PipelineLineage {
  readonly buckets: readonly BucketLineage[];
}
