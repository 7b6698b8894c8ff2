import {
  type Bucket,
  type DagStep,
  formats,
  label,
  type LazyFrame,
  type OutcomeColumn,
  type Staging,
} from "@glacier/core";
import type { Polars } from "@glacier/plan";
import { checkWritten } from "./contract/check-written.ts";
import { isText } from "./contract/declared-bucket.ts";
import { formatAdapters } from "./formats/format.ts";
import { readOptions, writtenAs } from "./read-options.ts";
import { columnsOf, foundIn, named, planned, plannedColumns } from "./types.ts";

/** What a step has staged. */
export interface Written {
  readonly rows: number;
  readonly bytes: number;
  readonly columns: readonly OutcomeColumn[];
  /** What its reader should know. */
  readonly notes: readonly string[];
}

/**
 * Looks at what was staged, as it is now in storage: so what can't be read, or is not what its target declares, is never
 * published.
 * @throws SCHEMA_MISMATCH, NULL_NOT_ALLOWED, and errors of Polars as they are
 */
export async function describeWritten(
  polars: Polars,
  { name: step, step: { target } }: DagStep,
  result: LazyFrame,
  staging: Staging,
): Promise<Written> {
  const { format, schema } = target;
  const bytes = await staging.size();
  const staged = formatAdapters[format].scan(polars, staging.scan(), writtenAs(target));
  // Short queries, at the same time.
  const counted = countRows(polars, format === "ndjson" ? linesOf(polars, staging) : staged);
  if (schema !== undefined) {
    const query = isText(target) ? planned(result) : undefined;
    const inFile = async () => foundIn(await staged.limit(0).collect());
    const checked = await checkWritten({ polars, step, target, schema, staging, query, inFile, counted });
    return { rows: await counted, bytes, columns: named(checked.columns), notes: checked.notes };
  }
  const found = columnsIn(staged);
  found.catch(() => {}); // It is waited for below, or is not to be.
  const columns = isText(target) ? (plannedColumns(result) ?? []) : [];
  const notes = lostTypes(polars, target, staging, columns);
  const rows = await counted;
  // Without a line, NDJSON has no columns to ask for.
  if (rows === 0 && format === "ndjson") return { rows, bytes, columns, notes: [noColumns(target)] };
  return { rows, bytes, columns: await found, notes: await notes };
}

/** Parquet and Arrow IPC have the count in their metadata. CSV is counted by Polars, which knows what is in quotes. */
async function countRows(polars: Polars, frame: LazyFrame): Promise<number> {
  const counted = await frame.select(polars.len()).collect();
  return Number(counted.row(0)[0]);
}

/** Lines of JSON have no line breaks in them: as CSV without quotes they are counted several times as fast. */
function linesOf(polars: Polars, staging: Staging): LazyFrame {
  const schema = { line: { variant: polars.String.variant } };
  const options = { hasHeader: false, quoteChar: null, separator: "\u0001", raiseIfEmpty: false, schema };
  return formatAdapters.csv.scan(polars, staging.scan(), options);
}

async function columnsIn(frame: LazyFrame): Promise<OutcomeColumn[]> {
  return columnsOf(await frame.limit(0).collect());
}

const noColumns = (target: Bucket): string =>
  `\`${label(target)}\` has no rows, and without any, NDJSON has no columns. Who reads it has to say which there are, with the bucket's \`schema\`.`;

/** What a text format loses: the columns whose type is another one when the target is read by a later step. */
async function lostTypes(
  polars: Polars,
  target: Bucket,
  staging: Staging,
  planned: readonly OutcomeColumn[],
): Promise<readonly string[]> {
  if (planned.length === 0) return [];
  let read: Map<string, string>;
  try {
    const frame = formatAdapters[target.format].scan(polars, staging.scan(), readOptions(target));
    const columns = await columnsIn(frame);
    read = new Map(columns.map(({ name, type }) => [name, type]));
  } catch {
    // It can't be read with its `scan` options. That is for who reads it to find out; it may have others.
    return [];
  }
  const changed = planned
    .map(({ name, type }) => ({ name, from: type, to: read.get(name) }))
    .filter(({ from, to }) => to !== undefined && from !== to);
  if (changed.length === 0) return [];
  const list = changed.map(({ name, from, to }) => `\`${name}\` (${from} → ${to})`).join(", ");
  return [
    `\`${label(target)}\` is ${formats[target.format].label}, which keeps no types. Read back, these columns differ: ${list}. The bucket's \`schema\` can say which they are.`,
  ];
}
