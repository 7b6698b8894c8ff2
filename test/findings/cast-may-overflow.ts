import { strictCast } from "@glacier/expressions";
import pl from "nodejs-polars";
import { here, orders, result } from "./shop.ts";

// 3,000,000,000 becomes null.
const small = here.task("small", (df) => df.select(pl.col("customer").cast(pl.Int32)));
export const wrong = orders.transform(small).to(result);

const strict = here.task("strict", (df) => df.select(strictCast("customer", pl.Int32)));
export const right = orders.transform(strict).to(result);
