import pl from "nodejs-polars";
import { run } from "../correct/sql.ts";
import type { Step } from "../tables.ts";
import { type Mistake, missing, mismatch, refused } from "./mistake.ts";

const { col, lit } = pl;

export const joins: Readonly<Record<string, Mistake>> = {
  "a number on a text": mismatch(({ orders, customers }) =>
    orders.join(customers, { leftOn: "customer", rightOn: "key" }),
  ),
  "a text on a number": mismatch(({ orders, customers }) =>
    orders.join(customers, { leftOn: "code", rightOn: "customer" }),
  ),
  "the same name of another type": mismatch(({ orders, customers }) => orders.join(customers, { on: "status" })),
  "a date on a text": mismatch(({ orders, calendar }) => orders.join(calendar, { leftOn: "day", rightOn: "text" })),
  "a time on a date": mismatch(({ orders, calendar }) => orders.join(calendar, { leftOn: "at", rightOn: "day" })),
  "a float on an integer": mismatch(({ orders, customers }) =>
    orders.join(customers, { leftOn: "amount", rightOn: "customer" }),
  ),
  "one of several keys": mismatch(({ orders, customers }) =>
    orders.join(customers, { leftOn: ["customer", "status"], rightOn: ["customer", "status"] }),
  ),
  "a category on a text": mismatch(({ orders, customers }) =>
    orders.join(customers, { leftOn: "kind", rightOn: "name" }),
  ),
  "a list on a text": mismatch(({ orders, customers }) => orders.join(customers, { leftOn: "tags", rightOn: "name" })),
  "after a cast": mismatch(({ orders, customers }) =>
    orders.withColumn(col("customer").cast(pl.String).alias("customer")).join(customers, { on: "customer" }),
  ),
  "after a group of expressions": mismatch(({ orders, customers }) =>
    orders
      .groupBy(col("customer").cast(pl.Float64).alias("customer"))
      .agg(pl.len())
      .join(customers, { on: "customer", how: "left" }),
  ),
  "semi, of other types": mismatch(({ orders, customers }) =>
    orders.join(customers, { leftOn: "code", rightOn: "customer", how: "semi" }),
  ),
  "as of a text": mismatch(({ orders, prices }) => orders.joinAsof(prices, { leftOn: "ordered_on", rightOn: "at" })),
  "as of a date and a time": mismatch(({ orders, prices }) =>
    orders.sort("day").joinAsof(prices, { leftOn: "day", rightOn: "at" }),
  ),
  "as of a number and a time": mismatch(({ orders, prices }) =>
    orders.sort("cents").joinAsof(prices, { leftOn: "cents", rightOn: "at" }),
  ),
  "as of, by keys of other types": mismatch(({ orders, prices }) =>
    orders.sort("at").joinAsof(prices, { on: "at", byLeft: "customer", byRight: "product" }),
  ),
  "the other table's column of the same name": mismatch(({ orders, customers }) =>
    orders.join(customers, { on: "customer" }).filter(col("statusright").str.contains("paid")),
  ),
};

export const wholeTables: Readonly<Record<string, Mistake>> = {
  "under each other with different columns": refused(({ orders, customers }) => pl.concat([orders, customers])),
  "under each other in another order": refused(({ orders }) =>
    pl.concat([orders.select("order", "status"), orders.select("status", "order")]),
  ),
  "under each other with other types": mismatch(({ orders }) =>
    pl.concat([orders.select("place"), orders.select(col("amount").alias("place"))]),
  ),
  "beside each other with one name": refused(({ orders }) =>
    pl.concat([orders.select("order"), orders.select("order")], { how: "horizontal" }),
  ),
  "unpivots what does not go together": mismatch(({ orders }) => orders.unpivot(["order"], ["amount", "tags"])),
  "windows of what can't be": mismatch(({ orders }) => orders.withColumn(col("status").cumSum().over("customer"))),
  "a window by a misspelt column": missing("custmer", ({ orders }) =>
    orders.filter(col("amount").gt(col("amount").mean().over("custmer"))),
  ),
  "a sum of texts in groups": mismatch(({ orders }) => orders.groupBy("customer").agg(col("status").sum())),
  "a window's sum of texts": mismatch(({ orders }) => orders.select(col("status").sum().over("customer"))),
  "a window's absolute of texts, after a filter": mismatch(({ orders }) =>
    orders.filter(col("status").eq(lit("paid"))).withColumn(col("status").abs().over("customer")),
  ),
  "a list's sum, after a join": mismatch(({ orders, customers }) =>
    orders.join(customers.filter(col("country").eq(lit("AT"))), { on: "customer" }).select(col("tags").lst.sum()),
  ),
  "far down a chain": mismatch(({ orders }) =>
    orders
      .filter(col("amount").gt(1))
      .groupBy("customer")
      .agg(col("amount").sum(), col("status").first())
      .sort("amount")
      .withColumn(col("status").str.slice(0, 1).alias("letter"))
      .filter(col("letter").gt(3)),
  ),
};

