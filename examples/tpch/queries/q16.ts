import pl from "nodejs-polars";
import { machine } from "../buckets.ts";

const brand = pl.lit("Brand#45");
const type = "MEDIUM POLISHED";
// A series, as an array of numbers is one of floats.
const sizes = pl.lit(pl.Series("sizes", [49, 14, 23, 45, 19, 3, 36, 9], pl.Int32));
const words = "Customer.*Complaints";

/** How many suppliers about whom nobody complains can deliver parts of some sizes, but not of a brand and a type? */
export const partSuppliers = machine.task(
  { name: "q16", sources: ["partsupp", "part", "supplier"] },
  ({ partsupp, part, supplier }) =>
    part
      .filter(pl.col("p_brand").neq(brand))
      .filter(pl.col("p_type").str.startsWith(type).not())
      .filter(pl.col("p_size").isIn(sizes))
      .join(partsupp, { leftOn: "p_partkey", rightOn: "ps_partkey" })
      .join(supplier.filter(pl.col("s_comment").str.contains(words)), {
        leftOn: "ps_suppkey",
        rightOn: "s_suppkey",
        how: "anti",
      })
      .groupBy(["p_brand", "p_type", "p_size"])
      .agg(pl.col("ps_suppkey").nUnique().cast(pl.Int64).alias("supplier_cnt"))
      .sort(["supplier_cnt", "p_brand", "p_type", "p_size"], [true, false, false, false]),
);
