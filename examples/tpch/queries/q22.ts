import { decimal } from "@glacier/expressions";
import pl from "nodejs-polars";
import { machine } from "../buckets.ts";

const codes = ["13", "31", "23", "29", "30", "18", "17"];

/** Which customers have more than the average in their account, and have ordered nothing: how many, by country? */
export const salesOpportunity = machine.task(
  { name: "q22", sources: ["customer", "orders"] },
  ({ customer, orders }) => {
    const balance = pl.col("c_acctbal");
    const average = balance.filter(balance.gt(decimal("0"))).mean();
    return customer
      .withColumn(pl.col("c_phone").str.slice(0, 2).alias("cntrycode"))
      .filter(pl.col("cntrycode").isIn(codes))
      .filter(balance.gt(average))
      .join(orders, { leftOn: "c_custkey", rightOn: "o_custkey", how: "anti" })
      .groupBy("cntrycode")
      .agg(pl.len().cast(pl.Int64).alias("numcust"), balance.sum().alias("totacctbal"))
      .sort("cntrycode");
  },
);
