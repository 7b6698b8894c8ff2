import { int } from "@glacier/expressions";
import pl from "nodejs-polars";
import { here, orders, result } from "./shop.ts";

// Finds 9007199254740992 as well.
const one = here.task("one", (df) => df.filter(pl.col("id").eq(pl.lit(9007199254740993n))));
export const wrong = orders.transform(one).to(result);

const exact = here.task("exact", (df) => df.filter(pl.col("id").eq(int(9007199254740993n))));
export const right = orders.transform(exact).to(result);
