import type { BucketColumn, PipelineLineage } from "../model/pipeline-lineage.ts";
import { Edges, type Inputs } from "./edges.ts";
import { afterAll, bitOf, type Influences } from "./influence.ts";

/**
 * Where a column of a bucket comes from in the end: columns of buckets that no step writes, or whose step says nothing of
 * the column. Of direct influences along the way the strongest remains; where a column only decides about values, what
 * it is made of does so too. What influences all rows of a bucket on the way is among them.
 */
export function origins(lineage: PipelineLineage, bucket: string, column: string): readonly BucketColumn[] {
  const edges = edgesOf(lineage);
  const start = edges.column(bucket, column);
  const open = new Uint16Array(edges.columnCount);
  open[start] = bitOf("identity");
  const onTheWay = new Set([edges.bucket(bucket)]);
  // From the last step to the first: what reads a bucket comes before what writes it.
  for (const written of edges.written.toReversed()) {
    if (!onTheWay.has(written.bucket)) continue;
    for (const { column: made, inputs } of written.columns) {
      const influences = open[made] ?? 0;
      if (influences === 0) continue;
      open[made] = 0;
      for (let at = 0; at < inputs.columns.length; at++) {
        const input = inputs.columns[at] as number;
        open[input] = (open[input] as number) | afterAll(inputs.influences[at] as number, influences);
      }
    }
    const { columns, influences } = written.dataset;
    for (let at = 0; at < columns.length; at++) {
      const input = columns[at] as number;
      open[input] = (open[input] as number) | (influences[at] as number);
    }
    for (const source of written.sources) onTheWay.add(source);
  }
  return edges.listed(open);
}

/** What a change of a column changes: columns of all buckets that are made of it, near or far. */
export function affected(lineage: PipelineLineage, bucket: string, column: string): readonly BucketColumn[] {
  const edges = edgesOf(lineage);
  const start = edges.column(bucket, column);
  const made = new Uint16Array(edges.columnCount);
  made[start] = bitOf("identity");
  /** How the rows of buckets are influenced. */
  const rows = new Uint16Array(edges.bucketCount);
  const changed = new Uint16Array(edges.columnCount);
  const through = ({ columns, influences }: Inputs): Influences => {
    let all = 0;
    for (let at = 0; at < columns.length; at++) {
      all |= afterAll(made[columns[at] as number] as number, influences[at] as number);
    }
    return all;
  };
  for (const written of edges.written) {
    let ofRows = through(written.dataset);
    for (const source of written.sources) ofRows |= rows[source] ?? 0;
    rows[written.bucket] = ofRows;
    for (const { column: number, inputs } of written.columns) {
      const influences = through(inputs);
      if (number !== start) made[number] = influences;
      changed[number] = influences | ofRows;
    }
  }
  return edges.listed(changed);
}

const known = new WeakMap<PipelineLineage, Edges>();

function edgesOf(lineage: PipelineLineage): Edges {
  let edges = known.get(lineage);
  if (edges === undefined) known.set(lineage, (edges = new Edges(lineage)));
  return edges;
}
