import { decimal } from "@glacier/expressions";
import pl from "nodejs-polars";
import { machine } from "../buckets.ts";
import { between } from "./between.ts";
import { date } from "./date.ts";
import { withPlaces } from "./money.ts";

const start = date("1994-01-01");
const end = date("1995-01-01");
const [lowest, highest] = [decimal("0.05"), decimal("0.07")];
const quantity = decimal("24");

/** How much more would have been earned in a year without certain discounts on small quantities? */
export const forecastRevenue = machine.task({ name: "q06", sources: ["lineitem"] }, ({ lineitem }) =>
  lineitem
    .filter(pl.col("l_shipdate").gtEq(start).and(pl.col("l_shipdate").lt(end)))
    .filter(between(pl.col("l_discount"), lowest, highest))
    .filter(pl.col("l_quantity").lt(quantity))
    .select(withPlaces("l_extendedprice", 4).mul(pl.col("l_discount")).sum().alias("revenue")),
);
