import { decimal, int } from "@glacier/expressions";
import pl from "nodejs-polars";
import { machine } from "../buckets.ts";
import { between } from "./between.ts";
import { revenue } from "./money.ts";

const modes = ["AIR", "AIR REG"];
const instruction = pl.lit("DELIVER IN PERSON");
const offers = [
  { brand: "Brand#12", containers: ["SM CASE", "SM BOX", "SM PACK", "SM PKG"], quantity: ["1", "11"], size: 5 },
  { brand: "Brand#23", containers: ["MED BAG", "MED BOX", "MED PKG", "MED PACK"], quantity: ["10", "20"], size: 10 },
  { brand: "Brand#34", containers: ["LG CASE", "LG BOX", "LG PACK", "LG PKG"], quantity: ["20", "30"], size: 15 },
] as const;

const inOffer = offers
  .map(({ brand, containers, quantity: [least, most], size }) =>
    pl
      .col("p_brand")
      .eq(pl.lit(brand))
      .and(pl.col("p_container").isIn([...containers]))
      .and(between(pl.col("l_quantity"), decimal(least), decimal(most)))
      .and(between(pl.col("p_size"), int(1), int(size))),
  )
  .reduce((one, other) => one.or(other));

/** What was earned with parts of three kinds, shipped by air and delivered in person? */
export const discountedRevenue = machine.task({ name: "q19", sources: ["lineitem", "part"] }, ({ lineitem, part }) =>
  lineitem
    .filter(pl.col("l_shipmode").isIn(modes).and(pl.col("l_shipinstruct").eq(instruction)))
    .join(part, { leftOn: "l_partkey", rightOn: "p_partkey" })
    .filter(inOffer)
    .select(revenue.sum().alias("revenue")),
);
