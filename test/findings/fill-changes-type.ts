import { int } from "@glacier/expressions";
import pl from "nodejs-polars";
import { here, orders, result } from "./shop.ts";

// Makes Float64 of `count` and `paid`, and puts "0.0" into `status`.
const filled = here.task("filled", (df) => df.select("count", "paid", "status").fillNull(0));
export const wrong = orders.transform(filled).to(result);

const each = here.task("each", (df) =>
  df.select(pl.col("count").fillNull(int(0)), pl.col("paid").fillNull(pl.lit(false)), "status"),
);
export const right = orders.transform(each).to(result);
