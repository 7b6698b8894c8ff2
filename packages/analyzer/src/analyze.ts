import { type Bucket, type Dag, type Finding, GlacierError, type Severity } from "@glacier/core";
import { BucketKeys, type BucketTrace, type PipelineTrace, traceDag, type Trace, typeText } from "@glacier/plan";
import { sourceSchema } from "@glacier/worker";
import type { AnalysedBucket, AnalysedColumn, AnalysedStep, Analysis } from "./analysis.ts";
import { sizeOf } from "./estimate/source.ts";
import { type BucketSize, type EstimatedSource, estimateStep, type StepEstimate } from "./estimate/step.ts";

/**
 * Finds out what a pipeline does from its plans and its sources' metadata. No step is run.
 * @throws ENGINE_NOT_INSTALLED
 */
export async function analyze(dag: Dag): Promise<Analysis> {
  const traced = await traceDag(dag, { schemaOf: sourceSchema });
  const sizes = await sourceSizes(dag);
  const steps = estimateSteps(dag, traced, sizes);
  return {
    pipeline: dag.name,
    issues: bySeverity(traced.findings),
    schemas: Object.fromEntries(
      traced.buckets.flatMap(({ key, schema }) => (schema === undefined ? [] : [[key, schema.map(columnText)]])),
    ),
    buckets: traced.buckets.map((bucket) => analysedBucket(bucket, sizes)),
    columnLineage: traced.lineage,
    columnsRead: Object.fromEntries(traced.steps.map(({ step, reads }) => [step, reads])),
    steps,
    cost: null,
  };
}

const columnText = ({ name, type }: NonNullable<Trace["schema"]>[number]): AnalysedColumn => ({
  name,
  type: typeText(type),
});

const order: readonly Severity[] = ["error", "warning", "note"];

const bySeverity = (findings: readonly Finding[]): readonly Finding[] =>
  findings.toSorted((one, other) => order.indexOf(one.severity) - order.indexOf(other.severity));

function analysedBucket(bucket: BucketTrace, sizes: ReadonlyMap<string, BucketSize>): AnalysedBucket {
  const { schema: _, ...known } = bucket;
  return { ...known, ...sizes.get(bucket.key) };
}

/** What can't be read is reported by the trace, and has no size here. */
async function sourceSizes(dag: Dag): Promise<Map<string, BucketSize>> {
  const keys = new BucketKeys(dag);
  const sizes = new Map<string, BucketSize>();
  await Promise.all(
    dag.sources.map(async (bucket) => {
      try {
        const { rows, bytes } = await sizeOf(bucket);
        sizes.set(keys.of(bucket), { bytes, ...(rows === undefined ? {} : { rows }) });
      } catch (error) {
        if (!GlacierError.is(error)) throw error;
      }
    }),
  );
  return sizes;
}

const columnar = ({ format }: Bucket): boolean => format === "parquet" || format === "ipc";

/** One step after the other: what one writes is what the next reads. Adds the sizes of what is written. */
function estimateSteps(dag: Dag, { steps, buckets }: PipelineTrace, sizes: Map<string, BucketSize>): AnalysedStep[] {
  const keys = new BucketKeys(dag);
  const schemas = new Map(buckets.map(({ key, schema }) => [key, schema]));
  return dag.steps.map(({ name, step }, at): AnalysedStep => {
    const traced = steps[at] as Trace;
    const sources = Object.entries(step.sources).map(([source, bucket]): [string, EstimatedSource] => {
      const key = keys.of(bucket);
      const schema = schemas.get(key);
      return [
        source,
        { ...(schema === undefined ? {} : { schema }), size: sizes.get(key) ?? {}, columnar: columnar(bucket) },
      ];
    });
    const estimate = estimateStep(traced, new Map(sources));
    sizes.set(keys.of(step.target), sizeWritten(estimate));
    return {
      name,
      executor: step.task.executor.kind,
      ...(traced.fingerprint === undefined ? {} : { fingerprint: traced.fingerprint }),
      ...(traced.opaque === undefined ? {} : { opaque: traced.opaque }),
      ...estimate,
    };
  });
}

const sizeWritten = ({ rows, bytesWritten }: StepEstimate): BucketSize => ({
  ...(rows === undefined ? {} : { rows }),
  ...(bytesWritten === undefined ? {} : { bytes: bytesWritten }),
});
