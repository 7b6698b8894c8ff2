import * as fc from "fast-check";
import pl from "nodejs-polars";
import { describe, expect, test } from "vitest";
import { int64, outcomeOf, outcomeOfPlan } from "../test/query.ts";
import { ExpressionError, int } from "./index.ts";

const wholeNumbers = [pl.Int8, pl.Int16, pl.Int32, pl.Int64, pl.UInt8, pl.UInt16, pl.UInt32, pl.UInt64] as const;
const frame = pl.DataFrame(
  wholeNumbers.map((dtype) => int64(dtype.variant, 3n, 7n, 12n).cast(dtype).rename(dtype.variant)),
);
const ids = pl.DataFrame([int64("id", -3n, 0n, 9007199254740992n, 9007199254740993n)]);

describe("an integer takes the type of the column", () => {
  test.each(wholeNumbers.map((dtype) => dtype.variant))("%s stays what it is", (type) => {
    expect(outcomeOf(frame, pl.col(type).add(int(2)))).toEqual({ type, values: ["5", "9", "14"] });
    expect(outcomeOf(frame, pl.col(type).sub(int(2)).mul(int(3)))).toEqual({ type, values: ["3", "15", "30"] });
    expect(outcomeOf(frame, pl.col(type).modulo(int(4)))).toEqual({ type, values: ["3", "3", "0"] });
  });

  test("Float32, Float64 and Decimal stay what they are", () => {
    const prices = pl.DataFrame({ price: ["1.50", null] });
    const sum = (dtype: typeof pl.Float32 | typeof pl.Float64 | pl.Decimal) =>
      outcomeOf(prices, pl.col("price").cast(dtype, true).add(int(2)));
    expect(sum(pl.Float32)).toEqual({ type: "Float32", values: ["3.5", null] });
    expect(sum(pl.Float64)).toEqual({ type: "Float64", values: ["3.5", null] });
    expect(sum(pl.Decimal(12, 2))).toEqual({ type: "Decimal(38,2)", values: ["3.50", null] });
  });

  test("a column is widened by a number that is beyond its type", () => {
    expect(outcomeOf(frame, pl.col("Int8").add(int(300)))).toEqual({ type: "Int16", values: ["303", "307", "312"] });
    expect(outcomeOf(frame, pl.col("UInt8").add(int(-1)))).toEqual({ type: "Int16", values: ["2", "6", "11"] });
  });

  test("results beyond the type wrap, as integers of Polars do", () => {
    const small = pl.DataFrame([pl.Series("n", [127], pl.Int8)]);
    expect(outcomeOf(small, pl.col("n").add(int(1)))).toEqual({ type: "Int8", values: ["-128"] });
  });

  test("a text column is refused", () => {
    const texts = pl.DataFrame({ text: ["5"] });
    expect(() => outcomeOf(texts, pl.col("text").add(int(1)))).toThrow("arithmetic on dtypes str and dyn int");
    expect(() => outcomeOf(texts, pl.col("text").eq(int(5)))).toThrow("cannot compare string with numeric type");
  });
});

test("a division is of integers, rounded down, and null for zero", () => {
  const numbers = pl.DataFrame([int64("n", 7n, -7n)]);
  expect(outcomeOf(numbers, pl.col("n").div(int(2)))).toEqual({ type: "Int64", values: ["3", "-4"] });
  expect(outcomeOf(numbers, pl.col("n").div(int(0)))).toEqual({ type: "Int64", values: [null, null] });
});

test("nulls stay null, and can be filled without a change of type", () => {
  const gaps = pl.DataFrame([pl.Series("n", [1, null], pl.Int64)]);
  expect(outcomeOf(gaps, pl.col("n").add(int(1)))).toEqual({ type: "Int64", values: ["2", null] });
  expect(outcomeOf(gaps, pl.col("n").fillNull(int(0)))).toEqual({ type: "Int64", values: ["1", "0"] });
  expect(gaps.lazy().fillNull(int(0)).collectSync().dtypes).toEqual([pl.Int64]);
});

test("an empty column keeps its type", () => {
  expect(outcomeOf(ids.filter(pl.lit(false)), pl.col("id").add(int(1)))).toEqual({ type: "Int64", values: [] });
});

