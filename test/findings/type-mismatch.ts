import { toDate } from "@glacier/expressions";
import pl from "nodejs-polars";
import { here, orders, result } from "./shop.ts";

// `day` is a text, which has no year.
const years = here.task("years", (df) => df.select(pl.col("day").dt.year()));
export const wrong = orders.transform(years).to(result);

const dated = here.task("dated", (df) => df.select(toDate("day", "%Y-%m-%d").dt.year()));
export const right = orders.transform(dated).to(result);
