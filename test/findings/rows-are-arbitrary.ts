import pl from "nodejs-polars";
import { here, orders, result } from "./shop.ts";

// `false`: the groups come in any order.
const some = here.task("some", (df) => df.groupBy("customer", false).agg(pl.col("price").sum()).limit(10));
export const wrong = orders.transform(some).to(result);

const best = here.task("best", (df) =>
  df.groupBy("customer", false).agg(pl.col("price").sum()).sort(["price", "customer"], [true, false]).limit(10),
);
export const right = orders.transform(best).to(result);
