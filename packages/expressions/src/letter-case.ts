import type pl from "nodejs-polars";
import { type ExprOrColumn, toExpr } from "./column.ts";
import { callOn, lowercase, uppercase } from "./polars-format.ts";

/**
 * Upper case by Unicode's rules ("ß" becomes "SS"), in a plan that can be serialised.
 *
 * The same as `.str.toUpperCase()`, whose plan can't. Where `column` itself can't be serialised, or is nested more than
 * some 300 expressions deep, it is that method.
 *
 * @param column an expression, or the name of a column.
 * @throws ExpressionError ARGUMENT_INVALID
 */
export function upper(column: ExprOrColumn): pl.Expr {
  const input = toExpr(column);
  return callOn(input, uppercase) ?? input.str.toUpperCase();
}

/**
 * Lower case by Unicode's rules, in a plan that can be serialised.
 *
 * The same as `.str.toLowerCase()`, whose plan can't. Where `column` itself can't be serialised, or is nested more than
 * some 300 expressions deep, it is that method.
 *
 * @param column an expression, or the name of a column.
 * @throws ExpressionError ARGUMENT_INVALID
 */
export function lower(column: ExprOrColumn): pl.Expr {
  const input = toExpr(column);
  return callOn(input, lowercase) ?? input.str.toLowerCase();
}
