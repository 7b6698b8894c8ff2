// Makes the queries of the 100 tasks, as a program would that knows nothing of Glacier's checks: what nodejs-polars alone
// takes for that.
import pl from "nodejs-polars";
import { Dag } from "@glacier/core";
import { pipeline } from "./pipeline.mjs";

const orders = pl.scanParquet("/nowhere/orders.parquet", {
  schema: {
    id: pl.Int64,
    customer: pl.Int64,
    at: pl.Datetime("us"),
    amount: pl.Float64,
    quantity: pl.Int64,
    state: pl.String,
    note: pl.String,
  },
});
const customers = pl.scanParquet("/nowhere/customers.parquet", {
  schema: { customer: pl.Int64, region: pl.String, since: pl.Date },
});
let made = 0;
for (const { step } of Dag.of(pipeline).steps) {
  const frames = "customers" in step.sources ? { df: orders, customers } : { df: orders };
  await step.task(frames);
  made += 1;
}
if (made !== 100) throw new Error(`${made} queries`);
