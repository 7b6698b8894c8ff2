import type { LazyFrame } from "@glacier/core";
import { pl, type Query } from "./tables.ts";

const { col, lit } = pl;

const raw = (json: unknown): ReturnType<typeof lit> => pl.Expr.deserialize(Buffer.from(JSON.stringify(json)), "json");

/** Takes what nodejs-polars does and its types don't know. */
const join = (left: LazyFrame, right: LazyFrame, options: object): LazyFrame =>
  left.join(right, options as { on: "id" });

/** Queries that Polars takes, one for each thing that decides about columns. */
export const cases: Readonly<Record<string, Query>> = {
  "a source": ({ orders }) => orders,
  "columns by name": ({ orders }) => orders.select("status", "id"),
  "all columns": ({ orders }) => orders.select(pl.all()),
  "columns that a pattern finds": ({ orders }) => orders.select(col("^.*t.*$")),
  "a pattern with what only Rust knows": ({ orders }) => orders.select(col("^(?i)S\\w+(?-i)$")),
  "a pattern that finds nothing": ({ orders }) => orders.select(col("^zzz$"), col("id")),
  "columns in the order that is asked for": ({ orders }) => orders.select(col(["note", "id"])),
  "columns by position": ({ orders }) => orders.select(pl.nth(-1), pl.nth(1)),
  "columns by type": ({ orders }) => orders.select(raw({ Selector: { ByDType: { AnyOf: ["String", "Int32"] } } })),
  "all but some": ({ orders }) => orders.select(pl.exclude("id", "^s.*$")),
  "both of two selections": ({ orders }) =>
    orders.select(raw({ Selector: { Intersect: [{ Matches: "^.*a.*$" }, { Matches: "^.*t.*$" }] } })),
  "one of two selections": ({ orders }) =>
    orders.select(raw({ Selector: { ExclusiveOr: [{ Matches: "^.*a.*$" }, { Matches: "^.*t.*$" }] } })),
  "either of two selections": ({ orders }) =>
    orders.select(
      raw({
        Selector: {
          Union: [{ ByName: { names: ["tags", "note"], strict: true } }, { ByName: { names: ["id"], strict: true } }],
        },
      }),
    ),
  "dropped columns": ({ orders }) => orders.drop("id", "tags"),
  "two selections in one expression": ({ orders }) =>
    orders.select(
      col(["id", "count"])
        .add(col(["count", "id"]))
        .suffix("_2"),
    ),
  "a selection and a column": ({ orders }) => orders.select(col(["id", "count"]).mul(col("amount"))),
  "a column and a selection": ({ orders }) => orders.withColumns(col(["amount"]).mul(col("id")).prefix("x_")),
  "a selection in a function of several": ({ orders }) =>
    orders.select(pl.sumHorizontal([col(["id", "count"]), col("amount")]), pl.struct([pl.all()]).alias("all")),
  "a selection in a condition": ({ orders }) =>
    orders.select(
      pl
        .when(col(["id", "count"]).gt(1))
        .then(col(["id", "count"]))
        .otherwise(lit(null)),
    ),
  "a selection in a window": ({ orders }) => orders.select(col(["id", "count"]).max().over("status")),
  "a prefix": ({ orders }) => orders.select(pl.all().prefix("old ")),
  "a name in large letters": ({ orders }) =>
    orders.select(raw({ RenameAlias: { function: "ToUppercase", expr: { Column: "note" } } })),
  "a name in small letters": ({ orders }) =>
    orders.select(raw({ RenameAlias: { function: "ToLowercase", expr: { Alias: [{ Column: "note" }, "ÄÖ"] } } })),
  "a kept name": ({ orders }) =>
    orders.select(
      col("id").add(col("count")).alias("a").keepName(),
      lit(1).add(col("amount")).alias("b").keepName(),
      pl.when(col("paid")).then(lit("x")).otherwise(col("note")).alias("c").keepName(),
      lit(1).sum().over("status", "id").alias("d").keepName(),
    ),
  "the name of a sum": ({ orders }) => orders.select(col("id").add(col("count"))),
  "the name of a literal": ({ orders }) => orders.select(lit(1), col("id")),
  "the name of a literal before a column": ({ orders }) => orders.select(lit(2).mul(col("id"))),
  "the name of a series": ({ orders }) => orders.limit(1).withColumn(pl.Series("rate", [2])),
  "the name of several values": ({ orders }) => orders.select(lit([1, 2]).lst.sum(), col("id")),
  "the name of a condition": ({ orders }) =>
    orders.select(pl.when(col("paid")).then(col("note")).otherwise(col("status"))),
  "the number of rows": ({ orders }) => orders.select(pl.len(), pl.len().prefix("all_")),
  "functions of several columns": ({ orders }) =>
    orders.select(
      pl.concatString([col("status"), col("note")], "-"),
      pl.concatList([col("id"), col("count")]).alias("list"),
      pl.allHorizontal([col("paid"), col("id").gt(1)]),
      pl.maxHorizontal([col("id"), col("count")]),
    ),
  "a horizontal function of nothing": ({ orders }) => orders.select(pl.allHorizontal(col("^zzz$"))),
  "a format": ({ orders }) => orders.select(pl.format("{}-{}", col("note"), col("id"))),
  "a field of a struct": ({ orders }) => orders.select(col("place").struct.field("zip"), "id"),
  "a field by its position": ({ orders }) => orders.select(col("place").struct.nth(0)),
  "all fields": ({ orders }) => orders.select(col("place").struct.field("*")),
  "a field of a struct that was made": ({ orders }) =>
    orders.select(pl.struct([col("id"), col("note")]).alias("both")).select(col("both").struct.field("note")),
  "fields with other names": ({ orders }) => orders.select(col("place").struct.renameFields(["a", "b"])),
  "a struct with more fields": ({ orders }) =>
    orders.select(col("place").struct.withFields([col("note"), col("id").add(1).alias("next")])),
  "values of lists": ({ orders }) => orders.select(col("tags").lst.eval(pl.element().alias("x")), "id"),
  "counts of values": ({ orders }) => orders.select(col("status").valueCounts()),
  correlations: ({ orders }) => orders.select(pl.cov(col("id"), col("amount"))),
  "new columns come last, others are replaced": ({ orders }) =>
    orders.withColumns(col("note").alias("new"), col("id").alias("status"), col("amount").mul(2)),
  "a filter": ({ orders }) => orders.filter(col("id").gt(1).and(col("paid"))),
  "rows without nulls": ({ orders }) => orders.dropNulls(["id", "note"]),
  "filled nulls": ({ orders }) => orders.select("id", "amount").fillNull(0),
  "filled NaN": ({ orders }) => orders.fillNan(0),
  groups: ({ orders }) => orders.groupBy("status").agg(col("id").sum(), pl.len(), pl.all().first().suffix("_1")),
  "groups and how many rows they have": ({ orders }) => orders.groupBy(["status", "id"]).agg(pl.len()),
  "groups by an expression": ({ orders }) =>
    orders.groupBy([col("at").dt.year().alias("year"), col("status")]).agg(pl.all().last()),
  "groups by a new name of a column": ({ orders }) => orders.groupBy(col("id").alias("note")).agg(pl.all().first()),
  "groups by several": ({ orders }) =>
    orders.groupBy(["status", "paid"]).agg(col("^.*d$").count(), col("status").first().alias("s")),
  "a key by its position": ({ orders }) => orders.groupBy("id").agg(pl.nth(0).first().alias("x")),
  "first rows of groups": ({ orders }) => orders.groupBy("status").head(2),
  "sums of groups": ({ orders }) => orders.select("status", "id", "amount").groupBy("status").agg(pl.all().sum()),
  "lists of groups": ({ orders }) => orders.groupBy("status").agg(col("id"), col("note").sortBy("id")),
  "windows over time": ({ orders }) =>
    orders
      .groupByDynamic({ indexColumn: "at", every: "2d", by: "status", includeBoundaries: true })
      .agg(pl.all().count()),
  "windows over time without keys": ({ orders }) =>
    orders.groupByDynamic({ indexColumn: "at", every: "1d" }).agg(col("amount").mean()),
  "rolling windows": ({ orders }) =>
    orders.groupByRolling({ indexColumn: "at", period: "3d" }).agg(col("amount").max(), pl.len()),
  "rolling windows of keys": ({ orders }) =>
    orders.groupByRolling({ indexColumn: "at", period: "3d", by: "status" }).agg(pl.all().first()),
  "an inner join": ({ orders, customers }) => orders.join(customers, { on: "id" }),
  "a join by other names": ({ orders, customers }) => orders.join(customers, { leftOn: "amount", rightOn: "2024" }),
  "a join by an expression": ({ orders, customers }) =>
    join(orders, customers, { leftOn: [col("id").add(1)], rightOn: [col("id").add(0)], suffix: "_c" }),
  "a left join": ({ orders, customers }) => orders.join(customers, { on: ["id", "status"], how: "left", suffix: "_c" }),
  "a left join with all keys": ({ orders, customers }) =>
    orders.join(customers, { on: "id", how: "left", coalesce: false }),
  "a right join": ({ orders, customers }) => join(orders, customers, { on: "id", how: "right" }),
  "a right join by other names": ({ orders, customers }) =>
    join(orders, customers, { leftOn: "note", rightOn: "name", how: "right", suffix: "_c" }),
  "a right join with all keys": ({ orders, customers }) =>
    join(orders, customers, { on: "id", how: "right", coalesce: false }),
  "a full join": ({ orders, customers }) => orders.join(customers, { on: "id", how: "full" }),
  "a full join with one key": ({ orders, customers }) =>
    orders.join(customers, { on: "id", how: "full", coalesce: true }),
  "a full join of two names with one key": ({ orders, customers }) =>
    orders.join(customers, { leftOn: "note", rightOn: "name", how: "full", coalesce: true }),
  "a semi join": ({ orders, customers }) => orders.join(customers, { on: "id", how: "semi" }),
  "an anti join": ({ orders, customers }) => orders.join(customers, { leftOn: "note", rightOn: "name", how: "anti" }),
  "a cross join": ({ orders, customers }) => orders.select("id", "note").join(customers, { how: "cross" }),
  "an as-of join": ({ orders, customers }) =>
    orders.joinAsof(customers, { leftOn: "at", rightOn: "since", strategy: "backward" }),
  "an as-of join of keys": ({ orders, customers }) =>
    orders.joinAsof(customers.rename({ since: "at" }), { on: "at", by: "status", strategy: "forward" }),
  "an as-of join of two names": ({ orders, customers }) =>
    orders.joinAsof(customers, { leftOn: "at", rightOn: "since", byLeft: "note", byRight: "name" }),
  "a join with itself": ({ orders }) =>
    orders.join(orders.groupBy("status").agg(col("amount").sum().alias("total")), { on: "status", how: "left" }),
  "tables below each other": ({ orders }) => pl.concat([orders.filter(col("paid")), orders]),
  "tables with other columns below each other": ({ orders, customers }) =>
    pl.concat([orders, customers], { how: "diagonal" }),
  "tables beside each other": ({ orders, customers }) =>
    pl.concat([orders, customers.select(pl.all().prefix("c_"))], { how: "horizontal" }),
  "a sort": ({ orders }) => orders.sort([col("id"), col("amount").add(1)], true),
  "a sort by all": ({ orders }) => orders.select("id", "note").sort(pl.all()),
  "first rows": ({ orders }) => orders.sort("amount").limit(3),
  "last rows": ({ orders }) => orders.tail(2),
  "unique rows": ({ orders }) => orders.select("id", "note").unique({ maintainOrder: true }),
  "unique keys": ({ orders }) => orders.unique({ subset: ["id", "status"], keep: "last", maintainOrder: true }),
  "values of lists in rows": ({ orders }) => orders.explode("tags"),
  "columns below each other": ({ orders }) => orders.unpivot(["note", "id"], ["amount", "count"]),
  "columns below each other by other names": ({ orders }) =>
    orders.unpivot(["id"], ["amount"], { variableName: "what", valueName: "how much" }),
  "new names": ({ orders }) => orders.rename({ id: "status", status: "id" }),
  "a row number": ({ orders }) => orders.filter(col("paid")).withRowIndex("row"),
  "fields as columns": ({ orders }) => orders.unnest("place"),
  "fields of a struct that was made as columns": ({ orders }) =>
    orders.select("note", pl.struct([col("id").add(1).alias("n"), col("paid")]).alias("both")).unnest("both"),
  "a figure for each column": ({ orders }) => orders.sum(),
  "the largest of each column": ({ orders }) => orders.drop("place", "tags").max(),
  quantiles: ({ orders }) => orders.select("id", "amount").quantile(0.5),
  "reversed rows": ({ orders }) => orders.reverse(),
  "shifted rows": ({ orders }) => orders.shift(1),
  "running figures": ({ orders }) =>
    orders.select(
      col("id").cumSum(),
      col("amount").rollingMean(2),
      col("count").rank(),
      col("amount").diff({ n: 1, nullBehavior: "ignore" }).alias("diff"),
      col("id").shift(1).over("status").alias("before"),
    ),
  "part of a column": ({ orders }) => orders.select(col("id").filter(col("paid"))),
  "unique values": ({ orders }) => orders.select(col("status").unique()),
  "values without nulls": ({ orders }) => orders.select(col("status").dropNulls()),
  "values of lists alone": ({ orders }) => orders.select(col("tags").explode()),
  "a cache": ({ orders }) => orders.filter(col("paid")).cache().select("id"),
  SQL: ({ orders, customers }) =>
    pl
      .SQLContext({ orders, customers })
      .execute(
        "select o.status, upper(name) as who, sum(amount) as total, count(*) as n from orders o join customers c on o.id = c.id where amount > 1 group by o.status, name having count(*) > 0 order by total desc limit 5",
      ) as ReturnType<Query>,
  "SQL with conditions": ({ orders }) =>
    pl
      .SQLContext({ orders })
      .execute(
        "select id, case when amount > 3 then note else status end as what, coalesce(note, status) as text, row_number() over (partition by status order by amount) as nth from orders",
      ) as ReturnType<Query>,
  "SQL with all columns but one": ({ orders }) =>
    pl.SQLContext({ orders }).execute("select * exclude (tags) from orders where note like '%a%'") as ReturnType<Query>,
  "a frame in memory": ({ orders }) =>
    orders.join(pl.DataFrame({ status: ["open", "paid"], rate: [1, 2], "7": [1, 2] }).lazy(), { on: "status" }),
};
