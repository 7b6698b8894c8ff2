import { affected, origins, type PipelineTrace } from "@glacier/plan";
import type { ColumnGraph, ColumnName } from "./column-graph.ts";

/** The lineage of all buckets, one step back for each column. Plain data. */
export function lineageJson(graph: ColumnGraph, pipeline: string): object {
  return {
    pipeline,
    buckets: Array.from(graph.buckets.values(), ({ columns, ...facts }) => ({
      ...facts,
      columns: Array.from(columns, ([column, type]) => ({
        column,
        ...(type === undefined ? {} : { type }),
        inputs: graph.inputsOf({ bucket: facts.key, column }),
      })),
      dataset: graph.datasetOf(facts.key),
    })),
  };
}

/** One column: one step back and on, in the end and in the beginning. Plain data. */
export function columnJson(graph: ColumnGraph, { lineage }: PipelineTrace, name: ColumnName): object {
  const { bucket, column } = name;
  const node = graph.buckets.get(bucket);
  const type = node?.columns.get(column);
  return {
    bucket,
    column,
    ...(type === undefined ? {} : { type }),
    ...(node?.step === undefined ? {} : { step: node.step }),
    inputs: graph.inputsOf(name),
    dataset: graph.datasetOf(bucket),
    uses: graph.usesOf(name),
    origins: node?.role === "source" ? [] : origins(lineage, bucket, column),
    affected: affected(lineage, bucket, column),
  };
}
