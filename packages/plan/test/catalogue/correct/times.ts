import pl from "nodejs-polars";
import type { Step } from "../tables.ts";

const { col, lit } = pl;

export const times: Readonly<Record<string, Step>> = {
  "parts of a date": ({ orders }) =>
    orders.select(
      col("day").dt.year(),
      col("day").dt.month().alias("m"),
      col("day").dt.weekday().alias("w"),
      col("day").dt.ordinalDay().alias("o"),
    ),
  "parts of a time": ({ orders }) =>
    orders.select(
      col("at").dt.hour(),
      col("clock").dt.minute(),
      col("zoned").dt.second(),
      col("clock").dt.nanosecond().alias("n"),
    ),
  "truncates and rounds": ({ orders }) =>
    orders.select(col("at").dt.truncate("1h"), col("day").dt.truncate("1mo"), col("zoned").dt.round("1d")),
  formats: ({ orders }) =>
    orders.select(col("day").dt.strftime("%Y-%m"), col("at").dt.strftime("%H:%M"), col("clock").dt.strftime("%H")),
  "reads dates": ({ orders }) => orders.select(col("ordered_on").str.strptime(pl.Date, "%Y-%m-%d")),
  "reads dates without a format": ({ orders }) => orders.select(col("ordered_on").str.strptime(pl.Date)),
  "reads times": ({ orders }) =>
    orders.select(col("ordered_on").add(lit(" 10:00:00")).str.strptime(pl.Datetime("ms"), "%Y-%m-%d %H:%M:%S")),
  "moves to another zone": ({ orders }) =>
    orders.select(col("zoned").dt.convertTimeZone("Asia/Tokyo"), col("at").dt.replaceTimeZone("UTC")),
  "difference of times": ({ orders }) => orders.select(col("at").sub(col("day")).alias("since")),
  "difference of days": ({ orders }) => orders.select(col("day").sub(col("day").min()).alias("age")),
  "moves by a duration": ({ orders }) =>
    orders.select(col("at").add(col("took")), col("day").add(col("took")).alias("later")),
  "doubles a duration": ({ orders }) => orders.select(col("took").mul(2)),
  "compares dates": ({ orders }) => orders.filter(col("day").lt(col("at"))),
  "compares a date with a Date": ({ orders }) => orders.filter(col("day").gtEq(lit(new Date("2024-01-05")))),
  "compares a time with a Date": ({ orders }) => orders.filter(col("at").gtEq(lit(new Date("2024-01-05")))),
  "compares zoned times": ({ orders }) => orders.filter(col("zoned").gt(col("zoned").min())),
  "casts times to dates": ({ orders }) =>
    orders.select(col("at").cast(pl.Date), col("day").cast(pl.Datetime("ms")).alias("midnight")),
  "casts times to numbers": ({ orders }) =>
    orders.select(col("at").cast(pl.Int64), col("took").cast(pl.Int64), col("clock").cast(pl.Int64)),
  "counts by month": ({ orders }) =>
    orders
      .withColumn(col("day").dt.truncate("1mo").alias("month"))
      .groupBy("month")
      .agg(pl.len().alias("n"))
      .sort("month"),
  "groups by windows of time": ({ prices }) =>
    prices.groupByDynamic({ indexColumn: "at", every: "1w" }).agg(col("value").mean()),
  "groups by windows of time and a key": ({ prices }) =>
    prices.groupByDynamic({ indexColumn: "at", every: "1w", period: "2w", by: "product" }).agg(col("value").max()),
  "rolls over time": ({ prices }) => prices.groupByRolling({ indexColumn: "at", period: "3d" }).agg(col("value").sum()),
  "rolls over time by a key": ({ prices }) =>
    prices.groupByRolling({ indexColumn: "at", period: "3d", by: "product" }).agg(col("value").sum()),
  "rolls over rows": ({ prices }) =>
    prices.select(col("value").rollingMean(3), col("value").rollingMax({ windowSize: 3, minPeriods: 1 }).alias("m")),
  smooths: ({ prices }) => prices.select(col("value").ewmMean()),
  "the first time of each": ({ orders }) =>
    orders.groupBy("customer").agg(col("at").min().alias("first"), col("day").max().alias("last")),
  "a date of a time in a join": ({ orders, calendar }) =>
    orders.withColumn(col("at").cast(pl.Date).alias("date")).join(calendar, { leftOn: "date", rightOn: "day" }),
  "dates that were texts in a join": ({ orders, calendar }) =>
    orders
      .withColumn(col("ordered_on").str.strptime(pl.Date, "%Y-%m-%d").alias("date"))
      .join(calendar, { leftOn: "date", rightOn: "day", how: "left" }),
};
