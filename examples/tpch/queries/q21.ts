import { int } from "@glacier/expressions";
import pl from "nodejs-polars";
import { machine } from "../buckets.ts";

const nation = pl.lit("SAUDI ARABIA");
const closed = pl.lit("F");
const isLate = pl.col("l_receiptdate").gt(pl.col("l_commitdate"));

/** Which suppliers of a nation were the only ones of several to keep an order waiting? */
export const waitingOrders = machine.task(
  { name: "q21", sources: ["supplier", "lineitem", "orders", "nation"] },
  ({ supplier, lineitem, orders, nation: nations }) => {
    const keptByOne = lineitem
      .groupBy("l_orderkey")
      .agg(
        pl.col("l_suppkey").nUnique().alias("suppliers"),
        pl.col("l_suppkey").filter(isLate).nUnique().alias("late_suppliers"),
      )
      .filter(
        pl
          .col("suppliers")
          .gt(int(1))
          .and(pl.col("late_suppliers").eq(int(1))),
      );
    return lineitem
      .filter(isLate)
      .join(keptByOne, { on: "l_orderkey", how: "semi" })
      .join(orders.filter(pl.col("o_orderstatus").eq(closed)), { leftOn: "l_orderkey", rightOn: "o_orderkey" })
      .join(supplier, { leftOn: "l_suppkey", rightOn: "s_suppkey" })
      .join(nations.filter(pl.col("n_name").eq(nation)), { leftOn: "s_nationkey", rightOn: "n_nationkey" })
      .groupBy("s_name")
      .agg(pl.len().cast(pl.Int64).alias("numwait"))
      .sort(["numwait", "s_name"], [true, false])
      .limit(100);
  },
);
