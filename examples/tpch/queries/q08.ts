import { decimal } from "@glacier/expressions";
import pl from "nodejs-polars";
import { machine } from "../buckets.ts";
import { between } from "./between.ts";
import { date } from "./date.ts";
import { revenue } from "./money.ts";

const nation = pl.lit("BRAZIL");
const region = pl.lit("AMERICA");
const type = pl.lit("ECONOMY ANODIZED STEEL");
const [firstDay, lastDay] = [date("1995-01-01"), date("1996-12-31")];

/** How did a nation's share of a region's market for a type of part change over two years? */
export const marketShare = machine.task(
  { name: "q08", sources: ["part", "supplier", "lineitem", "orders", "customer", "nation", "region"] },
  (tables) => {
    const buyers = tables.nation.select(pl.col("n_nationkey").alias("cust_nationkey"), pl.col("n_regionkey"));
    const sellers = tables.nation.select(
      pl.col("n_nationkey").alias("supp_nationkey"),
      pl.col("n_name").alias("nation"),
    );
    const ofNation = pl.when(pl.col("nation").eq(nation)).then(pl.col("volume")).otherwise(decimal("0"));
    return tables.part
      .filter(pl.col("p_type").eq(type))
      .join(tables.lineitem, { leftOn: "p_partkey", rightOn: "l_partkey" })
      .join(tables.supplier, { leftOn: "l_suppkey", rightOn: "s_suppkey" })
      .join(tables.orders.filter(between(pl.col("o_orderdate"), firstDay, lastDay)), {
        leftOn: "l_orderkey",
        rightOn: "o_orderkey",
      })
      .join(tables.customer, { leftOn: "o_custkey", rightOn: "c_custkey" })
      .join(buyers, { leftOn: "c_nationkey", rightOn: "cust_nationkey" })
      .join(tables.region.filter(pl.col("r_name").eq(region)), { leftOn: "n_regionkey", rightOn: "r_regionkey" })
      .join(sellers, { leftOn: "s_nationkey", rightOn: "supp_nationkey" })
      .select(pl.col("o_orderdate").dt.year().alias("o_year"), revenue.alias("volume"), pl.col("nation"))
      .groupBy("o_year")
      .agg(ofNation.sum().cast(pl.Float64).div(pl.col("volume").sum().cast(pl.Float64)).alias("mkt_share"))
      .sort("o_year");
  },
);
