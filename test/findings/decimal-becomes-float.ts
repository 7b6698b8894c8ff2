import { decimal } from "@glacier/expressions";
import pl from "nodejs-polars";
import { here, orders, result } from "./shop.ts";

// `gross` is Float64: 0.10 becomes 0.12000000000000001 or the like.
const gross = here.task("gross", (df) => df.withColumn(pl.col("price").mul(1.2).alias("gross")));
export const wrong = orders.transform(gross).to(result);

const exact = here.task("exact", (df) => df.withColumn(pl.col("price").mul(decimal("1.2")).alias("gross")));
export const right = orders.transform(exact).to(result);
