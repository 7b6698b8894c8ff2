import pl from "nodejs-polars";
import { machine } from "../buckets.ts";
import { date } from "./date.ts";
import { revenue } from "./money.ts";

const start = date("1993-10-01");
const end = date("1994-01-01");
const returned = pl.lit("R");

/** Which customers sent back most of what they ordered in a quarter? */
export const returnedItems = machine.task(
  { name: "q10", sources: ["customer", "orders", "lineitem", "nation"] },
  ({ customer, orders, lineitem, nation }) =>
    customer
      .join(orders.filter(pl.col("o_orderdate").gtEq(start).and(pl.col("o_orderdate").lt(end))), {
        leftOn: "c_custkey",
        rightOn: "o_custkey",
      })
      .join(lineitem.filter(pl.col("l_returnflag").eq(returned)), { leftOn: "o_orderkey", rightOn: "l_orderkey" })
      .join(nation, { leftOn: "c_nationkey", rightOn: "n_nationkey" })
      .groupBy(["c_custkey", "c_name", "c_acctbal", "c_phone", "n_name", "c_address", "c_comment"])
      .agg(revenue.sum().alias("revenue"))
      .select("c_custkey", "c_name", "revenue", "c_acctbal", "n_name", "c_address", "c_phone", "c_comment")
      .sort("revenue", true)
      .limit(20),
);
