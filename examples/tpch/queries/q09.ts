import pl from "nodejs-polars";
import { machine } from "../buckets.ts";
import { revenue, withPlaces } from "./money.ts";

const color = "green";

/** What is earned with a line of parts, by the supplier's nation and by year? */
export const productTypeProfit = machine.task(
  { name: "q09", sources: ["part", "supplier", "lineitem", "partsupp", "orders", "nation"] },
  (tables) => {
    const cost = withPlaces("ps_supplycost", 4).mul(pl.col("l_quantity"));
    return tables.part
      .filter(pl.col("p_name").str.contains(color, true))
      .join(tables.lineitem, { leftOn: "p_partkey", rightOn: "l_partkey" })
      .join(tables.partsupp, { leftOn: ["p_partkey", "l_suppkey"], rightOn: ["ps_partkey", "ps_suppkey"] })
      .join(tables.supplier, { leftOn: "l_suppkey", rightOn: "s_suppkey" })
      .join(tables.orders, { leftOn: "l_orderkey", rightOn: "o_orderkey" })
      .join(tables.nation, { leftOn: "s_nationkey", rightOn: "n_nationkey" })
      .select(
        pl.col("n_name").alias("nation"),
        pl.col("o_orderdate").dt.year().alias("o_year"),
        revenue.sub(cost).alias("amount"),
      )
      .groupBy(["nation", "o_year"])
      .agg(pl.col("amount").sum().alias("sum_profit"))
      .sort(["nation", "o_year"], [false, true]);
  },
);
