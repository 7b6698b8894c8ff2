import pl from "nodejs-polars";
import type { Step } from "../tables.ts";

const { col, lit } = pl;

export const grouping: Readonly<Record<string, Step>> = {
  "figures of groups": ({ orders }) =>
    orders
      .groupBy("customer")
      .agg(
        col("amount").sum(),
        col("amount").mean().alias("mean"),
        col("quantity").max(),
        col("status").first(),
        col("note").nUnique().alias("notes"),
        pl.len().alias("n"),
      ),
  "groups by several keys, and expressions": ({ orders }) =>
    orders
      .groupBy([col("customer"), col("day").dt.month().alias("month"), col("amount").gt(10).alias("big")])
      .agg(col("amount").sum()),
  "filters in groups": ({ orders }) =>
    orders.groupBy("status").agg(col("amount").filter(col("paid")).sum(), col("paid").sum().alias("times")),
  "sorts in groups": ({ orders }) =>
    orders.groupBy("customer").agg(col("status").sortBy("at").last(), col("amount").sort().head(2)),
  "calculates with figures": ({ orders }) =>
    orders.groupBy("customer").agg(col("amount").sum().div(col("quantity").sum()).alias("each")),
  "counts all": ({ orders }) => orders.select(pl.len().alias("rows"), pl.count("note").alias("notes")),
  "quantiles of groups": ({ orders }) =>
    orders.groupBy("customer").agg(col("amount").quantile(0.5), col("amount").std().alias("std")),
  "figures of an empty table": ({ orders }) =>
    orders.filter(lit(false)).select(col("amount").sum(), col("amount").max().alias("max"), col("status").first()),
  "groups of an empty table": ({ orders }) => orders.filter(lit(false)).groupBy("status").agg(col("amount").mean()),
  "sums over a window": ({ orders }) =>
    orders.withColumn(col("amount").sum().over("customer").alias("total")).select(col("amount").div(col("total"))),
  "ranks over a window": ({ orders }) =>
    orders.withColumn(col("amount").rank().over("customer", "status").alias("rank")),
  "differences over a window": ({ orders }) =>
    orders.withColumn(col("at").diff(1, "ignore").over("customer").alias("gap")),
  "a window by an expression": ({ orders }) =>
    orders.select(col("amount").mean().over(col("day").dt.month()).alias("m")),
  "a window over texts": ({ orders }) => orders.select(col("status").first().over("customer").alias("first")),
  "a window that cumulates": ({ orders }) => orders.select(col("amount").cumSum().over("customer")),
  "a window in a condition": ({ orders }) => orders.filter(col("amount").gtEq(col("amount").max().over("customer"))),
  "the first rows of groups": ({ orders }) => orders.groupBy("customer").head(1),
  "a group's aggregates of lists": ({ orders }) =>
    orders.groupBy("customer").agg(col("tags").explode().nUnique().alias("tags")),
  "groups by a category": ({ orders }) => orders.groupBy("kind").agg(col("amount").sum()),
  "groups by a date": ({ orders }) => orders.groupBy("day").agg(col("price").sum()),
  "groups by a decimal": ({ orders }) => orders.groupBy("price").agg(pl.len().alias("n")),
  "all columns of groups": ({ orders }) =>
    orders.select("customer", "amount", "quantity").groupBy("customer").agg(pl.all().sum()),
  "the mode": ({ orders }) => orders.groupBy("customer").agg(col("status").mode().first()),
  "any and all": ({ orders }) => orders.groupBy("customer").agg(col("paid").any(), col("paid").all().alias("all")),
  "values of extremes": ({ orders }) =>
    orders.groupBy("customer").agg(col("order").gather(col("amount").argMax()).first()),
  "when in a group": ({ orders }) =>
    orders.groupBy("customer").agg(pl.when(col("paid")).then(col("amount")).otherwise(lit(0)).sum().alias("paid")),
  "a literal in a group": ({ orders }) => orders.groupBy("customer").agg(lit("x").alias("x"), col("amount").max()),
  "quantities of arrays": ({ orders }) => orders.groupBy("status").agg(col("vector").first()),
  "shares of a total": ({ orders }) =>
    orders
      .groupBy("status")
      .agg(col("amount").sum())
      .withColumn(col("amount").div(col("amount").sum()).alias("share")),
  "unique values as a list": ({ orders }) =>
    orders.groupBy("customer").agg(col("status").unique().alias("all")).explode("all"),
  "groups twice": ({ orders }) =>
    orders.groupBy(["customer", "status"]).agg(col("amount").sum()).groupBy("status").agg(col("amount").mean()),
};
