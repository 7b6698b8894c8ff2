// Filter, new columns, group by over 40 million rows, in one of three ways.
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Provider } from "@glacier/core";
import { local } from "@glacier/provider-local";
import pl from "nodejs-polars";
import { report } from "../lib/pairs.mjs";

const data = new URL("../data", import.meta.url);
const input = fileURLToPath(new URL("../data/big/rows.parquet", import.meta.url));
const output = fileURLToPath(new URL("../data/out/by-hand.parquet", import.meta.url));
mkdirSync(fileURLToPath(new URL("../data/out", import.meta.url)), { recursive: true });

const int = (value) => pl.lit(BigInt(value)).cast(pl.Int64);
const work = (df) =>
  df
    .filter(pl.col("day").gtEq(pl.lit(30).cast(pl.Int32)))
    .withColumns(pl.col("amount").mul(pl.lit(1.19)).alias("gross"), pl.col("id").modulo(int(24)).alias("hour"))
    .groupBy("key")
    .agg(
      pl.col("gross").sum(),
      pl.col("amount").max().alias("largest"),
      pl.col("hour").mean().alias("mean_hour"),
      pl.len().alias("rows"),
    );

const ways = {
  collect: async () => {
    const frame = await work(pl.scanParquet(input)).collect();
    frame.writeParquet(output);
    return { rows: frame.height };
  },
  sink: async () => {
    await work(pl.scanParquet(input)).sinkParquet(output).collect();
    return { rows: pl.scanParquet(output).select(pl.len()).collectSync().row(0)[0] };
  },
  glacier: async () => {
    const provider = new Provider(local({ root: data }));
    const pipeline = provider
      .bucket("big", "rows.parquet")
      .transform(provider.local().task("work", work))
      .to(provider.bucket("out", "glacier.parquet"));
    const result = await pipeline.run();
    return { rows: result.steps[0].outcome.rows };
  },
};

await report(ways[process.argv[2]]);
