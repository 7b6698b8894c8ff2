import type pl from "nodejs-polars";
import { type ExprOrColumn, toExpr } from "./column.ts";
import { callOn, jsonPathMatching } from "./polars-format.ts";

/**
 * The first match of a JSON path in a text, as text, in a plan that can be serialised. Null where nothing matches and
 * where the text is no JSON.
 *
 * The same as `.str.jsonPathMatch(path)`, whose plan can't. Where `column` itself can't be serialised, or is nested more
 * than some 300 expressions deep, it is that method.
 *
 * @param column an expression, or the name of a column.
 * @param path such as `"$.order.id"`. A path that is none makes the query fail when it runs.
 * @throws ExpressionError ARGUMENT_INVALID
 */
export function jsonPathMatch(column: ExprOrColumn, path: string): pl.Expr {
  const input = toExpr(column);
  return callOn(input, jsonPathMatching(path)) ?? input.str.jsonPathMatch(path);
}
