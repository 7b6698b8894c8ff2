import pl from "nodejs-polars";
import { ExpressionError } from "./error.ts";

/** What the functions of this package work on: an expression, or the name of a column. A text is never a literal. */
export type ExprOrColumn = pl.Expr | string;

/**
 * The expression itself, or the column of that name.
 * @throws ExpressionError ARGUMENT_INVALID
 */
export function toExpr(column: ExprOrColumn): pl.Expr {
  if (typeof column === "string") return pl.col(column);
  if (pl.Expr.isExpr(column)) return column;
  throw new ExpressionError(
    "ARGUMENT_INVALID",
    "The first argument is neither an expression nor the name of a column.",
    "Give a name, or an expression such as `pl.col(name)`. A `pl.when(…).then(…)` becomes one with `.otherwise(…)`.",
  );
}
