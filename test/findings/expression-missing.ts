import pl from "nodejs-polars";
import { here, orders, result } from "./shop.ts";

const columns: Record<string, pl.Expr> = { total: pl.col("price").sum() };

// There is no `totals`: a column `literal` of nulls.
const misspelt = here.task("misspelt", (df) => df.select(columns["totals"] as pl.Expr));
export const wrong = orders.transform(misspelt).to(result);

const total = here.task("total", (df) => df.select(columns["total"] as pl.Expr));
export const right = orders.transform(total).to(result);
