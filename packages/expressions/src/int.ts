import type pl from "nodejs-polars";
import { ExpressionError } from "./error.ts";
import { fromJson, integerLiteral } from "./polars-format.ts";
import { wholeNumber } from "./whole-number.ts";

/** From the smallest Int64 to the largest UInt64. Beyond, Polars makes null of it without a word. */
const range = { smallest: -(2n ** 63n), largest: 2n ** 64n - 1n };

/**
 * An integer that takes the type of what it meets, as in Polars for Python and in Rust.
 *
 * A plain number becomes a Float64 literal in nodejs-polars, and a bigint a UInt64 without its sign. So
 * `col("id").add(1)` turns an Int64 column into floats, and `col("id").gt(1)` is planned as a cast of the column:
 * a scan can then not skip row groups, and numbers above 2^53 are compared wrongly. With `int(1)` an Int64 stays
 * Int64, an Int8 stays Int8, and a Float32 stays Float32. For Decimal columns there is
 * `decimal`.
 *
 * - It is an integer throughout: `col(i64).div(int(2))` is a whole number, rounded down; null for `int(0)`.
 * - Beyond the type of the column it widens it: an Int8 column plus `int(300)` is Int16. Within it, results wrap as all
 *   integers of Polars do: 127 plus `int(1)` is -128 in an Int8 column.
 * - A negative one makes Int64 of a UInt64 column, and null of values above 2^63 - 1; one above 2^63 - 1 makes
 *   Float64 of a signed column.
 * - Alone, as in `pl.select(int(1))`, it is Int32, or Int64 or UInt64 if it needs that. Cast it where the type matters.
 *
 * @param value a whole number, or a bigint from -2^63 to 2^64 - 1.
 * @throws ExpressionError INTEGER_INVALID, INTEGER_UNSAFE, INTEGER_OUT_OF_RANGE, POLARS_UNSUPPORTED
 */
export function int(value: number | bigint): pl.Expr {
  const exact = wholeNumber(value, range);
  try {
    return fromJson(integerLiteral(exact));
  } catch (cause) {
    throw new ExpressionError(
      "POLARS_UNSUPPORTED",
      "This version of nodejs-polars does not read the integer literal.",
      "Install a version of nodejs-polars that the peerDependencies of @glacier/expressions name.",
      { cause },
    );
  }
}
