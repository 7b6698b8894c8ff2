import pl from "nodejs-polars";
import { machine } from "../buckets.ts";

const brand = pl.lit("Brand#23");
const container = pl.lit("MED BOX");

/** What would be lost in a year, of seven, if small orders of some parts were no longer taken? */
export const smallQuantityRevenue = machine.task(
  { name: "q17", sources: ["lineitem", "part"] },
  ({ lineitem, part }) => {
    const average = pl.col("l_quantity").mean().over("l_partkey");
    return lineitem
      .join(part.filter(pl.col("p_brand").eq(brand).and(pl.col("p_container").eq(container))), {
        leftOn: "l_partkey",
        rightOn: "p_partkey",
      })
      .filter(pl.col("l_quantity").lt(average.mul(pl.lit(0.2))))
      .select(pl.col("l_extendedprice").sum().cast(pl.Float64).div(pl.lit(7)).alias("avg_yearly"));
  },
);
