import { decimal } from "@glacier/expressions";
import pl from "nodejs-polars";
import { machine } from "../buckets.ts";

const nation = pl.lit("GERMANY");
/** At scale factor 1; it is divided by the scale factor. With as many places as the exact product needs. */
const fraction = decimal("0.000100");

/** Which parts are an important share of what a nation's suppliers have in stock? */
export const importantStock = machine.task({ name: "q11", sources: ["partsupp", "supplier", "nation"] }, (tables) =>
  tables.partsupp
    .join(tables.supplier, { leftOn: "ps_suppkey", rightOn: "s_suppkey" })
    .join(tables.nation.filter(pl.col("n_name").eq(nation)), { leftOn: "s_nationkey", rightOn: "n_nationkey" })
    .groupBy("ps_partkey")
    .agg(pl.col("ps_supplycost").mul(pl.col("ps_availqty")).sum().alias("value"))
    .filter(pl.col("value").gt(pl.col("value").sum().mul(fraction)))
    .sort("value", true),
);
