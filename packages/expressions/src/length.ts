import pl from "nodejs-polars";
import { type ExprOrColumn, toExpr } from "./column.ts";
import { int } from "./int.ts";
import { callOn, lengthInBytes, lengthInChars } from "./polars-format.ts";

/**
 * The number of characters (Unicode code points) of a text, as UInt32, in a plan that can be serialised.
 *
 * The same as `.str.lengths()`, whose plan can't. Where `column` itself can't be serialised, or is nested more than
 * some 300 expressions deep, it is that method. What the eye sees as one character may be several code points, and
 * JavaScript's `length` counts otherwise again: "👍" is 1 here and 2 there.
 *
 * @param column an expression, or the name of a column.
 * @throws ExpressionError ARGUMENT_INVALID
 */
export function lengthChars(column: ExprOrColumn): pl.Expr {
  const input = toExpr(column);
  return callOn(input, lengthInChars) ?? input.str.lengths().cast(pl.UInt32);
}

/**
 * The number of bytes of a text in UTF-8, as UInt32, in a plan that can be serialised. nodejs-polars has no method for
 * it. It costs less than `lengthChars`, and is the same for ASCII.
 *
 * @param column an expression, or the name of a column.
 * @throws ExpressionError ARGUMENT_INVALID
 */
export function lengthBytes(column: ExprOrColumn): pl.Expr {
  const input = toExpr(column);
  return callOn(input, lengthInBytes) ?? input.str.encode("hex").str.lengths().cast(pl.UInt32).div(int(2));
}
