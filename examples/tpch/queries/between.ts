import type pl from "nodejs-polars";

/** Whether a value lies between two others, or is one of them. */
export function between(value: pl.Expr, lowest: pl.Expr, highest: pl.Expr): pl.Expr {
  return value.gtEq(lowest).and(value.ltEq(highest));
}
