import pl from "nodejs-polars";
import { type Mistake, questionable, silent } from "./mistake.ts";

const { col, lit } = pl;

const allNull = "It gives null for every row.";
const neverEqual = "It can't be true for any row.";
const oddDate = "It is compared as a number of days or microseconds since 1970.";
const becomesText = "The values become texts, and nothing can be calculated with them.";

export const silentOnes: Readonly<Record<string, Mistake>> = {
  "the mean of a text in groups": silent(allNull, ({ orders }) => orders.groupBy("customer").agg(col("status").mean())),
  "the median of a text in groups": silent(allNull, ({ orders }) =>
    orders.groupBy("customer").agg(col("status").median().alias("m")),
  ),
  "the deviation of a text in groups": silent(allNull, ({ orders }) =>
    orders.groupBy("customer").agg(col("status").std()),
  ),
  "the variance of a date in groups": silent(allNull, ({ orders }) => orders.groupBy("customer").agg(col("day").var())),
  "a quantile of a text in groups": silent(allNull, ({ orders }) =>
    orders.groupBy("customer").agg(col("status").quantile(0.5)),
  ),
  "the sum of dates in groups": silent(allNull, ({ orders }) => orders.groupBy("customer").agg(col("day").sum())),
  "the mean of a list in groups": silent(allNull, ({ orders }) =>
    orders.groupBy("customer").agg(col("scores").mean().alias("mean")),
  ),
  "the mean of a category in groups": silent(allNull, ({ orders }) =>
    orders.groupBy("customer").agg(col("kind").mean()),
  ),
  "the mean of a text over a window": silent(allNull, ({ orders }) =>
    orders.select(col("status").mean().over("customer")),
  ),
  "the sum of times over a window": silent(allNull, ({ orders }) =>
    orders.withColumn(col("at").sum().over("customer").alias("total")),
  ),
  "a date with a year": silent(oddDate, ({ orders }) => orders.filter(col("day").gtEq(2024))),
  "a time with a year": silent(oddDate, ({ orders }) => orders.filter(col("at").gt(2024))),
  "a date with a date written as a number": silent(oddDate, ({ orders }) => orders.filter(col("day").lt(20_240_101))),
  "a boolean with a number": silent(neverEqual, ({ orders }) => orders.select(col("paid").eq(5).alias("x"))),
  "a boolean with a text": silent(neverEqual, ({ orders }) => orders.select(col("paid").eq(lit("yes")).alias("x"))),
  "a date with a number": questionable(oddDate, ({ orders }) => orders.filter(col("day").gt(5))),
  "a number or a text": questionable(becomesText, ({ orders }) =>
    orders.select(pl.when(col("paid")).then(col("quantity")).otherwise(lit("none"))),
  ),
  "a date or a text": questionable(becomesText, ({ orders }) =>
    orders.select(pl.when(col("paid")).then(col("day")).otherwise(lit("none"))),
  ),
  "a float filled with a text": questionable(
    becomesText,
    ({ orders }) => orders.select(col("amount").fillNull(lit("none"))),
    "FILL_CHANGES_TYPE",
  ),
  "numbers and texts under each other": questionable(becomesText, ({ orders }) =>
    pl.concat([orders.select("quantity"), orders.select(col("status").alias("quantity"))]),
  ),
};
