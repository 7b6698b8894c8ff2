import { Pipeline } from "@glacier/core";
import pl from "nodejs-polars";
import { customers, here, orders, result } from "./shop.ts";

const hidden = here.task("hidden", (df) =>
  df.join(pl.scanParquet("data/shop/customers.parquet").select("customer", "name"), { on: "customer" }),
);
export const wrong = orders.transform(hidden).to(result);

const named = here.task({ name: "named", sources: ["orders", "customers"] }, (frames) =>
  frames.orders.join(frames.customers.select("customer", "name"), { on: "customer" }),
);
export const right = new Pipeline({ orders, customers }).transform(named).to(result);
