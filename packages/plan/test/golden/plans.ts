import type { LazyFrame } from "@glacier/core";
import type { TableSchema } from "../../src/model/column-type.ts";
import { makeLeaf } from "../../src/polars/leaf.ts";
import type { Polars } from "../../src/polars/load.ts";

const orders: TableSchema = [
  { name: "id", type: { kind: "Int64" } },
  { name: "price", type: { kind: "Float64" } },
  { name: "text", type: { kind: "String" } },
  { name: "at", type: { kind: "Datetime", unit: "us", zone: "UTC" } },
  { name: "tags", type: { kind: "List", inner: { kind: "String" } } },
  { name: "who", type: { kind: "Struct", fields: [{ name: "age", type: { kind: "Int8" } }] } },
];

const people: TableSchema = [
  { name: "id", type: { kind: "Int64" } },
  { name: "at", type: { kind: "Datetime", unit: "us", zone: "UTC" } },
  { name: "name", type: { kind: "String" } },
];

/** A plan for each feature, by the name of its golden file. */
export function goldenPlans(pl: Polars): Readonly<Record<string, LazyFrame>> {
  const lf = makeLeaf(pl, "orders", orders).frame;
  const other = makeLeaf(pl, "people", people).frame;
  const [id, price, text, at] = [pl.col("id"), pl.col("price"), pl.col("text"), pl.col("at")];
  const expression = (json: object) => pl.Expr.deserialize(Buffer.from(JSON.stringify(json)), "json");
  const sql = (query: string) => pl.SQLContext({ orders: lf, people: other }).execute(query);
  const asked = lf.select("id", "price");
  void asked.columns;
  return {
    source: lf,
    "source-row-index": lf.withRowIndex("row", 3),
    "row-index": lf.filter(id.gt(1)).withRowIndex("row"),
    values: pl.DataFrame({ b: ["x", null], a: pl.Series("a", [1, 2], pl.Int16) }).lazy(),
    select: lf.select("id", price.alias("cost"), pl.all().exclude("tags")),
    "with-columns": lf.withColumns(price.mul(2), text.suffix("_copy"), id.prefix("p_"), price.add(1).keepName()),
    filter: lf.filter(id.gt(1).and(text.eq(pl.lit("x")).or(price.isNull()))),
    "filter-nulls": lf.dropNulls("id"),
    drop: lf.drop("id", "text"),
    rename: lf.rename({ id: "key", text: "note" }),
    slice: lf.slice(1, 2).tail(5),
    sort: lf.sort(["id", "price"], [true, false], true, true),
    unique: lf.unique({ subset: ["id"], keep: "last", maintainOrder: true }).unique(),
    "group-by": lf
      .groupBy("text")
      .agg(
        price.sum(),
        price.min().alias("least"),
        id.nUnique().alias("ids"),
        pl.len(),
        price.std(),
        text.first().alias("first"),
        id.count().alias("count"),
        id.implode().alias("all"),
      ),
    "group-by-head": lf.groupBy("text", false).head(2),
    "group-by-rolling": lf
      .groupByRolling({ indexColumn: "at", by: "text", period: "2d", offset: "-1h", closed: "both" })
      .agg(price.mean()),
    "group-by-dynamic": lf
      .groupByDynamic({ indexColumn: "at", every: "1mo", period: "2w", includeBoundaries: true, startBy: "datapoint" })
      .agg(price.max()),
    "join-inner": lf.join(other, { on: "id" }),
    "join-left": lf.join(other, { leftOn: "id", rightOn: "id", how: "left", suffix: "_other", validate: "m:1" }),
    "join-full": lf.join(other, { on: ["id", "at"], how: "full", coalesce: true, nullsEqual: true }),
    "join-semi": lf.join(other, { on: "id", how: "semi" }).join(other, { on: "id", how: "anti" }),
    "join-cross": lf.join(other, { how: "cross" }),
    "join-asof": lf.joinAsof(other, { on: "at", by: "id", tolerance: "1d", strategy: "nearest" }),
    "join-asof-number": lf.joinAsof(other, { on: "id", tolerance: 2, allowExactMatches: false }),
    "concat-vertical": pl.concat([lf.select("id"), other.select("id")]),
    "concat-diagonal": pl.concat([lf, other], { how: "diagonal" }),
    "concat-horizontal": pl.concat([lf, other.select("name")], { how: "horizontal" }),
    explode: lf.explode("tags"),
    unnest: lf.unnest("who", "_"),
    unpivot: lf.unpivot("id", ["price"], { variableName: "what", valueName: "how much" }),
    summary: pl.concat([lf.sum(), lf.std(2), lf.quantile(0.25, "linear")]),
    "fill-nan": lf.fillNan(0),
    "fill-null": lf.fillNull(0),
    cache: lf.select("id").cache().filter(id.gt(1)),
    "asked-for-columns": asked.filter(id.gt(1)),
    selectors: lf.select(
      pl.col(["id", "^p.*$"]),
      pl.nth(-1),
      pl.col(pl.String as unknown as string),
      pl.first(undefined as never),
    ),
    operators: lf.select(
      id.add(price),
      id.sub(price).alias("b"),
      id.div(price).alias("c"),
      id.modulo(price).alias("d"),
      id.neq(price).alias("e"),
      id.ltEq(price).alias("f"),
    ),
    casts: lf.select(
      id.cast(pl.Int8),
      text.cast(pl.Datetime("ms", "UTC"), true).alias("b"),
      text.cast(pl.Decimal(10, 2)).alias("c"),
      text.cast(pl.List(pl.Struct({ x: pl.Float32 }))).alias("d"),
      text.cast(pl.Categorical).alias("e"),
    ),
    when: lf.select(pl.when(id.gt(1)).then(price).when(text.isNull()).then(pl.lit(0)).otherwise(pl.lit(null))),
    literals: lf.select(
      pl.lit("x"),
      pl.lit(true).alias("b"),
      pl.lit(null).alias("c"),
      pl.lit(1.5).alias("d"),
      pl.lit(-0).alias("e"),
      pl.lit(2n ** 63n).alias("f"),
      pl.lit(new Date(0)).alias("g"),
      expression({ Literal: { Dyn: { Int: 7 } } }).alias("h"),
      expression({ Literal: { Scalar: { Int64: -5 } } }).alias("i"),
    ),
    "literals-not-finite": lf.select(
      pl.lit(Number.NaN),
      pl.lit(Number.POSITIVE_INFINITY).alias("b"),
      id.pow(Number.NEGATIVE_INFINITY).alias("c"),
    ),
    "literals-values": lf.filter(id.isIn([1, 2]).or(text.isIn(["x"]))).select(id.gather([0, 1])),
    over: lf.select(price.sum().over("text", "id")),
    "sort-by": lf.select(price.sortBy(["id", text], [true, false]), price.sort(true, true).alias("b")),
    "filter-in-expression": lf.select(price.filter(id.gt(1)).sum(), price.slice(1, 2).alias("b")),
    "functions-text": lf.select(
      text.str.contains("a", true),
      text.str.replaceAll("a", "b").alias("b"),
      text.str.strptime(pl.Date, "%Y").alias("c"),
      text.str.split(",").alias("d"),
      pl.format("{}-{}", text, "id").alias("e"),
    ),
    "functions-time": lf.select(
      at.dt.year(),
      at.dt.truncate("1d").alias("b"),
      at.dt.strftime("%Y").alias("c"),
      at.dt.convertTimeZone("Europe/Vienna").alias("d"),
      at.dt.replaceTimeZone("Asia/Tokyo", "earliest", "null").alias("e"),
    ),
    "functions-lists": lf.select(
      pl.col("tags").lst.get(0),
      pl.col("tags").lst.lengths().alias("b"),
      pl
        .col("tags")
        .lst.eval(pl.element().add(pl.lit("!")))
        .alias("c"),
      pl.concatList("id", "price").alias("d"),
    ),
    "functions-structs": lf.select(
      pl.col("who").struct.field("age"),
      pl.col("who").struct.nth(0).alias("b"),
      pl
        .col("who")
        .struct.withFields([pl.lit(1).alias("k")])
        .alias("c"),
      pl.struct([id, price]).alias("d"),
    ),
    "functions-rows": lf.select(
      price.shift(1),
      price.cumSum().alias("b"),
      price.rank("dense").alias("c"),
      price.rollingMean({ windowSize: 3, weights: [0.5, 1, 2], minPeriods: 1 }).alias("d"),
      price.fillNull("forward").alias("e"),
      price.diff({ n: 1, nullBehavior: "ignore" }).alias("f"),
      price.ewmMean(0.25).alias("g"),
    ),
    "functions-aggregates": lf.select(
      price.quantile(0.5, "linear"),
      price.skew().alias("b"),
      price.entropy(2).alias("c"),
      pl.pearsonCorr("id", "price").alias("d"),
      id.gt(1).any().alias("e"),
    ),
    "functions-random": lf.select(price.shuffle(2 ** 53), price.sample({ frac: 0.5, seed: 1 }).alias("b")),
    "sql-group-by-having": sql("SELECT text, SUM(price) AS total FROM orders GROUP BY text HAVING COUNT(*) > 1"),
    "sql-join-by-condition": sql("SELECT orders.id, name FROM orders JOIN people ON orders.at < people.at"),
    "sql-in-subquery": sql("SELECT * FROM orders WHERE id IN (SELECT id FROM people)"),
    "sql-window": sql("SELECT ROW_NUMBER() OVER (PARTITION BY text ORDER BY id DESC) AS n FROM orders"),
    "sql-union": sql("SELECT id FROM orders UNION SELECT id FROM people LIMIT 5 OFFSET 1"),
  };
}
