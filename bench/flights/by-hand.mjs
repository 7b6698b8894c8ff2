// What examples/flights does, written by hand: the same reads, transforms and writes, straight to their files.
import { mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { int } from "@glacier/expressions";
import pl from "nodejs-polars";
import { report } from "../lib/pairs.mjs";

const vega = join(dirname(dirname(fileURLToPath(import.meta.resolve("vega-datasets")))), "data");
const out = fileURLToPath(new URL("../data/flights", import.meta.url));
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const file = (name) => join(out, name);

await report(async () => {
  const airports = pl.scanCSV(join(vega, "airports.csv")).select("iata", "city", "state");
  await pl
    .scanParquet(join(vega, "flights-3m.parquet"))
    .filter(
      pl
        .col("delay")
        .gtEq(int(-60))
        .and(pl.col("delay").ltEq(int(24 * 60))),
    )
    .unique({ maintainOrder: false })
    .withColumn(pl.col("date").dt.hour().cast(pl.Int64).alias("hour"))
    .sinkParquet(file("flights.parquet"))
    .collect();
  const clean = pl.scanParquet(file("flights.parquet"));
  await clean
    .join(airports, { leftOn: "origin", rightOn: "iata", how: "inner" })
    .sinkParquet(file("located.parquet"))
    .collect();
  const delays = [pl.len().cast(pl.Int64).alias("flights"), pl.col("delay").mean().round(2).alias("mean_delay")];
  const late = pl.col("delay").gt(int(15)).mean().round(4).alias("late_share");
  await pl
    .scanParquet(file("located.parquet"))
    .groupBy("state")
    .agg(...delays, late, pl.col("origin").nUnique().cast(pl.Int64).alias("airports"))
    .sort("state")
    .sinkCSV(file("by_state.csv"))
    .collect();
  await clean
    .groupBy("hour")
    .agg(...delays, late)
    .sort("hour")
    .sinkCSV(file("by_hour.csv"))
    .collect();
  await clean
    .groupBy(["origin", "destination"])
    .agg(...delays, pl.col("distance").first().alias("distance"))
    .sort(["flights", "origin", "destination"], [true, false, false])
    .sinkNdJson(file("by_route.ndjson"))
    .collect();
  const worstOf = (df, what) =>
    df
      .filter(pl.col("flights").gtEq(int(10_000)))
      .sort("mean_delay", true)
      .limit(1)
      .select(pl.col(what).alias(`worst_${what}`), pl.col("mean_delay").alias(`delay_of_${what}`));
  await worstOf(pl.scanCSV(file("by_state.csv")), "state")
    .join(worstOf(pl.scanCSV(file("by_hour.csv")), "hour"), { how: "cross" })
    .sinkParquet(file("overview.parquet"))
    .collect();
});
