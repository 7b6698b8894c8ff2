import pl from "nodejs-polars";
import { here, orders, result } from "./shop.ts";

// No row is left.
const unknown = here.task("unknown", (df) => df.filter(pl.col("status").eq(null)));
export const wrong = orders.transform(unknown).to(result);

const asked = here.task("asked", (df) => df.filter(pl.col("status").isNull()));
export const right = orders.transform(asked).to(result);
