import { type Bucket, GlacierError, label, type LazyFrame } from "@glacier/core";
import { plannedColumns } from "./types.ts";

/**
 * Refuses what Polars panics at when it writes it, which would end the process: Binary columns in NDJSON, nested ones
 * too. Other types that a format can't hold are ordinary errors of the sink.
 * @throws QUERY_FAILED
 */
export function refuseUnwritable(target: Bucket, result: LazyFrame): void {
  if (target.format !== "ndjson") return;
  const column = plannedColumns(result)?.find(({ type }) => /\bBinary\b/.test(type));
  if (column === undefined) return;
  throw new GlacierError(
    "QUERY_FAILED",
    `Column \`${column.name}\` is ${column.type}, which NDJSON can't hold: \`${label(target)}\` can't be written.`,
    {
      hint: "Write Parquet or Arrow IPC, or turn the column into text first.",
      details: { target: label(target), column: column.name, type: column.type },
    },
  );
}
