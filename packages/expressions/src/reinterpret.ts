import pl from "nodejs-polars";
import { type ExprOrColumn, toExpr } from "./column.ts";
import { callOn, reinterpreting } from "./polars-format.ts";

/**
 * The 64 bits of an Int64 or UInt64 column, read as the other of the two, in a plan that can be serialised. For hashes:
 * other systems mostly have no unsigned type.
 *
 * The same as `.reinterpret(signed)`, whose plan can't be serialised. Where `column` itself can't be serialised, or is
 * nested more than some 300 expressions deep, it is that method. Other types make the query fail.
 *
 * @param column an expression, or the name of a column.
 * @param signed Int64 if true, which it is unless given; UInt64 if false.
 * @throws ExpressionError ARGUMENT_INVALID
 */
export function reinterpret(column: ExprOrColumn, signed: boolean = true): pl.Expr {
  const input = toExpr(column);
  return callOn(input, reinterpreting(signed)) ?? input.reinterpret(signed).cast(signed ? pl.Int64 : pl.UInt64);
}
