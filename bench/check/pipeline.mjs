// A pipeline of `GLACIER_BENCH_STEPS` steps, 100 by default, over sources with declared schemas: what `bench/check.mjs`
// gives to `glacier check`. Five kinds of steps take turns, as in a pipeline that cleans, enriches and reports; a step has
// about five expressions, each of which nodejs-polars takes some 0.4 ms to make.
import { Pipeline, Provider } from "@glacier/core";
import { int } from "@glacier/expressions";
import { local } from "@glacier/provider-local";
import pl from "nodejs-polars";

const provider = new Provider(local({ root: "data" }));
const here = provider.local();

const orders = provider.bucket("bench", "orders.parquet", {
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
const customers = provider.bucket("bench", "customers.parquet", {
  schema: { customer: pl.Int64, region: pl.String, since: pl.Date },
});

const kinds = {
  filter: (df) => df.filter(pl.col("quantity").gt(int(0))),
  enrich: (df) =>
    df.withColumns(pl.col("amount").mul(pl.col("quantity")).alias("total"), pl.col("at").dt.year().alias("year")),
  rank: (df) => df.withColumn(pl.col("amount").rank("dense").over("customer").alias("rank")),
  tidy: (df) => df.select("id", "customer", "at", "amount", "quantity", "state", "note"),
};

/** @param {number} steps */
export function makePipeline(steps) {
  let last = orders;
  for (let at = 0; at < steps; at++) {
    const target = provider.bucket("bench", `out-${at}.parquet`);
    if (at % 5 === 2) {
      const join = here.task({ name: `join-${at}`, sources: ["df", "customers"] }, ({ df, customers: known }) =>
        df.join(known, { on: "customer", how: "left", suffix: "_known" }).drop("region", "since"),
      );
      last = new Pipeline({ df: last, customers }).transform(join).to(target);
    } else {
      const name = Object.keys(kinds)[[0, 1, 2, 2, 3][at % 5]];
      last = last.transform(here.task(`${name}-${at}`, kinds[name])).to(target);
    }
  }
  return last;
}

export const pipeline = makePipeline(Number(process.env.GLACIER_BENCH_STEPS ?? 100));
