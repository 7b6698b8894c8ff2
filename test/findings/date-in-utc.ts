import pl from "nodejs-polars";
import { here, orders, result } from "./shop.ts";

// 00:30 on 1 March in Vienna is 29 February.
const days = here.task("days", (df) => df.select(pl.col("at").cast(pl.Date)));
export const wrong = orders.transform(days).to(result);

const local = here.task("local", (df) =>
  df.select(
    pl
      .col("at")
      .dt.replaceTimeZone(null as unknown as string)
      .cast(pl.Date),
  ),
);
export const right = orders.transform(local).to(result);
