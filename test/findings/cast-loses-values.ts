import { strictCast } from "@glacier/expressions";
import pl from "nodejs-polars";
import { here, orders, result } from "./shop.ts";

// "12,5" becomes null.
const numbers = here.task("numbers", (df) => df.select(pl.col("status").cast(pl.Float64)));
export const wrong = orders.transform(numbers).to(result);

// Fails at "12,5". Who wants null says so: `pl.col("status").cast(pl.Float64).fillNull(0)`.
const strict = here.task("strict", (df) => df.select(strictCast("status", pl.Float64)));
export const right = orders.transform(strict).to(result);
