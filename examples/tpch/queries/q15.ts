import pl from "nodejs-polars";
import { machine } from "../buckets.ts";
import { date } from "./date.ts";
import { revenue } from "./money.ts";

const start = date("1996-01-01");
const end = date("1996-04-01");

/** Which supplier earned most in a quarter? */
export const topSupplier = machine.task(
  { name: "q15", sources: ["supplier", "lineitem"] },
  ({ supplier, lineitem }) => {
    const revenues = lineitem
      .filter(pl.col("l_shipdate").gtEq(start).and(pl.col("l_shipdate").lt(end)))
      .groupBy("l_suppkey")
      .agg(revenue.sum().alias("total_revenue"))
      .filter(pl.col("total_revenue").eq(pl.col("total_revenue").max()));
    return supplier
      .join(revenues, { leftOn: "s_suppkey", rightOn: "l_suppkey" })
      .select("s_suppkey", "s_name", "s_address", "s_phone", "total_revenue")
      .sort("s_suppkey");
  },
);
