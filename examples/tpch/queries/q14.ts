import { decimal } from "@glacier/expressions";
import pl from "nodejs-polars";
import { machine } from "../buckets.ts";
import { date } from "./date.ts";
import { revenue } from "./money.ts";

const start = date("1995-09-01");
const end = date("1995-10-01");
const type = "PROMO";

/** Which percentage of a month's revenue came from parts in a promotion? */
export const promotionEffect = machine.task({ name: "q14", sources: ["lineitem", "part"] }, ({ lineitem, part }) => {
  const promoted = pl.when(pl.col("p_type").str.startsWith(type)).then(revenue).otherwise(decimal("0"));
  const share = promoted.sum().cast(pl.Float64).div(revenue.sum().cast(pl.Float64));
  return lineitem
    .filter(pl.col("l_shipdate").gtEq(start).and(pl.col("l_shipdate").lt(end)))
    .join(part, { leftOn: "l_partkey", rightOn: "p_partkey" })
    .select(share.mul(pl.lit(100)).alias("promo_revenue"));
});
