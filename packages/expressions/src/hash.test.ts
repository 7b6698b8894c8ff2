import pl from "nodejs-polars";
import { expect, test } from "vitest";
import { outcomeOf, outcomeOfPlan } from "../test/query.ts";
import { hash, int } from "./index.ts";

const frame = pl
  .DataFrame({ text: ["a", null, "é"], float: [1.5, null, Number.NaN], flag: [true, false, null] })
  .withColumns(
    pl.struct([pl.col("text"), pl.col("float")]).alias("struct"),
    pl.concatList(["text", "text"]).alias("list"),
    pl.col("text").cast(pl.Categorical).alias("category"),
    pl.lit(new Date(0)).alias("time"),
  );

test.each(frame.columns)("the hash of a %s is that of Polars' method, and its plan can be serialised", (column) => {
  const wanted = outcomeOf(frame, pl.col(column).hash(7));
  expect(wanted.type).toBe("UInt64");
  expect(outcomeOf(frame, hash(column, 7))).toEqual(wanted);
  expect(outcomeOfPlan(frame, hash(column, 7), "json")).toEqual(wanted);
  expect(outcomeOfPlan(frame, hash(pl.col(column), 7), "bincode")).toEqual(wanted);
});

test("the seed is 0 unless given, and may be any UInt64", () => {
  expect(outcomeOf(frame, hash("text"))).toEqual(outcomeOf(frame, pl.col("text").hash()));
  const largest = 2n ** 64n - 1n;
  const opaque = pl.col("text").str.strip();
  expect(outcomeOf(frame, hash("text", largest))).toEqual(outcomeOf(frame, hash(opaque, largest)));
  expect(outcomeOf(frame, hash("text", largest))).not.toEqual(outcomeOf(frame, hash("text")));
});

test("a remainder shards by it, which the type that Polars' method states forbids", () => {
  for (const sharded of [hash("text"), hash(pl.col("text").str.strip())]) {
    const shards = outcomeOf(frame, sharded.modulo(int(4)));
    expect(shards.type).toBe("UInt64");
    expect(shards.values.every((shard) => Number(shard) < 4)).toBe(true);
  }
  expect(() => outcomeOf(frame, pl.col("text").hash().modulo(int(4)))).toThrow("arithmetic on dtypes str");
});

test("a seed that is no UInt64 is refused", () => {
  expect(() => hash("text", -1)).toThrow(expect.objectContaining({ code: "INTEGER_OUT_OF_RANGE" }));
  expect(() => hash("text", 0.5)).toThrow(expect.objectContaining({ code: "INTEGER_INVALID" }));
});
