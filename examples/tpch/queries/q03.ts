import pl from "nodejs-polars";
import { machine } from "../buckets.ts";
import { date } from "./date.ts";
import { revenue } from "./money.ts";

const segment = pl.lit("BUILDING");
const day = date("1995-03-15");

/** Which orders that were not shipped by a day are worth most? */
export const shippingPriority = machine.task(
  { name: "q03", sources: ["customer", "orders", "lineitem"] },
  ({ customer, orders, lineitem }) => {
    const waiting = customer
      .filter(pl.col("c_mktsegment").eq(segment))
      .join(orders.filter(pl.col("o_orderdate").lt(day)), { leftOn: "c_custkey", rightOn: "o_custkey" });
    return lineitem
      .filter(pl.col("l_shipdate").gt(day))
      .join(waiting, { leftOn: "l_orderkey", rightOn: "o_orderkey" })
      .groupBy(["l_orderkey", "o_orderdate", "o_shippriority"])
      .agg(revenue.sum().alias("revenue"))
      .select("l_orderkey", "revenue", "o_orderdate", "o_shippriority")
      .sort(["revenue", "o_orderdate"], [true, false])
      .limit(10);
  },
);
