import pl from "nodejs-polars";
import type { Step } from "../tables.ts";

const { col, lit } = pl;

export const wholeTables: Readonly<Record<string, Step>> = {
  "everything as it is": ({ orders }) => orders,
  sorts: ({ orders }) => orders.sort(["customer", "amount"], [true, false]),
  "sorts by an expression": ({ orders }) => orders.sort(col("note").str.lengths()),
  "reverses, shifts, slices": ({ orders }) => orders.reverse().slice(2, 5).limit(3).tail(2),
  "the first and last rows": ({ orders }) => orders.head(3).select(col("amount").first(), col("order").last()),
  "shifts columns": ({ orders }) =>
    orders.select(col("amount").shift(1), col("status").shift(2), col("quantity").shiftAndFill(1, 0)),
  "unique rows": ({ orders }) => orders.unique({ subset: ["customer", "status"], keep: "first", maintainOrder: true }),
  "drops nulls": ({ orders }) => orders.dropNulls(["amount", "note"]),
  "a row index": ({ orders }) => orders.withRowIndex("row").filter(col("row").gt(2)),
  "under each other": ({ orders }) => pl.concat([orders.select("order", "status"), orders.select("order", "status")]),
  "under each other with different columns": ({ orders, customers }) =>
    pl.concat([orders.select("customer", "amount"), customers.select("customer", "name")], { how: "diagonal" }),
  "beside each other": ({ orders }) =>
    pl.concat([orders.select("order"), orders.select("status")], { how: "horizontal" }),
  "under each other, nulls of no type": ({ orders }) =>
    pl.concat([
      orders.select("order", "amount"),
      orders.select(col("order"), lit(null).cast(pl.Float64).alias("amount")),
    ]),
  unpivots: ({ orders }) => orders.unpivot(["order"], ["amount", "cents"]).filter(col("variable").eq(lit("cents"))),
  "unpivots under other names": ({ orders }) =>
    orders
      .unpivot(["order"], ["quantity", "small"], { variableName: "what", valueName: "much" })
      .groupBy("what")
      .agg(col("much").sum()),
  "uses a frame as it is": () =>
    pl
      .DataFrame({ a: [1, 2, 3] })
      .lazy()
      .filter(col("a").gt(1)),
  "adds columns that depend on each other, in turn": ({ orders }) =>
    orders.withColumn(col("amount").mul(2).alias("double")).withColumn(col("double").add(1).alias("more")),
  "replaces a column by one of another type": ({ orders }) =>
    orders.withColumn(col("code").cast(pl.Int64).alias("code")).filter(col("code").gt(5)),
  "uses the columns that there are": ({ orders }) =>
    orders.select(orders.columns.filter((name) => name.startsWith("c")).map((name) => col(name).alias(`${name}_x`))),
  caches: ({ orders }) => {
    const cached = orders.filter(col("amount").gt(1)).cache();
    return cached.join(cached.groupBy("customer").agg(pl.len().alias("n")), { on: "customer" });
  },
  "a filter in several parts": ({ orders }) =>
    orders.filter(
      col("paid")
        .and(col("amount").gt(1))
        .or(col("status").eq(lit("open")).not()),
    ),
  "a filter by the name of a column": ({ orders }) => orders.filter("paid"),
  "a filter by nothing but null": ({ orders }) => orders.filter(lit(null).cast(pl.Bool)),
  "a literal column for a table": ({ orders }) => orders.withColumn(lit("x").alias("x")).select("x"),
  "a range of numbers": ({ orders }) => orders.select(col("order"), pl.intRange(0, pl.len()).alias("at")),
  "long chains": ({ orders }) => {
    let all = orders.select("order", "amount");
    for (let times = 0; times < 80; times++) all = all.withColumn(col("amount").add(times).alias("amount"));
    return all;
  },
};

/** Steps that fail over a table without rows, or with other values, and not over what they are meant for. */
export const particular: Readonly<Record<string, Step>> = {
  "a sample of some rows": ({ orders }) => orders.select(col("order").sample({ n: 3, seed: 1 } as never)),
  "a sample of a part": ({ orders }) => orders.select(col("order").sample({ frac: 0.5, seed: 1 } as never)),
  "values at positions": ({ orders }) => orders.select(col("order").gather([0, 2, 4])),
  "a value at a position of a list that all have": ({ orders }) =>
    orders.select(col("note").fillNull(lit("a")).str.split("-").lst.get(0, false)),
  "a strict cast of what is known to fit": ({ orders }) =>
    orders.filter(col("status").eq(lit("paid"))).select(col("code").cast(pl.Int64, true)),
  "a strict cast of a literal beside": ({ orders }) =>
    orders.select(col("order"), lit("7").cast(pl.Int64, true).alias("n")),
  "a series of the right length": ({ orders }) => orders.limit(3).withColumn(pl.Series("n", [1, 2, 3])),
  "a frame of the right height beside": ({ orders }) =>
    pl.concat([orders.limit(3).select("order"), pl.DataFrame({ n: [1, 2, 3] }).lazy()], { how: "horizontal" }),
  "lists of one length, exploded together": ({ orders }) =>
    orders
      .select("order", "tags", col("tags").lst.eval(pl.element().str.contains("a")).alias("found"))
      .explode("tags", "found"),
  "a reshape of the right size": ({ orders }) => orders.limit(4).select(col("order").reshape([2, 2])),
  "a strict replacement of all values": ({ orders }) =>
    orders.select(col("status").replaceStrict(["paid", "open", "late", "lost"], [1, 2, 3, 4])),
  "dates whose format is found from the values": ({ orders }) =>
    orders.select(col("ordered_on").str.strptime(pl.Date).dt.month()),
  "strict decoding": ({ orders }) => orders.select(col("status").str.encode("hex").str.decode("hex", true).isNotNull()),
  "a division by a sum": ({ orders }) => orders.select(col("quantity").div(col("quantity").sum())),
  "a remainder by the smallest": ({ orders }) => orders.select(col("cents").rem(col("quantity").min())),
  "the first of a list of the last group": ({ orders }) =>
    orders.groupBy("customer").agg(col("amount")).select(col("amount").last().lst.first()),
  "an as-of join over what is sorted": ({ prices, calendar }) =>
    calendar.withColumn(col("day").cast(pl.Datetime("us")).alias("at")).joinAsof(prices, { on: "at" }),
  "windows of time over what is sorted": ({ calendar }) =>
    calendar.groupByDynamic({ indexColumn: "day", every: "1w" }).agg(pl.len()),
  "JSON with the fields that it has": ({ orders }) =>
    orders.select(
      col("payload")
        .str.jsonDecode(pl.Struct({ id: pl.Int64 }))
        .struct.field("id"),
    ),
  "an unsigned difference": ({ lines }) => lines.select(col("pieces").cast(pl.Int64).sub(5).cast(pl.Int32, true)),
  "a narrow type that is wide enough": ({ orders }) => orders.select(col("quantity").cast(pl.Int8, true)),
  "a repeat as often as a column says": ({ orders }) => orders.select(col("status").repeatBy("quantity").lst.lengths()),
};
