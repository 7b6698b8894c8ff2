import { decimal } from "@glacier/expressions";
import pl from "nodejs-polars";
import { machine } from "../buckets.ts";
import { date } from "./date.ts";

const color = "forest";
const start = date("1994-01-01");
const end = date("1995-01-01");
const nation = pl.lit("CANADA");
/** With as many places as the exact product needs. */
const half = decimal("0.500");

/** Which suppliers of a nation have more of some parts than half of what was shipped in a year? */
export const partPromotion = machine.task(
  { name: "q20", sources: ["supplier", "nation", "partsupp", "part", "lineitem"] },
  (tables) => {
    const shipped = tables.lineitem
      .filter(pl.col("l_shipdate").gtEq(start).and(pl.col("l_shipdate").lt(end)))
      .groupBy(["l_partkey", "l_suppkey"])
      .agg(pl.col("l_quantity").sum().alias("quantity"));
    const excess = tables.partsupp
      .join(tables.part.filter(pl.col("p_name").str.startsWith(color)), {
        leftOn: "ps_partkey",
        rightOn: "p_partkey",
        how: "semi",
      })
      .join(shipped, { leftOn: ["ps_partkey", "ps_suppkey"], rightOn: ["l_partkey", "l_suppkey"] })
      .filter(pl.col("ps_availqty").gt(pl.col("quantity").mul(half)));
    return tables.supplier
      .join(excess, { leftOn: "s_suppkey", rightOn: "ps_suppkey", how: "semi" })
      .join(tables.nation.filter(pl.col("n_name").eq(nation)), { leftOn: "s_nationkey", rightOn: "n_nationkey" })
      .select("s_name", "s_address")
      .sort("s_name");
  },
);
