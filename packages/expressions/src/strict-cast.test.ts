import pl from "nodejs-polars";
import { expect, test } from "vitest";
import { int64, outcomeOf, outcomeOfPlan } from "../test/query.ts";
import { strictCast } from "./index.ts";

const texts = pl.DataFrame({ good: ["1", null, "-3"], bad: ["1", null, "12,5"] });

test("values that fit are converted, and nulls stay null", () => {
  expect(outcomeOf(texts, strictCast("good", pl.Int64))).toEqual({ type: "Int64", values: ["1", null, "-3"] });
  expect(outcomeOf(texts, strictCast(pl.col("good"), pl.Decimal(5, 2))).values).toEqual(["1.00", null, "-3.00"]);
});

test("a value that can't be converted fails the query, with the column and the value", () => {
  expect(() => outcomeOf(texts, strictCast("bad", pl.Float64))).toThrow(/failed in column 'bad'.*"12,5"/s);
  expect(outcomeOf(texts, pl.col("bad").cast(pl.Float64)).values).toEqual(["1.0", null, null]);
});

test("a number beyond the type fails the query", () => {
  const numbers = pl.DataFrame([int64("n", 1n, 300n)]);
  expect(() => outcomeOf(numbers, strictCast("n", pl.Int8))).toThrow(/failed in column 'n'.*300/s);
  expect(() => outcomeOf(pl.DataFrame({ f: [Number.NaN] }), strictCast("f", pl.Int64))).toThrow("NaN");
});

test("fractions are cut and large integers rounded all the same", () => {
  expect(outcomeOf(pl.DataFrame({ f: [1.9, -1.9] }), strictCast("f", pl.Int64)).values).toEqual(["1", "-1"]);
  const large = pl.DataFrame([int64("n", 9007199254740993n)]);
  expect(outcomeOf(large, strictCast("n", pl.Float64)).values).toEqual(["9007199254740992.0"]);
});

test("an empty column is converted", () => {
  expect(outcomeOf(texts.limit(0), strictCast("bad", pl.Int64))).toEqual({ type: "Int64", values: [] });
});

test("the plan stays strict when it is written and read back", () => {
  for (const format of ["json", "bincode"] as const) {
    expect(outcomeOfPlan(texts, strictCast("good", pl.Int64), format).values).toEqual(["1", null, "-3"]);
    expect(() => outcomeOfPlan(texts, strictCast("bad", pl.Int64), format)).toThrow("failed in column 'bad'");
  }
});
