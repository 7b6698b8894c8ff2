import * as fc from "fast-check";
import pl from "nodejs-polars";
import { expect, test } from "vitest";
import { outcomeOf, outcomeOfPlan } from "../test/query.ts";
import { anyTexts, opaqueText, texts } from "../test/texts.ts";
import { lower, upper } from "./index.ts";

const cases = [
  { name: "upper", ours: upper, native: (input: pl.Expr) => input.str.toUpperCase() },
  { name: "lower", ours: lower, native: (input: pl.Expr) => input.str.toLowerCase() },
];

test.each(cases)("$name gives what Polars' method gives, and its plan can be serialised", ({ ours, native }) => {
  const wanted = outcomeOf(texts, native(pl.col("text")));
  expect(wanted.values.length).toBeGreaterThan(5);
  expect(outcomeOf(texts, ours("text"))).toEqual(wanted);
  expect(outcomeOfPlan(texts, ours("text"), "json")).toEqual(wanted);
  expect(outcomeOfPlan(texts, ours(pl.col("text")), "bincode")).toEqual(wanted);
  expect(() => native(pl.col("text")).serialize("json")).toThrow("opaque");
});

test.each(cases)("$name gives the same for any text", ({ ours, native }) => {
  fc.assert(
    fc.property(anyTexts, (frame) => {
      expect(outcomeOf(frame, ours("text"))).toEqual(outcomeOf(frame, native(pl.col("text"))));
    }),
    { numRuns: 30 },
  );
});

test.each(cases)("$name takes an input that can't be serialised, and is Polars' method then", ({ ours, native }) => {
  expect(outcomeOf(texts, ours(opaqueText))).toEqual(outcomeOf(texts, native(opaqueText)));
  expect(() => ours(opaqueText).serialize("json")).toThrow("opaque");
});

test("letters may become more than they were", () => {
  expect(outcomeOf(pl.DataFrame({ text: ["ß"] }), upper("text")).values).toEqual(["SS"]);
});

test("the column keeps its name, and several columns can be given at once", () => {
  const frame = pl.DataFrame({ a: ["x"], b: ["y"] });
  expect(frame.select(upper(pl.col(["a", "b"]))).toRecords()).toEqual([{ a: "X", b: "Y" }]);
  expect(frame.select(upper("*")).columns).toEqual(["a", "b"]);
});

test("it works inside groups", () => {
  const frame = pl.DataFrame({ key: ["k", "k"], text: ["a", "b"] });
  const firsts = frame
    .lazy()
    .groupBy("key")
    .agg(upper(pl.col("text").first()));
  expect(firsts.collectSync().toRecords()).toEqual([{ key: "k", text: "A" }]);
});
