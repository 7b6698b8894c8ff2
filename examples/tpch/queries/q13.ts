import pl from "nodejs-polars";
import { machine } from "../buckets.ts";

const words = "special.*requests";

/** How many customers have how many orders, those without any included? */
export const customerDistribution = machine.task(
  { name: "q13", sources: ["customer", "orders"] },
  ({ customer, orders }) =>
    customer
      .join(orders.filter(pl.col("o_comment").str.contains(words).not()), {
        leftOn: "c_custkey",
        rightOn: "o_custkey",
        how: "left",
      })
      .groupBy("c_custkey")
      .agg(pl.col("o_orderkey").count().cast(pl.Int64).alias("c_count"))
      .groupBy("c_count")
      .agg(pl.len().cast(pl.Int64).alias("custdist"))
      .sort(["custdist", "c_count"], [true, true]),
);
