import { int } from "@glacier/expressions";
import pl from "nodejs-polars";
import { here, orders, result } from "./shop.ts";

const recent = here.task("recent", (df) => df.filter(pl.col("id").gt(1_000_000)));
export const wrong = orders.transform(recent).to(result);

const skipping = here.task("skipping", (df) => df.filter(pl.col("id").gt(int(1_000_000))));
export const right = orders.transform(skipping).to(result);
