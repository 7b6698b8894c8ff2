import type { LazyFrame } from "@glacier/core";
import { type ColumnType, isNumeric, isTemporal, type TableSchema } from "../model/column-type.ts";
import { emptyFrame, makeLeaf } from "../polars/leaf.ts";
import type { Polars } from "../polars/load.ts";
import { encodeType } from "../polars/types.ts";

/** A table of these columns that has no rows. */
export const emptySample = (polars: Polars, schema: TableSchema): LazyFrame =>
  emptyFrame(makeLeaf(polars, "sample", schema));

/** A table of these columns with one row: what becomes of a zero, and null where nothing does. */
export function rowSample(polars: Polars, schema: TableSchema): LazyFrame {
  const columns = schema.map(({ name, type }) => {
    const value = isOfNumbers(type) ? { Dyn: { Int: 0 } } : { Scalar: { Null: "Null" } };
    const cast = { expr: { Literal: value }, dtype: { Literal: encodeType(type) }, options: "NonStrict" };
    return polars.Expr.deserialize(Buffer.from(JSON.stringify({ Alias: [{ Cast: cast }, name] })), "json");
  });
  return polars
    .DataFrame({ row: [0] })
    .lazy()
    .select(...columns)
    .collectSync()
    .lazy();
}

const isOfNumbers = (type: ColumnType): boolean =>
  isNumeric(type) || isTemporal(type) || type.kind === "Boolean" || type.kind === "String";
