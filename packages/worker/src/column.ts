import type { Polars } from "@glacier/plan";
import type { Expr } from "nodejs-polars";

/** A column by its name, whatever that is: `pl.col` takes `*` for all columns and `^…$` for a pattern. */
export function columnNamed(polars: Polars, name: string): Expr {
  if (name !== "*" && !/^\^[^]*\$$/.test(name)) return polars.col(name);
  return polars.Expr.deserialize(Buffer.from(JSON.stringify({ Column: name })), "json");
}
