import * as fc from "fast-check";
import pl from "nodejs-polars";
import { describe, expect, test } from "vitest";
import { outcomeOf, outcomeOfPlan } from "../test/query.ts";
import { decimal, strictCast } from "./index.ts";

const prices = pl
  .DataFrame({ price: ["10.00", "19.99", "-0.05", null] })
  .select(strictCast("price", pl.Decimal(12, 2)));

test("it has as many digits as its text", () => {
  const typeOf = (text: string) => outcomeOf(prices, decimal(text)).type;
  expect(typeOf("19.99")).toBe("Decimal(4,2)");
  expect(typeOf("1.50")).toBe("Decimal(3,2)");
  expect(typeOf("-0.05")).toBe("Decimal(2,2)");
  expect(typeOf("0")).toBe("Decimal(1,0)");
  expect(typeOf("007")).toBe("Decimal(1,0)");
});

test("a Decimal column stays Decimal, where a number makes floats of it", () => {
  const price = pl.col("price");
  const sum = outcomeOf(prices, price.add(decimal("0.01")));
  expect(sum).toEqual({ type: "Decimal(38,2)", values: ["10.01", "20.00", "-0.04", null] });
  expect(outcomeOf(prices, price.add(0.01)).type).toBe("Float64");
});

test("a product has as many digits after the point as the longer of the two, rounded", () => {
  const product = outcomeOf(prices, pl.col("price").mul(decimal("1.125")));
  expect(product).toEqual({ type: "Decimal(38,3)", values: ["11.250", "22.489", "-0.056", null] });
});

test("comparisons are exact, and leave a column of the same scale uncast", () => {
  expect(outcomeOf(prices, pl.col("price").eq(decimal("19.99"))).values).toEqual(["false", "true", "false", null]);
  const plan = prices
    .lazy()
    .filter(pl.col("price").gt(decimal("9.99")))
    .describeOptimizedPlan();
  expect(plan).toContain('FILTER col("price") > 9.99');
});

test("the plan can be written and read back", () => {
  const sum = pl.col("price").sub(decimal("0.01"));
  for (const format of ["json", "bincode"] as const) {
    expect(outcomeOfPlan(prices, sum, format)).toEqual(outcomeOf(prices, sum));
  }
});

test("every number of up to 38 digits is exact", () => {
  const digits = fc
    .integer({ min: 0, max: 38 })
    .chain((scale) => fc.bigInt({ min: -(10n ** 38n) + 1n, max: 10n ** 38n - 1n }).map((value) => ({ value, scale })));
  fc.assert(
    fc.property(digits, ({ value, scale }) => {
      const text = written(value, scale);
      expect(outcomeOf(prices.limit(1), decimal(text)).values).toEqual([text]);
    }),
    { numRuns: 50, examples: [[{ value: -5n, scale: 38 }], [{ value: 10n ** 38n - 1n, scale: 0 }]] },
  );
});

function written(value: bigint, scale: number): string {
  const digits = String(value < 0n ? -value : value).padStart(scale + 1, "0");
  const point = digits.length - scale;
  return `${value < 0n ? "-" : ""}${digits.slice(0, point)}${scale === 0 ? "" : `.${digits.slice(point)}`}`;
}

describe("what is refused", () => {
  test.each(["", "1.", ".5", "1e3", "+1", "1,5", " 1", "abc", "1.2.3", "١"])("%j is no decimal number", (text) => {
    expect(() => decimal(text)).toThrow(expect.objectContaining({ code: "DECIMAL_INVALID" }));
  });

  test("a number is refused, as it is not exact", () => {
    expect(() => decimal(19.99 as unknown as string)).toThrow("19.99 is not a decimal number.");
  });

  test("more than 38 digits are refused", () => {
    expect(() => decimal("9".repeat(39))).toThrow(expect.objectContaining({ code: "DECIMAL_TOO_LONG" }));
    expect(() => decimal(`0.${"0".repeat(38)}1`)).toThrow("has 39 digits");
  });
});
