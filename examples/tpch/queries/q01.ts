import { decimal } from "@glacier/expressions";
import pl from "nodejs-polars";
import { machine } from "../buckets.ts";
import { date } from "./date.ts";
import { revenue, withPlaces } from "./money.ts";

/** 90 days before the last day on which anything is shipped, 1998-12-01. */
const lastShipDate = date("1998-09-02");

const taxed = withPlaces("l_extendedprice", 6)
  .mul(decimal("1").sub(pl.col("l_discount")))
  .mul(decimal("1").add(pl.col("l_tax")));

/** How much business was billed, shipped and returned? */
export const pricingSummary = machine.task({ name: "q01", sources: ["lineitem"] }, ({ lineitem }) =>
  lineitem
    .filter(pl.col("l_shipdate").ltEq(lastShipDate))
    .groupBy(["l_returnflag", "l_linestatus"])
    .agg(
      pl.col("l_quantity").sum().alias("sum_qty"),
      pl.col("l_extendedprice").sum().alias("sum_base_price"),
      revenue.sum().alias("sum_disc_price"),
      taxed.sum().alias("sum_charge"),
      pl.col("l_quantity").mean().alias("avg_qty"),
      pl.col("l_extendedprice").mean().alias("avg_price"),
      pl.col("l_discount").mean().alias("avg_disc"),
      pl.len().cast(pl.Int64).alias("count_order"),
    )
    .sort(["l_returnflag", "l_linestatus"]),
);
