import pl from "nodejs-polars";
import type { Step } from "../tables.ts";

const { col, lit } = pl;

export const nested: Readonly<Record<string, Step>> = {
  "figures of lists": ({ orders }) =>
    orders.select(
      col("scores").lst.sum(),
      col("scores").lst.mean().alias("mean"),
      col("scores").lst.max().alias("max"),
      col("tags").lst.lengths().alias("n"),
    ),
  "parts of lists": ({ orders }) =>
    orders.select(
      col("tags").lst.first(),
      col("tags").lst.get(0, true).alias("got"),
      col("tags").lst.head(2).alias("head"),
      col("tags").lst.slice(1, 1).alias("slice"),
      col("tags").lst.reverse().alias("back"),
    ),
  "searches lists": ({ orders }) => orders.filter(col("tags").lst.contains("paid").or(col("scores").lst.contains(3))),
  "searches lists for another column": ({ orders }) => orders.filter(col("tags").lst.contains(col("status"))),
  "sorts lists": ({ orders }) => orders.select(col("scores").lst.sort(true), col("tags").lst.unique()),
  "calculates in lists": ({ orders }) =>
    orders.select(col("scores").lst.eval(pl.element().mul(2)), col("tags").lst.eval(pl.element().str.slice(0, 1))),
  "ranks in lists": ({ orders }) => orders.select(col("scores").lst.eval(pl.element().rank())),
  "joins lists": ({ orders }) =>
    orders.select(col("tags").lst.join("|"), col("tags").lst.concat("tags").alias("twice")),
  "makes lists": ({ orders }) =>
    orders.select(pl.concatList([col("quantity"), col("small")]).alias("l")).select(col("l").lst.sum()),
  "explodes lists": ({ orders }) => orders.select("order", "tags").explode("tags"),
  "explodes two lists of one length": ({ orders }) =>
    orders.select("order", "scores", col("scores").lst.reverse().alias("back")).explode("scores", "back"),
  "explodes an array": ({ orders }) => orders.select("order", "vector").explode("vector"),
  "explodes a list and goes on": ({ orders }) =>
    orders.explode("tags").filter(col("tags").str.contains("a")).groupBy("tags").agg(pl.len().alias("n")),
  "a get that is out of bounds gives null": ({ orders }) => orders.select(col("tags").lst.get(7, true)),
  "collects groups into lists": ({ orders }) =>
    orders
      .groupBy("customer")
      .agg(col("status"), col("amount"))
      .select(col("amount").lst.sum(), col("status").lst.lengths()),
  "makes structs": ({ orders }) =>
    orders.select(pl.struct([col("order"), col("status")]).alias("s")).select(col("s").struct.field("status")),
  "fields of structs": ({ orders }) => orders.select(col("place").struct.field("city"), col("place").struct.nth(1)),
  "a list of structs": ({ orders }) =>
    orders
      .select(pl.concatList([col("place"), col("place")]).alias("places"))
      .explode("places")
      .unnest("places"),
  unnests: ({ orders }) => orders.select("order", "place").unnest("place").filter(col("zip").gt(1)),
  "renames the fields of a struct": ({ orders }) =>
    orders.select(col("place").struct.renameFields(["town", "code"])).select(col("place").struct.field("town")),
  "adds fields to a struct": ({ orders }) =>
    orders.select(col("place").struct.withFields([lit(1).alias("floor")])).select(col("place").struct.field("floor")),
  "writes a struct as JSON": ({ orders }) => orders.select(col("place").struct.jsonEncode()),
  "groups by a struct": ({ orders }) => orders.groupBy("place").agg(pl.len().alias("n")),
  "counts values": ({ orders }) =>
    orders.select(col("status").valueCounts()).unnest("status").filter(col("count").gt(0)),
  "compares structs": ({ orders }) => orders.filter(col("place").eq(col("place"))),
  "casts lists": ({ orders }) =>
    orders.select(col("scores").cast(pl.List(pl.Float64)), col("scores").cast(pl.List(pl.String)).alias("texts")),
  "casts an array to a list": ({ orders }) =>
    orders.select(col("vector").cast(pl.List(pl.Float32))).select(col("vector").lst.sum()),
  repeats: ({ orders }) => orders.select(col("status").repeatBy(col("quantity"))),
  flattens: ({ orders }) => orders.select(col("tags").flatten()),
  "fills nulls of lists": ({ orders }) => orders.select(col("tags").lst.first().fillNull(lit("none"))),
  "structs of lists of structs": ({ orders }) =>
    orders
      .groupBy("customer")
      .agg(pl.struct([col("order"), col("amount")]).alias("orders"))
      .select("customer", col("orders").lst.first().struct.field("amount")),
};
