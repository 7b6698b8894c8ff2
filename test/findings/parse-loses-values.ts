import { toDate } from "@glacier/expressions";
import pl from "nodejs-polars";
import { here, orders, result } from "./shop.ts";

// "on 2024-02-03 it" becomes a date, and "2024-02-30" null.
const dates = here.task("dates", (df) => df.withColumn(pl.col("day").str.strptime(pl.Date, "%Y-%m-%d")));
export const wrong = orders.transform(dates).to(result);

const strict = here.task("strict", (df) => df.withColumn(toDate("day", "%Y-%m-%d")));
export const right = orders.transform(strict).to(result);
