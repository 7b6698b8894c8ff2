import { here, orders, report, result } from "./shop.ts";

// Who reads the CSV gets Float64 for Decimal(12, 2).
const prices = here.task("prices", (df) => df.select("id", "price"));
export const wrong = orders.transform(prices).to(report);

export const right = orders.transform(prices).to(result);
