import pl from "nodejs-polars";
import { machine } from "../buckets.ts";
import { date } from "./date.ts";

const start = date("1993-07-01");
const end = date("1993-10-01");

/** How many orders of a quarter had a line that came late, by priority? */
export const orderPriority = machine.task({ name: "q04", sources: ["orders", "lineitem"] }, ({ orders, lineitem }) =>
  orders
    .filter(pl.col("o_orderdate").gtEq(start).and(pl.col("o_orderdate").lt(end)))
    .join(lineitem.filter(pl.col("l_commitdate").lt(pl.col("l_receiptdate"))), {
      leftOn: "o_orderkey",
      rightOn: "l_orderkey",
      how: "semi",
    })
    .groupBy("o_orderpriority")
    .agg(pl.len().cast(pl.Int64).alias("order_count"))
    .sort("o_orderpriority"),
);
