import type { Bucket, Dag, Step } from "@glacier/core";
import { BucketKeys, columnLineageFacet, type PipelineTrace, type TableSchema, typeText } from "@glacier/plan";
import { type Dataset, datasetOf } from "./dataset.ts";

const producer = "https://www.npmjs.com/package/@glacier/cli";

/**
 * The steps as job events of OpenLineage, which tell of jobs without a run: what each reads and writes, and the columns of
 * what it writes with their lineage. https://openlineage.io/docs/spec/object-model
 * @param time When it was found out: ISO 8601.
 */
export function openLineageEvents(dag: Dag, { buckets, lineage }: PipelineTrace, time: string): readonly object[] {
  const keys = new BucketKeys(dag);
  const datasets = new Map<string, Dataset>();
  for (const { step } of dag.steps) {
    for (const bucket of bucketsOf(step)) datasets.set(keys.of(bucket), datasetOf(bucket.uri));
  }
  const named = (key: string): Dataset => datasets.get(key) ?? { namespace: "glacier", name: key };
  const schemas = new Map(buckets.map(({ key, schema }) => [key, schema]));
  const written = new Map(lineage.buckets.map((bucket) => [bucket.bucket, bucket]));
  const facetsOf = (key: string): object => {
    const schema = schemas.get(key);
    const from = written.get(key);
    return {
      ...(schema === undefined ? {} : { schema: schemaFacet(schema) }),
      ...(from === undefined ? {} : { columnLineage: columnLineageFacet(from, named) }),
    };
  };
  return dag.steps.map(({ name, step }) => {
    const target = keys.of(step.target);
    // A task may get one bucket by two names.
    const sources = new Set(Object.values(step.sources).map((bucket) => keys.of(bucket)));
    return {
      eventTime: time,
      producer,
      schemaURL: "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/JobEvent",
      job: { namespace: "glacier", name: `${dag.name}.${name}` },
      inputs: Array.from(sources, named),
      outputs: [{ ...named(target), facets: facetsOf(target) }],
    };
  });
}

const bucketsOf = ({ sources, target }: Step): readonly Bucket[] => [...Object.values(sources), target];

const schemaFacet = (schema: TableSchema): object => ({
  _producer: producer,
  _schemaURL: "https://openlineage.io/spec/facets/1-1-1/SchemaDatasetFacet.json#/$defs/SchemaDatasetFacet",
  fields: schema.map(({ name, type }) => ({ name, type: typeText(type) })),
});
