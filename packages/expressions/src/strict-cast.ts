import type { DataType } from "nodejs-polars";
import type pl from "nodejs-polars";
import { type ExprOrColumn, toExpr } from "./column.ts";

/**
 * A cast that fails on the first value that can't be converted; Polars' error names the column and the values.
 *
 * `.cast(dtype)` of nodejs-polars makes null of such values without a word: "12,5" to Float64, 300 to Int8. Nulls stay
 * null. Fractions are still cut when floats become integers, and an Int64 above 2^53 is still rounded when it becomes a
 * float: Polars counts neither as a failure. For texts with dates use `toDate` and `toDatetime`.
 *
 * @param column an expression, or the name of a column.
 * @throws ExpressionError ARGUMENT_INVALID; the failing cast itself throws when the query runs.
 */
export function strictCast(column: ExprOrColumn, dtype: DataType): pl.Expr {
  return toExpr(column).cast(dtype, true);
}
