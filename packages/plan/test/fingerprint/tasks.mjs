// Tasks with pinned fingerprints: see golden.json. Plain JavaScript, so that another process can call them too.

/** An integer without a type of its own, as `int` of @glacier/expressions makes it. */
const int = (pl, value) => pl.Expr.deserialize(Buffer.from(`{"Literal":{"Dyn":{"Int":${value}}}}`), "json");

/** `pl` is nodejs-polars; the others are lazy frames. */
export const tasks = {
  nothing: (_pl, { orders }) => orders,
  "one column": (_pl, { orders }) => orders.select("id"),
  filter: (pl, { orders }) =>
    orders.filter(
      pl
        .col("amount")
        .gt(10)
        .and(pl.col("status").eq(pl.lit("paid"))),
    ),
  "a filter of whole columns": (pl, { orders }) => orders.filter(pl.col("amount").gt(pl.col("amount").mean())),
  literals: (pl, { orders }) =>
    orders.select(
      pl.lit(1).alias("number"),
      pl.lit(1n).alias("bigint"),
      int(pl, 1).alias("int"),
      pl.lit(-0).alias("zero"),
      pl.lit(Number.NaN).alias("nan"),
      pl.lit(Number.NEGATIVE_INFINITY).alias("infinity"),
      pl.lit("ä ☃").alias("text"),
      pl.lit(true).alias("flag"),
      pl.lit(null).alias("null"),
      pl.lit(new Date("2024-02-29T01:02:03.004Z")).alias("moment"),
      int(pl, "9007199254740993").alias("large"),
    ),
  "is in": (pl, { orders }) => orders.filter(pl.col("status").isIn(["paid", "open"])),
  "a series": (pl, { orders }) => orders.filter(pl.col("id").isIn(pl.lit(pl.Series("", [1, 2], pl.Int64)))),
  calculations: (pl, { orders }) =>
    orders.withColumns(
      pl.col("amount").mul(1.2).round(2).alias("gross"),
      pl.col("id").cast(pl.String, true).alias("key"),
      pl.when(pl.col("paid")).then(pl.lit("yes")).otherwise(pl.lit("no")).alias("answer"),
    ),
  texts: (pl, { orders }) =>
    orders.select(pl.col("status").str.contains("pa.d"), pl.col("note").str.slice(0, 3).alias("start")),
  dates: (pl, { orders }) =>
    orders.select(pl.col("at").dt.year().alias("year"), pl.col("at").cast(pl.Date).alias("day")),
  strptime: (pl, { orders }) => orders.select(pl.col("note").str.strptime(pl.Date, "%Y-%m-%d")),
  "group by": (pl, { orders }) =>
    orders
      .groupBy("customer")
      .agg(pl.col("amount").sum().alias("total"), pl.len().alias("orders"))
      .sort({ by: ["total", "customer"], descending: [true, false] }),
  "group by without order": (pl, { orders }) => orders.groupBy("customer", false).agg(pl.col("amount").max()),
  window: (pl, { orders }) => orders.withColumn(pl.col("amount").sum().over("customer").alias("total")),
  rolling: (pl, { orders }) => orders.select(pl.col("amount").rollingMean({ windowSize: 3, center: true })),
  join: (_pl, { orders, customers }) => orders.join(customers, { on: "customer", how: "left", suffix: "_customer" }),
  "join of expressions": (pl, { orders, customers }) =>
    orders.join(customers, { leftOn: pl.col("customer").add(int(pl, 1)), rightOn: "customer" }),
  "cross join": (_pl, { orders, customers }) => orders.join(customers, { how: "cross" }),
  concat: (pl, { orders, archive }) => pl.concat([orders, archive]),
  rename: (_pl, { orders }) => orders.rename({ id: "order", customer: "who", note: "10" }),
  "all columns": (pl, { orders }) => orders.select(pl.all().exclude("note")).fillNull(0),
  rows: (_pl, { orders }) => orders.unique({ subset: ["customer"], keep: "last", maintainOrder: true }).slice(2, 5),
  "row numbers": (_pl, { orders }) => orders.withRowIndex("row", 1).dropNulls("amount").reverse(),
  unpivot: (_pl, { orders }) => orders.unpivot(["id"], ["amount", "customer"]),
  "a frame in memory": (pl, { orders }) =>
    orders.join(pl.DataFrame({ status: ["paid"], weight: [1.5] }).lazy(), { on: "status", how: "inner" }),
};
