import { int } from "@glacier/expressions";
import pl from "nodejs-polars";
import { machine } from "../buckets.ts";

const size = int(15);
const type = "BRASS";
const region = pl.lit("EUROPE");

/** Which supplier of a region should be asked for each part of a type and size? The one with the least cost. */
export const minimumCostSupplier = machine.task(
  { name: "q02", sources: ["part", "supplier", "partsupp", "nation", "region"] },
  (tables) =>
    tables.part
      .filter(pl.col("p_size").eq(size).and(pl.col("p_type").str.endsWith(type)))
      .join(tables.partsupp, { leftOn: "p_partkey", rightOn: "ps_partkey" })
      .join(tables.supplier, { leftOn: "ps_suppkey", rightOn: "s_suppkey" })
      .join(tables.nation, { leftOn: "s_nationkey", rightOn: "n_nationkey" })
      .join(tables.region.filter(pl.col("r_name").eq(region)), { leftOn: "n_regionkey", rightOn: "r_regionkey" })
      .filter(pl.col("ps_supplycost").eq(pl.col("ps_supplycost").min().over("p_partkey")))
      .select("s_acctbal", "s_name", "n_name", "p_partkey", "p_mfgr", "s_address", "s_phone", "s_comment")
      .sort(["s_acctbal", "n_name", "s_name", "p_partkey"], [true, false, false, false])
      .limit(100),
);