export const casts: Readonly<Record<string, Mistake>> = {
  "a text to a boolean": mismatch(({ orders }) => orders.select(col("status").cast(pl.Bool))),
  "a date to a boolean": mismatch(({ orders }) => orders.select(col("day").cast(pl.Bool))),
  "a list to a text": mismatch(({ orders }) => orders.select(col("tags").cast(pl.String))),
  "a list to a number": mismatch(({ orders }) => orders.select(col("scores").cast(pl.Int64))),
  "a duration to a text": mismatch(({ orders }) => orders.select(col("took").cast(pl.String))),
  "a duration to a date": mismatch(({ orders }) => orders.select(col("took").cast(pl.Date, true))),
  "a time of day to a date": mismatch(({ orders }) => orders.select(col("clock").cast(pl.Date))),
  "bytes to a number": mismatch(({ orders }) => orders.select(col("raw").cast(pl.Int64))),
  "a category to a float": mismatch(({ orders }) => orders.select(col("kind").cast(pl.Float64))),
  "a decimal to a date": mismatch(({ orders }) => orders.select(col("price").cast(pl.Date))),
  "a boolean to a decimal": mismatch(({ orders }) => orders.select(col("paid").cast(pl.Decimal(10, 2)))),
  "a date to a category": mismatch(({ orders }) => orders.select(col("day").cast(pl.Categorical))),
  "a number to a struct": mismatch(({ orders }) =>
    orders.select(col("amount").cast(pl.Struct({ a: pl.Int64, b: pl.Int64 }))),
  ),
  "an array to a number": mismatch(({ orders }) => orders.select(col("vector").cast(pl.Float32))),
  "after a filter": mismatch(({ orders }) =>
    orders.filter(col("status").eq(lit("paid"))).select(col("tags").cast(pl.String, true)),
  ),
};

const query =
  (text: string): Step =>
  (tables) =>
    run(text, tables);

export const sql: Readonly<Record<string, Mistake>> = {
  "a misspelt column": missing("amuont", query("select amuont from orders")),
  "a misspelt column in a condition": missing("stauts", query("select amount from orders where stauts = 'x'")),
  "a misspelt column in a group": missing("custmer", query("select sum(amount) from orders group by custmer")),
  "a misspelt column in an order": missing("amuont", query("select amount from orders order by amuont")),
  "a column of a table that has it not": missing(
    "nme",
    query("select c.nme from orders o join customers c on o.customer = c.customer"),
  ),
  "a misspelt key": missing("cust", query("select o.amount from orders o join customers c on o.cust = c.customer")),
  "a table that is not there": refused(query("select * from order_s")),
  "a misspelt keyword": refused(query("selec * from orders")),
  "a function that is not there": refused(query("select frobnicate(amount) from orders")),
  "a text compared with a number": mismatch(query("select * from orders where status > 5")),
  "a sum of texts": mismatch(query("select sum(status) from orders")),
  "a text plus a number": mismatch(query("select status + 1 from orders")),
  "keys of other types": mismatch(query("select o.amount from orders o join customers c on o.code = c.customer")),
  "a text method on a number": mismatch(query("select upper(amount) from orders")),
  "an extract of a text": mismatch(query("select extract(year from status) from orders")),
};
