import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { Pipeline, Provider } from "@glacier/core";
import { int } from "@glacier/expressions";
import { local } from "@glacier/provider-local";
import pl from "nodejs-polars";

// Three million US flights of 2001, and the airports: both are in the npm package vega-datasets.
const vega = dirname(dirname(fileURLToPath(import.meta.resolve("vega-datasets"))));
const open = new Provider(local({ root: vega }), { name: "vega" });
const flights = open.bucket("data", "flights-3m.parquet");
const airports = open.bucket("data", "airports.csv");

// Everything that the pipeline writes is under ./data beside this file.
const here = new Provider(local({ root: new URL("./data", import.meta.url) }), { name: "lake" });
const tidy = here.bucket("lake", "flights.parquet");
const located = here.bucket("lake", "located.parquet");
const byState = here.bucket("reports", "by_state.csv");
const byRoute = here.bucket("reports", "by_route.ndjson");
const byHour = here.bucket("reports", "by_hour.csv");
const overview = here.bucket("reports", "overview.parquet");

const machine = here.local();

/** Some delays are off by a day, and some rows are there twice. */
const clean = machine.task("clean", (df) =>
  df
    .filter(
      pl
        .col("delay")
        .gtEq(int(-60))
        .and(pl.col("delay").ltEq(int(24 * 60))),
    )
    .unique({ maintainOrder: false })
    .withColumn(pl.col("date").dt.hour().cast(pl.Int64).alias("hour")),
);

const locate = machine.task({ name: "locate", sources: ["flights", "airports"] }, ({ flights, airports }) =>
  flights.join(airports.select("iata", "city", "state"), { leftOn: "origin", rightOn: "iata", how: "inner" }),
);

const delays = [pl.len().cast(pl.Int64).alias("flights"), pl.col("delay").mean().round(2).alias("mean_delay")];
const late = pl.col("delay").gt(int(15)).mean().round(4).alias("late_share");

const perState = machine.task("per_state", (df) =>
  df
    .groupBy("state")
    .agg(...delays, late, pl.col("origin").nUnique().cast(pl.Int64).alias("airports"))
    .sort("state"),
);

const perRoute = machine.task("per_route", (df) =>
  df
    .groupBy(["origin", "destination"])
    .agg(...delays, pl.col("distance").first().alias("distance"))
    .sort(["flights", "origin", "destination"], [true, false, false]),
);

const perHour = machine.task("per_hour", (df) =>
  df
    .groupBy("hour")
    .agg(...delays, late)
    .sort("hour"),
);

/** One row: the state and the hour with the longest delays, among those with at least 10,000 flights. */
const worst = machine.task({ name: "worst", sources: ["states", "hours"] }, ({ states, hours }) => {
  const worstOf = (df: typeof states, what: string) =>
    df
      .filter(pl.col("flights").gtEq(int(10_000)))
      .sort("mean_delay", true)
      .limit(1)
      .select(pl.col(what).alias(`worst_${what}`), pl.col("mean_delay").alias(`delay_of_${what}`));
  return worstOf(states, "state").join(worstOf(hours, "hour"), { how: "cross" });
});

const cleaned = flights.transform(clean).to(tidy);
const states = new Pipeline({ flights: cleaned, airports })
  .transform(locate)
  .to(located)
  .transform(perState)
  .to(byState);
const hours = cleaned.transform(perHour).to(byHour);

/** `clean` runs once, although four steps need it in the end. */
export const delaysByPlace = new Pipeline({ states, hours })
  .transform(worst)
  .to(overview)
  .withName("delays", "Where and when flights are late");

export const routes = cleaned.transform(perRoute).to(byRoute).withName("routes", "Delays by route");
