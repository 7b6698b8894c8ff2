import { int } from "@glacier/expressions";
import pl from "nodejs-polars";
import { here, orders, result } from "./shop.ts";

// `count` is Float64 afterwards.
const more = here.task("more", (df) => df.withColumn(pl.col("count").add(1)));
export const wrong = orders.transform(more).to(result);

const exact = here.task("exact", (df) => df.withColumn(pl.col("count").add(int(1))));
export const right = orders.transform(exact).to(result);
