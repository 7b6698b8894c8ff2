import pl from "nodejs-polars";
import type { Step } from "./tables.ts";

const { col, lit } = pl;

const values = "Whether it works depends on the values.";
const rows = "Whether it works depends on how many rows there are, and in which order.";

/** Steps that fail over the tables and that nothing says so of before: over other data of the same types they may work. */
export const unfound: Readonly<Record<string, { readonly step: Step; readonly why: string }>> = {
  "a strict cast of texts that are no numbers": {
    why: values,
    step: ({ orders }) => orders.select(col("status").cast(pl.Int64, true)),
  },
  "a strict cast to a type that is too narrow": {
    why: values,
    step: ({ orders }) => orders.select(col("cents").cast(pl.Int8, true)),
  },
  "a text as a number of times": { why: values, step: ({ orders }) => orders.select(lit(1).repeatBy(col("status"))) },
  "a position beyond the end": { why: rows, step: ({ orders }) => orders.select(col("order").gather([1_000])) },
  "a strict position in lists": { why: values, step: ({ orders }) => orders.select(col("tags").lst.get(9, false)) },
  "a sample larger than the table": {
    why: rows,
    step: ({ orders }) => orders.select(col("order").sample({ n: 1_000 } as never)),
  },
  "lists of different lengths exploded together": {
    why: values,
    step: ({ orders }) => orders.explode("tags", "scores"),
  },
  "a column of another height": {
    why: rows,
    step: ({ orders }) => orders.withColumn(col("amount").head(2).alias("few")),
  },
  "a series of another height": { why: rows, step: ({ orders }) => orders.withColumn(pl.Series("n", [1, 2, 3])) },
  "a window that gives more rows": {
    why: rows,
    step: ({ orders }) => orders.withColumn(col("amount").head(1).over("customer")),
  },
  "windows of time over what is not sorted": {
    why: rows,
    step: ({ orders }) => orders.sort("at", true).groupByDynamic({ indexColumn: "at", every: "1d" }).agg(pl.len()),
  },
  "an as-of join of what is not sorted": {
    why: rows,
    step: ({ orders, prices }) => orders.sort("at", true).joinAsof(prices, { on: "at" }),
  },
  "dates without a format that could be found": {
    why: values,
    step: ({ orders }) => orders.select(col("status").str.strptime(pl.Date)),
  },
  "JSON of other fields": {
    why: values,
    step: ({ orders }) => orders.select(col("payload").str.jsonDecode(pl.Struct({ name: pl.Int64 }))),
  },
  "JSON that is none": {
    why: values,
    step: ({ orders }) => orders.select(col("note").str.jsonDecode(pl.Struct({ a: pl.Int64 }))),
  },
  "strict decoding of what is not encoded": {
    why: values,
    step: ({ orders }) => orders.select(col("note").str.decode("base64", true).isNotNull()),
  },
  "a pattern from a column that is none": {
    why: values,
    step: ({ orders }) => orders.filter(lit("a").str.contains(col("status").replace(["paid"], ["("]))),
  },
  "a strict replacement of some values": {
    why: values,
    step: ({ orders }) => orders.select(col("status").replaceStrict(["paid"], [1])),
  },
  "a list of another size as an array": {
    why: values,
    step: ({ orders }) => orders.select(col("scores").cast(pl.FixedSizeList(pl.Int64, 2))),
  },
  "bits of a number and a text": { why: rows, step: ({ orders }) => orders.select(col("quantity").and(col("status"))) },
};
