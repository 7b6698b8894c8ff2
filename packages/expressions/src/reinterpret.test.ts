import pl from "nodejs-polars";
import { expect, test } from "vitest";
import { int64, outcomeOf, outcomeOfPlan } from "../test/query.ts";
import { int, reinterpret } from "./index.ts";

const signed = pl.DataFrame([int64("n", -1n, 5n, -(2n ** 63n))]);
const unsigned = pl.DataFrame([pl.Series("n", [2n ** 64n - 1n, 5n, null], pl.UInt64)]);

test("the bits stay, and the type changes", () => {
  const asUnsigned = { type: "UInt64", values: ["18446744073709551615", "5", "9223372036854775808"] };
  expect(outcomeOf(signed, reinterpret("n", false))).toEqual(asUnsigned);
  expect(outcomeOf(unsigned, reinterpret("n", true))).toEqual({ type: "Int64", values: ["-1", "5", null] });
  expect(outcomeOf(unsigned, reinterpret("n"))).toEqual(outcomeOf(unsigned, reinterpret("n", true)));
});

test("it is Polars' method, in a plan that can be serialised", () => {
  const wanted = outcomeOf(signed, pl.col("n").reinterpret(false));
  expect(outcomeOfPlan(signed, reinterpret("n", false), "json")).toEqual(wanted);
  expect(outcomeOfPlan(signed, reinterpret(pl.col("n"), false), "bincode")).toEqual(wanted);
});

test("it takes an input that can't be serialised, and states the right type then too", () => {
  const opaque = pl.col("n").hash();
  for (const column of [opaque, pl.col("n")]) {
    expect(outcomeOf(unsigned, reinterpret(column, true).add(int(0))).type).toBe("Int64");
  }
});

test("other types fail the query", () => {
  expect(() => outcomeOf(pl.DataFrame({ n: ["text"] }), reinterpret("n", true))).toThrow("reinterpret");
});
