import pl from "nodejs-polars";
import { here, orders, result } from "./shop.ts";

// "status" in every row: the larger of the two texts.
const texts = here.task("texts", (df) => df.select(pl.maxHorizontal(["status", "day"]).alias("last")));
export const wrong = orders.transform(texts).to(result);

const columns = here.task("columns", (df) =>
  df.select(pl.maxHorizontal([pl.col("status"), pl.col("day")]).alias("last")),
);
export const right = orders.transform(columns).to(result);
