import pl from "nodejs-polars";
import { machine } from "../buckets.ts";
import { date } from "./date.ts";
import { revenue } from "./money.ts";

const region = pl.lit("ASIA");
const start = date("1994-01-01");
const end = date("1995-01-01");

/** What do the suppliers of each nation of a region earn from customers of their own nation? */
export const localSupplierVolume = machine.task(
  { name: "q05", sources: ["customer", "orders", "lineitem", "supplier", "nation", "region"] },
  (tables) =>
    tables.orders
      .filter(pl.col("o_orderdate").gtEq(start).and(pl.col("o_orderdate").lt(end)))
      .join(tables.customer, { leftOn: "o_custkey", rightOn: "c_custkey" })
      .join(tables.lineitem, { leftOn: "o_orderkey", rightOn: "l_orderkey" })
      .join(tables.supplier, { leftOn: ["l_suppkey", "c_nationkey"], rightOn: ["s_suppkey", "s_nationkey"] })
      .join(tables.nation, { leftOn: "c_nationkey", rightOn: "n_nationkey" })
      .join(tables.region.filter(pl.col("r_name").eq(region)), { leftOn: "n_regionkey", rightOn: "r_regionkey" })
      .groupBy("n_name")
      .agg(revenue.sum().alias("revenue"))
      .sort("revenue", true),
);
