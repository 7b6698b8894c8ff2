import pl from "nodejs-polars";
import { machine } from "../buckets.ts";
import { between } from "./between.ts";
import { date } from "./date.ts";
import { revenue } from "./money.ts";

const [one, other] = [pl.lit("FRANCE"), pl.lit("GERMANY")];
const [firstDay, lastDay] = [date("1995-01-01"), date("1996-12-31")];

/** What are the goods worth that two nations shipped to each other, by year? */
export const volumeShipping = machine.task(
  { name: "q07", sources: ["supplier", "lineitem", "orders", "customer", "nation"] },
  ({ supplier, lineitem, orders, customer, nation }) => {
    const sellers = nation.select(pl.col("n_nationkey").alias("supp_nationkey"), pl.col("n_name").alias("supp_nation"));
    const buyers = nation.select(pl.col("n_nationkey").alias("cust_nationkey"), pl.col("n_name").alias("cust_nation"));
    const there = pl.col("supp_nation").eq(one).and(pl.col("cust_nation").eq(other));
    const back = pl.col("supp_nation").eq(other).and(pl.col("cust_nation").eq(one));
    return lineitem
      .filter(between(pl.col("l_shipdate"), firstDay, lastDay))
      .join(supplier, { leftOn: "l_suppkey", rightOn: "s_suppkey" })
      .join(sellers, { leftOn: "s_nationkey", rightOn: "supp_nationkey" })
      .join(orders, { leftOn: "l_orderkey", rightOn: "o_orderkey" })
      .join(customer, { leftOn: "o_custkey", rightOn: "c_custkey" })
      .join(buyers, { leftOn: "c_nationkey", rightOn: "cust_nationkey" })
      .filter(there.or(back))
      .withColumns(pl.col("l_shipdate").dt.year().alias("l_year"), revenue.alias("volume"))
      .groupBy(["supp_nation", "cust_nation", "l_year"])
      .agg(pl.col("volume").sum().alias("revenue"))
      .sort(["supp_nation", "cust_nation", "l_year"]);
  },
);
