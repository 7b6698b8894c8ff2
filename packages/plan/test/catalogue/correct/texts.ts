import pl from "nodejs-polars";
import type { Step } from "../tables.ts";

const { col, lit } = pl;

export const texts: Readonly<Record<string, Step>> = {
  "changes the case": ({ orders }) => orders.select(col("status").str.toUpperCase(), col("note").str.toLowerCase()),
  trims: ({ orders }) => orders.select(col("note").str.strip(), col("status").str.stripChars("p")),
  measures: ({ orders }) => orders.filter(col("note").str.lengths().gt(2)),
  "cuts and pads": ({ orders }) =>
    orders.select(
      col("note").str.slice(0, 2),
      col("code").str.padStart(6, "0").alias("padded"),
      col("code").str.zFill(8).alias("zeros"),
    ),
  searches: ({ orders }) =>
    orders.filter(col("note").str.contains("^a").or(col("note").str.startsWith("c")).or(col("note").str.endsWith("k"))),
  "searches for another column": ({ orders }) => orders.filter(col("note").str.contains(col("status"))),
  replaces: ({ orders }) => orders.select(col("note").str.replace("a", "b"), col("code").str.replaceAll("1", "2")),
  extracts: ({ orders }) => orders.select(col("note").str.extract("(\\w)-(\\w)", 2)),
  "splits and explodes": ({ orders }) =>
    orders.select("order", col("note").str.split("-").alias("part")).explode("part"),
  "splits and joins": ({ orders }) => orders.select(col("note").str.split("-").lst.join("+")),
  "joins columns": ({ orders }) =>
    orders.select(
      pl.concatString([col("status"), col("code")], "-").alias("both"),
      pl.format("{}:{}", "status", "code").alias("f"),
    ),
  "joins rows": ({ orders }) => orders.groupBy("customer").agg(col("status").str.concat(",")),
  "joins texts and numbers": ({ orders }) =>
    orders.select(pl.concatString([col("status"), col("quantity")], "-").alias("both")),
  "encodes and decodes": ({ orders }) =>
    orders
      .select(col("status").str.encode("base64").alias("coded"))
      .select(col("coded").str.decode("base64", true).isNotNull()),
  "reads JSON": ({ orders }) =>
    orders
      .select(
        col("payload")
          .str.jsonDecode(pl.Struct({ id: pl.Int64, name: pl.String }))
          .alias("read"),
      )
      .select(col("read").struct.field("id"), col("read").struct.field("name")),
  "reads a path of JSON": ({ orders }) => orders.select(col("payload").str.jsonPathMatch("$.name")),
  "text to number for those that are": ({ orders }) =>
    orders.filter(col("code").str.contains("^\\d+$")).select(col("code").cast(pl.Int32, true)),
  "categories and back": ({ orders }) =>
    orders.select(col("status").cast(pl.Categorical).alias("c")).select(col("c").cast(pl.String).str.slice(0, 1)),
  "a category has texts' order": ({ orders }) => orders.sort("kind").select(col("kind").first()),
  "bytes are kept": ({ orders }) => orders.select("raw", "order").filter(col("raw").isNotNull()),
  "a column with a name of digits": ({ orders }) =>
    orders.select(col("order").alias("10"), col("status").alias("2")).filter(col("10").gt(1)).select("2"),
  "names that look like messages": ({ orders }) =>
    orders
      .select(
        col("order").alias('not found: unable to find column "x"; valid columns: []'),
        col("status").alias("`sum` operation not supported for dtype `str`"),
      )
      .select(pl.all()),
  "selects by a pattern": ({ orders }) => orders.select(col("^(or|st).*$")),
  "selects by a pattern that nothing has": ({ orders }) => orders.select(col("order"), col("^zzz.*$")),
  "selects by type": ({ orders }) => orders.select(col(pl.String)).select(pl.all().exclude("note")),
  renames: ({ orders }) => orders.rename({ status: "state", amount: "sum" }).select(col("state"), col("sum").gt(1)),
  "adds prefixes and suffixes": ({ orders }) =>
    orders.select(pl.all().prefix("o_")).select(col("o_order").suffix("_x")),
  drops: ({ orders }) => orders.drop("status", "amount").select(pl.all().exclude("nothing")),
  "selects by position": ({ orders }) => orders.select(pl.nth(0), pl.first().alias("first")),
  "lit of every kind": ({ orders }) =>
    orders.select(
      col("order"),
      lit(1).alias("n"),
      lit("x").alias("s"),
      lit(true).alias("b"),
      lit(null).alias("z"),
      lit(new Date(0)).alias("d"),
      lit([1, 2]).alias("l"),
    ),
};
