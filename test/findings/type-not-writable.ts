import pl from "nodejs-polars";
import { here, orders, report } from "./shop.ts";

// Without an aggregate, `status` is a list, which CSV can't hold.
const lists = here.task("lists", (df) => df.groupBy("customer").agg(pl.col("status")));
export const wrong = orders.transform(lists).to(report);

const last = here.task("last", (df) => df.groupBy("customer").agg(pl.col("status").last()));
export const right = orders.transform(last).to(report);
