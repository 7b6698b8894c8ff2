import type { LineageInput, StepLineage } from "../model/lineage.ts";
import type { BucketColumn, BucketLineage, PipelineLineage } from "../model/pipeline-lineage.ts";

/** A step, with the keys of its buckets. */
export interface LineageOfStep {
  readonly step: string;
  readonly target: string;
  /** The key of each source, by the name under which the task gets it. */
  readonly sources: Readonly<Record<string, string>>;
  readonly lineage: StepLineage;
}

/** What is in folders and under globs that steps read. */
export type Parts = ReadonlyMap<string, readonly string[]>;

/**
 * The lineage of all steps of a Dag, in order, from bucket to bucket.
 * @param parts by the key of a folder or glob, the targets of steps that lie in it, and where it has other files too, that
 * key itself
 */
export function pipelineLineage(steps: readonly LineageOfStep[], parts: Parts = new Map()): PipelineLineage {
  return { buckets: steps.map((step) => bucketLineage(step, parts)) };
}

function bucketLineage({ step, target, sources, lineage }: LineageOfStep, parts: Parts): BucketLineage {
  const buckets = new Map(Object.entries(sources).map(([name, key]) => [name, parts.get(key) ?? [key]]));
  const keys = [...buckets.values()].flat();
  // A task may get one bucket by two names.
  const isOnce = new Set(keys).size === keys.length;
  // All columns of an opaque step have the very same inputs.
  const done = new Map<readonly LineageInput[], readonly BucketColumn[]>();
  const inBuckets = (inputs: readonly LineageInput[]): readonly BucketColumn[] => {
    const known = done.get(inputs);
    if (known !== undefined) return known;
    const columns = inputs.flatMap(({ source, column, influence }) =>
      (buckets.get(source) ?? []).map((bucket) => ({ bucket, column, influence })),
    );
    const each = isOnce ? columns : eachOnce(columns);
    done.set(inputs, each);
    return each;
  };
  return {
    bucket: target,
    step,
    columns: lineage.columns.map(({ column, inputs }) => ({ column, inputs: inBuckets(inputs) })),
    dataset: inBuckets(lineage.dataset),
    ...(lineage.opaque === undefined ? {} : { opaque: lineage.opaque }),
  };
}

const eachOnce = (columns: readonly BucketColumn[]): readonly BucketColumn[] => [
  ...new Map(columns.map((column) => [JSON.stringify(column), column])).values(),
];
