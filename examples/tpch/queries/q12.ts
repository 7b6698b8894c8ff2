import { int } from "@glacier/expressions";
import pl from "nodejs-polars";
import { machine } from "../buckets.ts";
import { date } from "./date.ts";

const modes = ["MAIL", "SHIP"];
const start = date("1994-01-01");
const end = date("1995-01-01");

const [one, zero] = [int(1).cast(pl.Int64), int(0).cast(pl.Int64)];
const isHigh = pl.col("o_orderpriority").isIn(["1-URGENT", "2-HIGH"]);

/** Does a cheap way of shipping make more of the urgent orders come late? */
export const shippingModes = machine.task({ name: "q12", sources: ["orders", "lineitem"] }, ({ orders, lineitem }) =>
  lineitem
    .filter(pl.col("l_shipmode").isIn(modes))
    .filter(pl.col("l_commitdate").lt(pl.col("l_receiptdate")))
    .filter(pl.col("l_shipdate").lt(pl.col("l_commitdate")))
    .filter(pl.col("l_receiptdate").gtEq(start).and(pl.col("l_receiptdate").lt(end)))
    .join(orders, { leftOn: "l_orderkey", rightOn: "o_orderkey" })
    .groupBy("l_shipmode")
    .agg(
      pl.when(isHigh).then(one).otherwise(zero).sum().alias("high_line_count"),
      pl.when(isHigh.not()).then(one).otherwise(zero).sum().alias("low_line_count"),
    )
    .sort("l_shipmode"),
);
