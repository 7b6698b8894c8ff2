import { Pipeline } from "@glacier/core";
import { customers, here, orders, result } from "./shop.ts";

const sources = ["orders", "customers"] as const;

// The status of the customer is called `statusright`.
const joined = here.task({ name: "joined", sources }, ({ orders: left, customers: right }) =>
  left.join(right, { on: "customer", how: "left" }),
);
export const wrong = new Pipeline({ orders, customers }).transform(joined).to(result);

const named = here.task({ name: "named", sources }, ({ orders: left, customers: right }) =>
  left.join(right.rename({ status: "customer_status" }), { on: "customer", how: "left" }),
);
export const right = new Pipeline({ orders, customers }).transform(named).to(result);
