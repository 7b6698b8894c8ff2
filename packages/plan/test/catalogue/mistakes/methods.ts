import pl from "nodejs-polars";
import { type Mistake, missing, mismatch } from "./mistake.ts";

const { col } = pl;

export const texts: Readonly<Record<string, Mistake>> = {
  "contains of a number": mismatch(({ orders }) => orders.filter(col("quantity").str.contains("1"))),
  "upper case of a number": mismatch(({ orders }) => orders.select(col("amount").str.toUpperCase())),
  "slice of a date": mismatch(({ orders }) => orders.select(col("day").str.slice(0, 4))),
  "split of a list": mismatch(({ orders }) => orders.select(col("tags").str.split(","))),
  "replace of a category": mismatch(({ orders }) => orders.select(col("kind").str.replace("a", "b"))),
  "length of bytes": mismatch(({ orders }) => orders.select(col("raw").str.lengths())),
  "strip of a boolean": mismatch(({ orders }) => orders.select(col("paid").str.strip())),
  "padding a number": mismatch(({ orders }) => orders.select(col("order").str.padStart(5, "0"))),
  "filling a number with zeros": mismatch(({ orders }) => orders.select(col("order").str.zFill(5))),
  "reading a number as a date": mismatch(({ orders }) => orders.select(col("cents").str.strptime(pl.Date, "%Y"))),
  "reading a date as a date": mismatch(({ orders }) => orders.select(col("day").str.strptime(pl.Date, "%Y-%m-%d"))),
  "reading a struct as JSON": mismatch(({ orders }) =>
    orders.select(col("place").str.jsonDecode(pl.Struct({ a: pl.Int64 }))),
  ),
  "extract of a number": mismatch(({ orders }) => orders.select(col("cents").str.extract("(1)", 1))),
  "decode of a number": mismatch(({ orders }) => orders.select(col("cents").str.decode("hex"))),
  "joining durations and texts": mismatch(({ orders }) =>
    orders.select(pl.concatString([col("took"), col("status")], "-")),
  ),
  "joining lists and texts": mismatch(({ orders }) =>
    orders.select(pl.concatString([col("tags"), col("status")], "-")),
  ),
  "formatting a list": mismatch(({ orders }) => orders.select(pl.format("{}!", "scores"))),
  "joining rows of lists": mismatch(({ orders }) => orders.groupBy("customer").agg(col("tags").str.concat(","))),
  "a text method after a group's list": mismatch(({ orders }) =>
    orders.groupBy("customer").agg(col("status")).select(col("status").str.contains("a")),
  ),
  "a text method on a text that was cast away": mismatch(({ orders }) =>
    orders.withColumn(col("code").cast(pl.Int64).alias("code")).filter(col("code").str.startsWith("1")),
  ),
};

export const times: Readonly<Record<string, Mistake>> = {
  "the year of a text": mismatch(({ orders }) => orders.select(col("ordered_on").dt.year())),
  "the year of a number": mismatch(({ orders }) => orders.select(col("cents").dt.year())),
  "the hour of a date": mismatch(({ orders }) => orders.select(col("day").dt.hour())),
  "the year of a time of day": mismatch(({ orders }) => orders.select(col("clock").dt.year())),
  "the day of a boolean": mismatch(({ orders }) => orders.select(col("paid").dt.day())),
  "truncating a text": mismatch(({ orders }) => orders.select(col("ordered_on").dt.truncate("1d"))),
  "truncating a number": mismatch(({ orders }) => orders.groupBy(col("cents").dt.truncate("1d")).agg(pl.len())),
  "formatting a text as a date": mismatch(({ orders }) => orders.select(col("ordered_on").dt.strftime("%Y"))),
  "formatting a duration as a date": mismatch(({ orders }) => orders.select(col("took").dt.strftime("%Y"))),
  "rounding a date in a text": mismatch(({ orders }) => orders.select(col("ordered_on").dt.round("1h"))),
  "a zone for a date": mismatch(({ orders }) => orders.select(col("day").dt.replaceTimeZone("UTC"))),
  "converting the zone of a text": mismatch(({ orders }) => orders.select(col("ordered_on").dt.convertTimeZone("UTC"))),
  "the timestamp of a list": mismatch(({ orders }) => orders.select(col("scores").dt.timestamp())),
  "windows over a text": mismatch(({ orders }) =>
    orders.groupByDynamic({ indexColumn: "ordered_on", every: "1d" }).agg(pl.len()),
  ),
  "windows over a boolean": mismatch(({ orders }) =>
    orders.groupByDynamic({ indexColumn: "paid", every: "1d" }).agg(pl.len()),
  ),
  "rolling over a text": mismatch(({ orders }) =>
    orders.groupByRolling({ indexColumn: "ordered_on", period: "1d" }).agg(pl.len()),
  ),
  "a time part in a window": mismatch(({ orders }) => orders.select(col("status").dt.month().over("customer"))),
};

