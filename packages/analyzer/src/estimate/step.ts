import type { SourceRead, TableSchema, Trace } from "@glacier/plan";
import { estimateRows, type RowEstimate } from "./rows.ts";
import { widthOf } from "./width.ts";

/** What a bucket is thought to hold. */
export interface BucketSize {
  readonly rows?: RowEstimate;
  /** As it is stored. */
  readonly bytes?: number;
}

/** What a step is thought to read and write. */
export interface StepEstimate {
  /** Rows of its result. */
  readonly rows?: RowEstimate;
  /** Bytes that it reads from storage. Of Parquet and Arrow IPC only the columns that it needs. */
  readonly bytesRead?: number;
  /** Bytes that it writes. */
  readonly bytesWritten?: number;
}

/** A source of a step: its columns, its size, and whether columns can be read by themselves. */
export interface EstimatedSource {
  readonly schema?: TableSchema;
  readonly size: BucketSize;
  readonly columnar: boolean;
}

/**
 * Estimates a step from the sizes of its sources. Bytes are shared out over columns by the width of their types, and a
 * result is taken to be stored as densely as the sources are.
 */
export function estimateStep(
  { plan, schema, reads }: Trace,
  sources: ReadonlyMap<string, EstimatedSource>,
): StepEstimate {
  const rows = plan && estimateRows(plan, new Map([...sources].map(([name, { size }]) => [name, size.rows])));
  const read = [...sources].map(([name, source]) => bytesRead(source, reads[name]));
  const written = rows && schema && rows.expected * widthOfRow(schema) * densityOf([...sources.values()]);
  return {
    ...(rows === undefined ? {} : { rows: rounded(rows) }),
    ...(read.includes(undefined)
      ? {}
      : { bytesRead: Math.round(read.reduce<number>((sum, each) => sum + (each ?? 0), 0)) }),
    ...(written === undefined ? {} : { bytesWritten: Math.round(written) }),
  };
}

const widthOfRow = (schema: TableSchema): number => schema.reduce((sum, { type }) => sum + widthOf(type), 0);

function bytesRead({ schema, size, columnar }: EstimatedSource, read: SourceRead | undefined): number | undefined {
  if (size.bytes === undefined || !columnar || schema === undefined || read === undefined) return size.bytes;
  const needed = new Set(read.columns);
  const all = widthOfRow(schema);
  return all === 0 ? size.bytes : (size.bytes * widthOfRow(schema.filter(({ name }) => needed.has(name)))) / all;
}

/** Stored bytes for each byte in memory: below 1 where compression helps. 1 where nothing is known. */
function densityOf(sources: readonly EstimatedSource[]): number {
  const known = sources.flatMap(({ schema, size }) => {
    const memory = schema && size.rows && size.rows.expected * widthOfRow(schema);
    return memory === undefined || memory === 0 || size.bytes === undefined ? [] : [{ memory, stored: size.bytes }];
  });
  const memory = known.reduce((sum, each) => sum + each.memory, 0);
  return memory === 0 ? 1 : known.reduce((sum, each) => sum + each.stored, 0) / memory;
}

const rounded = ({ expected, atMost }: RowEstimate): RowEstimate => ({
  expected: Math.round(expected),
  ...(atMost === undefined ? {} : { atMost: Math.round(atMost) }),
});
