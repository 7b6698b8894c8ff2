import { Provider } from "@glacier/core";
import { local } from "@glacier/provider-local";
import pl from "nodejs-polars";

const provider = new Provider(local({ root: "./data" }));
export const here = provider.local();

export const orders = provider.bucket("shop", "orders.parquet", {
  schema: {
    id: pl.Int64,
    customer: pl.Int64,
    count: pl.Int32,
    price: pl.Decimal(12, 2),
    status: pl.String,
    day: pl.String,
    at: pl.Datetime("us", "Europe/Vienna"),
    paid: pl.Bool,
  },
});
export const customers = provider.bucket("shop", "customers.parquet", {
  schema: { customer: pl.Int64, name: pl.String, status: pl.String },
});
export const result = provider.bucket("reports", "result.parquet");
export const report = provider.bucket("reports", "report.csv");
