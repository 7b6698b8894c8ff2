import { int } from "@glacier/expressions";
import pl from "nodejs-polars";
import { here, orders, result } from "./shop.ts";

const isPaid = pl.col("paid");

// `count` is a text afterwards.
const mixed = here.task("mixed", (df) =>
  df.withColumn(pl.when(isPaid).then(pl.col("count")).otherwise(pl.lit("none")).alias("count")),
);
export const wrong = orders.transform(mixed).to(result);

const same = here.task("same", (df) =>
  df.withColumn(pl.when(isPaid).then(pl.col("count")).otherwise(int(0)).alias("count")),
);
export const right = orders.transform(same).to(result);