export const nested: Readonly<Record<string, Mistake>> = {
  "explode of a text": mismatch(({ orders }) => orders.explode("status")),
  "explode of a number": mismatch(({ orders }) => orders.explode("amount")),
  "explode of a struct": mismatch(({ orders }) => orders.explode("place")),
  "explode of an aggregate that is one": mismatch(({ orders }) =>
    orders.groupBy("customer").agg(col("status").first()).explode("status"),
  ),
  "explode twice": mismatch(({ orders }) => orders.explode("tags").explode("tags")),
  "the length of a text as a list": mismatch(({ orders }) => orders.select(col("status").lst.lengths())),
  "the sum of a number as a list": mismatch(({ orders }) => orders.select(col("amount").lst.sum())),
  "the first of a text": mismatch(({ orders }) => orders.select(col("status").lst.first())),
  "a get of a struct": mismatch(({ orders }) => orders.select(col("place").lst.get(0))),
  "contains of the wrong type": mismatch(({ orders }) => orders.filter(col("tags").lst.contains(1))),
  "joining a list of numbers": mismatch(({ orders }) => orders.select(col("scores").lst.join("-"))),
  "joining a text as a list": mismatch(({ orders }) => orders.select(col("status").lst.join("-"))),
  "the sum of a list of texts": mismatch(({ orders }) => orders.select(col("tags").lst.sum())),
  "differences in a list of texts": mismatch(({ orders }) => orders.select(col("tags").lst.diff())),
  "text methods in a list of numbers": mismatch(({ orders }) =>
    orders.select(col("scores").lst.eval(pl.element().str.contains("a"))),
  ),
  "arithmetic in a list of texts": mismatch(({ orders }) => orders.select(col("tags").lst.eval(pl.element().mul(2)))),
  "an eval of a text": mismatch(({ orders }) => orders.select(col("status").lst.eval(pl.element().sort()))),
  "sorting a number as a list": mismatch(({ orders }) => orders.select(col("amount").lst.sort())),
  "a field of a text": mismatch(({ orders }) => orders.select(col("status").struct.field("city"))),
  "a field of a list": mismatch(({ orders }) => orders.select(col("tags").struct.field("city"))),
  "a position of a number's fields": mismatch(({ orders }) => orders.select(col("amount").struct.nth(0))),
  "new names for a text's fields": mismatch(({ orders }) => orders.select(col("status").struct.renameFields(["a"]))),
  "unnest of a text": mismatch(({ orders }) => orders.unnest("status")),
  "unnest of a list": mismatch(({ orders }) => orders.unnest("tags")),
  "a list of a struct and a number": mismatch(({ orders }) =>
    orders.select(pl.concatList([col("place"), col("amount")])),
  ),
  "positions that are texts": mismatch(({ orders }) => orders.select(col("tags").lst.get(col("scores"), true))),
  "a list's method after its first": mismatch(({ orders }) => orders.select(col("tags").lst.first().lst.lengths())),
  "a number's field after JSON": missing("nme", ({ orders }) =>
    orders.select(
      col("payload")
        .str.jsonDecode(pl.Struct({ name: pl.String }))
        .struct.field("nme"),
    ),
  ),
};
