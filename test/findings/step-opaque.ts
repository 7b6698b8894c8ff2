import { upper } from "@glacier/expressions";
import pl from "nodejs-polars";
import { here, orders, result } from "./shop.ts";

const large = here.task("large", (df) => df.select(pl.col("status").str.toUpperCase()));
export const wrong = orders.transform(large).to(result);

const readable = here.task("readable", (df) => df.select(upper("status")));
export const right = orders.transform(readable).to(result);