test("values above 2^53 are compared exactly", () => {
  expect(outcomeOf(ids, pl.col("id").eq(int(9007199254740993n))).values).toEqual(["false", "false", "false", "true"]);
  expect(outcomeOf(ids, pl.col("id").gt(int(9007199254740992n))).values).toEqual(["false", "false", "false", "true"]);
});

test("a filter leaves the column uncast, so that a scan can skip row groups", () => {
  const plan = (filter: pl.Expr) => ids.lazy().filter(filter).describeOptimizedPlan().split("\n")[0];
  expect(plan(pl.col("id").gt(int(5)))).toBe('FILTER col("id") > 5');
  expect(plan(pl.col("id").gt(5))).toBe('FILTER col("id").cast(Float64) > 5.0');
});

test("it works in conditions", () => {
  const sign = pl
    .when(pl.col("id").lt(int(0)))
    .then(int(-1))
    .otherwise(pl.col("id").clip(0, 1));
  expect(outcomeOf(ids, sign)).toEqual({ type: "Int64", values: ["-1", "0", "1", "1"] });
});

test("alone it has the smallest type from Int32 that holds it", () => {
  const typeOfAlone = (value: bigint) => outcomeOf(ids, int(value)).type;
  expect(typeOfAlone(2n ** 31n - 1n)).toBe("Int32");
  expect(typeOfAlone(2n ** 31n)).toBe("Int64");
  expect(typeOfAlone(-(2n ** 63n))).toBe("Int64");
  expect(typeOfAlone(2n ** 63n)).toBe("UInt64");
});

test("a column of the other signedness is where an integer has its limits", () => {
  const large = pl.DataFrame([pl.Series("u", [1n, 2n ** 64n - 1n], pl.UInt64)]);
  expect(outcomeOf(large, pl.col("u").gt(int(-1))).values).toEqual(["true", null]);
  expect(outcomeOf(ids, pl.col("id").add(int(2n ** 63n))).type).toBe("Float64");
});

test("every Int64 survives being written and read back, alone and in a plan", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (value) => {
      const wanted = { type: "Int64", values: [String(value)] };
      const one = pl.DataFrame([int64("zero", 0n)]);
      const sum = pl.col("zero").add(int(value));
      expect(outcomeOf(one, sum)).toEqual(wanted);
      expect(outcomeOfPlan(one, sum, "json")).toEqual(wanted);
      expect(outcomeOfPlan(one, sum, "bincode")).toEqual(wanted);
    }),
    { numRuns: 50, examples: [[-(2n ** 63n)], [2n ** 63n - 1n], [-1n], [0n], [2n ** 53n + 1n]] },
  );
});

test("every UInt64 survives", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (value) => {
      const one = pl.DataFrame([pl.Series("zero", [0n], pl.UInt64)]);
      expect(outcomeOf(one, pl.col("zero").add(int(value)))).toEqual({ type: "UInt64", values: [String(value)] });
    }),
    { numRuns: 30, examples: [[2n ** 64n - 1n]] },
  );
});

test("numbers and bigints mean the same", () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), (value) => {
      expect(int(value).toString()).toBe(int(BigInt(value)).toString());
    }),
    { numRuns: 50, examples: [[-0]] },
  );
});

describe("what is refused", () => {
  const refusal = (value: unknown): ExpressionError => {
    try {
      int(value as number);
    } catch (error) {
      if (error instanceof ExpressionError) return error;
    }
    throw new Error("nothing was refused");
  };

  test.each([1.5, Number.NaN, Number.POSITIVE_INFINITY, "5", null, undefined, true])(
    "%s is no whole number",
    (value) => {
      expect(refusal(value)).toMatchObject({ code: "INTEGER_INVALID", name: "ExpressionError" });
      expect(refusal(value).message).toContain("is not a whole number");
    },
  );

  test.each([2 ** 53, -(2 ** 53), 1e300])("%s may have been rounded already", (value) => {
    expect(refusal(value)).toMatchObject({ code: "INTEGER_UNSAFE" });
    expect(refusal(value).hint).toContain("bigint");
  });

  test.each([2n ** 64n, -(2n ** 63n) - 1n, 2n ** 200n])("%s fits no type", (value) => {
    expect(refusal(value)).toMatchObject({ code: "INTEGER_OUT_OF_RANGE" });
  });
});
