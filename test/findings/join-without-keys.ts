import { Pipeline } from "@glacier/core";
import { customers, here, orders, result } from "./shop.ts";

const sources = ["orders", "customers"] as const;

// TypeScript refuses it; JavaScript gets no rows.
const options = {} as { how: "cross" };
const keyless = here.task({ name: "keyless", sources }, ({ orders: left, customers: right }) =>
  left.select("id").join(right, options),
);
export const wrong = new Pipeline({ orders, customers }).transform(keyless).to(result);

const crossed = here.task({ name: "crossed", sources }, ({ orders: left, customers: right }) =>
  left.select("id").join(right, { how: "cross" }),
);
export const right = new Pipeline({ orders, customers }).transform(crossed).to(result);
