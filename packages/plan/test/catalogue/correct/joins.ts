import pl from "nodejs-polars";
import type { Step } from "../tables.ts";

const { col } = pl;

export const joins: Readonly<Record<string, Step>> = {
  inner: ({ orders, customers }) => orders.join(customers, { on: "customer" }).select("order", "name", "statusright"),
  left: ({ orders, customers }) => orders.join(customers, { on: "customer", how: "left" }).select("order", "country"),
  "with another suffix": ({ orders, customers }) =>
    orders.join(customers, { on: "customer", suffix: "_customer" }).filter(col("status_customer").gt(0)),
  full: ({ orders, customers }) => orders.join(customers, { on: "customer", how: "full" }),
  "full, keys made one": ({ orders, customers }) =>
    orders.join(customers, { on: "customer", how: "full", coalesce: true }),
  right: ({ orders, customers }) =>
    orders.join(customers, { on: "customer", how: "right" as never }).select("customer", "name"),
  semi: ({ orders, customers }) => customers.join(orders, { on: "customer", how: "semi" }).select("name"),
  anti: ({ orders, customers }) => customers.join(orders, { on: "customer", how: "anti" }).select("name"),
  cross: ({ customers, calendar }) => customers.join(calendar, { how: "cross" }).select("name", "day"),
  "keys of other names": ({ customers }) =>
    customers.join(customers.select(col("customer").alias("id"), col("name").alias("boss_name")), {
      leftOn: "boss",
      rightOn: "id",
    }),
  "several keys": ({ lines, orders }) =>
    lines
      .join(orders.select("order", "quantity", "customer"), { on: "order" })
      .join(lines, { leftOn: ["order", "product"], rightOn: ["order", "product"], suffix: "_again" }),
  "keys that are expressions": ({ orders, customers }) =>
    orders.join(customers, {
      leftOn: [col("customer").cast(pl.String)],
      rightOn: [col("key")],
    } as never),
  "keys cast to one type": ({ orders, customers }) =>
    orders.withColumn(col("customer").cast(pl.String).alias("key")).join(customers, { on: "key" }),
  "keys of different integers": ({ lines, orders }) =>
    lines.join(orders.select(col("order").cast(pl.Int32), col("status")), {
      leftOn: [col("order").cast(pl.Int32)],
      rightOn: ["order"],
    } as never),
  "with an aggregate of itself": ({ orders }) =>
    orders
      .join(orders.groupBy("customer").agg(col("amount").sum().alias("total")), { on: "customer" })
      .select(col("amount").div(col("total"))),
  "on a date": ({ orders, calendar }) =>
    orders.join(calendar, { on: "day", how: "left" }).filter(col("holiday").isNull()),
  "on a category": ({ orders }) => orders.join(orders.groupBy("kind").agg(pl.len().alias("n")), { on: "kind" }),
  "on a struct": ({ orders }) =>
    orders.select("order", "place").join(orders.select("place", "status"), { on: "place" }),
  "nulls that match": ({ orders }) =>
    orders.select("order", "note").join(orders.select("note", "code"), { on: "note", joinNulls: true } as never),
  "as of": ({ orders, prices }) => orders.sort("at").joinAsof(prices, { on: "at" }).select("order", "value"),
  "as of, by a key": ({ lines, orders, prices }) =>
    lines
      .join(orders.select("order", "at"), { on: "order" })
      .sort("at")
      .joinAsof(prices, { on: "at", by: "product", strategy: "forward" })
      .select("order", "value"),
  "as of, within a time": ({ orders, prices }) =>
    orders.sort("at").joinAsof(prices, { on: "at", tolerance: "2d", strategy: "nearest" }).select("order", "value"),
  "as of, on numbers": ({ orders, lines }) =>
    orders
      .select("cents", "order")
      .sort("cents")
      .joinAsof(lines.select(col("pieces").cast(pl.Int64).alias("cents"), col("weight")).sort("cents"), {
        on: "cents",
      }),
  "three tables": ({ lines, orders, customers }) =>
    lines
      .join(orders, { on: "order" })
      .join(customers, { on: "customer", how: "left" })
      .groupBy(["country", "product"])
      .agg(col("pieces").sum())
      .sort(["country", "product"]),
  "a frame in memory": ({ orders }) =>
    orders
      .join(pl.DataFrame({ status: ["paid", "open"], label: ["Paid", "Open"] }).lazy(), { on: "status", how: "left" })
      .select("order", "label"),
  "nothing matches": ({ orders }) =>
    orders.join(pl.DataFrame({ status: ["none"], n: [1] }).lazy(), { on: "status" }).select(col("n").add(1)),
  "drops after the join": ({ orders, customers }) =>
    orders.join(customers, { on: "customer" }).drop("statusright", "key"),
};
