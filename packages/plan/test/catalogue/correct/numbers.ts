import pl from "nodejs-polars";
import type { Step } from "../tables.ts";

const { col, lit } = pl;

export const numbers: Readonly<Record<string, Step>> = {
  "adds, subtracts, multiplies, divides": ({ orders }) =>
    orders.select(
      col("amount").add(col("quantity")).alias("sum"),
      col("amount").sub(1).alias("less"),
      col("price").mul(col("quantity")).alias("worth"),
      col("cents").div(100).alias("euros"),
      col("cents").rem(7).alias("rest"),
    ),
  "joins texts with plus": ({ orders }) => orders.select(col("status").add(lit("!")).alias("loud")),
  "adds a boolean to a number": ({ orders }) => orders.select(col("quantity").add(col("paid")).alias("more")),
  "adds up booleans": ({ orders }) => orders.select(col("paid").sum(), col("paid").mean().alias("share")),
  rounds: ({ orders }) =>
    orders.select(
      col("amount").round(1),
      col("amount").floor().alias("down"),
      col("amount").ceil().alias("up"),
      col("cents").round(0).alias("whole"),
    ),
  clips: ({ orders }) => orders.select(col("amount").clip(1, 50), col("quantity").clip(1, 3)),
  "uses mathematics": ({ orders }) =>
    orders.select(
      col("amount").log(10),
      col("amount").exp().alias("e"),
      col("quantity").pow(2).alias("square"),
      col("amount").sin().alias("sine"),
      col("amount").abs().alias("size"),
      col("cents").log1p().alias("log"),
    ),
  "compares numbers of different types": ({ orders }) =>
    orders.filter(
      col("amount")
        .gt(col("cents"))
        .or(col("price").lt(col("small"))),
    ),
  "compares a decimal with a number": ({ orders }) => orders.filter(col("price").gt(10)),
  "compares texts": ({ orders }) => orders.filter(col("status").gt(col("note"))),
  "compares a text with a text": ({ orders }) => orders.filter(col("status").eq(lit("paid"))),
  "compares a category with a text": ({ orders }) => orders.filter(col("kind").eq(lit("paid"))),
  "compares with null": ({ orders }) => orders.select(col("note").eq(lit(null)).alias("never")),
  "compares booleans": ({ orders }) => orders.filter(col("paid").eq(lit(true))),
  "is in a list of numbers": ({ orders }) => orders.filter(col("quantity").isIn([1, 2, 3])),
  "is in a list of texts": ({ orders }) => orders.filter(col("status").isIn(["paid", "late"])),
  "is in another column's lists": ({ orders }) => orders.filter(col("status").isIn(col("tags"))),
  "is in a frame's values": ({ orders }) => orders.filter(col("customer").isIn(pl.Series([1, 2, 3]).cast(pl.Int64))),
  "casts numbers to texts and back": ({ orders }) =>
    orders.withColumn(col("cents").cast(pl.String).alias("text")).withColumn(col("text").cast(pl.Int64, true)),
  "casts texts of digits strictly": ({ orders }) => orders.select(col("code").cast(pl.Int64, true)),
  "casts any text without being strict": ({ orders }) => orders.select(col("note").cast(pl.Float64)),
  "casts floats to integers": ({ orders }) => orders.select(col("amount").cast(pl.Int32, true)),
  "casts to a decimal": ({ orders }) => orders.select(col("amount").cast(pl.Decimal(20, 4))),
  "casts numbers to dates and back": ({ orders }) =>
    orders.select(col("quantity").cast(pl.Date).alias("day"), col("day").cast(pl.Int32).alias("number")),
  "casts booleans to numbers and back": ({ orders }) =>
    orders.select(col("paid").cast(pl.Int8).alias("one"), col("quantity").cast(pl.Bool).alias("any")),
  "chooses between numbers": ({ orders }) =>
    orders.select(pl.when(col("paid")).then(col("amount")).otherwise(lit(0)).alias("due")),
  "chooses between a number and null": ({ orders }) =>
    orders.select(pl.when(col("amount").gt(3)).then(col("amount")).otherwise(lit(null)).alias("big")),
  "chooses between several texts": ({ orders }) =>
    orders.select(
      pl
        .when(col("amount").gt(50))
        .then(lit("large"))
        .when(col("amount").gt(10))
        .then(lit("middle"))
        .otherwise(col("status"))
        .alias("class"),
    ),
  "fills nulls of a number with a number": ({ orders }) => orders.select(col("amount").fillNull(0)),
  "fills nulls of a text with a text": ({ orders }) => orders.select(col("note").fillNull(lit("none"))),
  "fills nulls from before and with figures": ({ orders }) =>
    orders.select(
      col("amount").fillNull("forward").alias("before"),
      col("amount").fillNull("mean").alias("mean"),
      col("note").fillNull("backward").alias("next"),
      col("paid").forwardFill().alias("paid"),
    ),
  "fills a whole table of numbers": ({ orders }) => orders.select("amount", "quantity").fillNull(0).fillNan(0),
  interpolates: ({ orders }) => orders.select(col("amount").interpolate()),
  "replaces values": ({ orders }) =>
    orders.select(
      col("quantity").replace([1, 2], [10, 20]),
      col("status").replace(["paid"], ["done"]),
      col("status")
        .replaceStrict({ old: ["paid"], new_: [lit("x")] as never, default_: lit("y") })
        .alias("strict"),
    ),
  "takes the sign and the rank": ({ orders }) =>
    orders.select(col("amount").rank(), col("quantity").rank({ method: "dense", descending: false }).alias("dense")),
  "adds up across columns": ({ orders }) =>
    orders.select(
      pl.sumHorizontal([col("amount"), col("quantity")]).alias("sum"),
      pl.maxHorizontal([col("amount"), col("cents")]).alias("max"),
      pl.allHorizontal([col("paid"), col("amount").gt(1)]).alias("all"),
    ),
  "numbers from bits": ({ orders }) => orders.select(col("quantity").and(col("small")).alias("bits")),
  "mean of dates": ({ orders }) => orders.select(col("day").mean(), col("at").median(), col("took").sum()),
  "maximum and minimum of texts": ({ orders }) =>
    orders.select(col("status").max(), col("status").min().alias("min"), col("note").nUnique().alias("different")),
  correlates: ({ orders }) =>
    orders.select(
      pl.pearsonCorr(col("amount"), col("quantity")).alias("pearson"),
      pl.cov(col("amount"), col("cents")).alias("covariance"),
    ),
  quantiles: ({ orders }) => orders.select(col("amount").quantile(0.9), col("day").quantile(0.5)),
  "figures of a whole table of numbers": ({ orders }) => orders.select("amount", "quantity").mean(),
  "figures of a table with texts in it": ({ orders }) => orders.select("status", "day", "paid").max(),
  "differences and changes": ({ orders }) =>
    orders.select(
      col("amount").diff(1, "ignore"),
      col("at").diff(1, "ignore"),
      col("amount").pctChange().alias("change"),
    ),
  cumulates: ({ orders }) =>
    orders.select(col("amount").cumSum(), col("quantity").cumProd(), col("day").cumMax(), col("status").cumCount()),
};
