import * as fc from "fast-check";
import pl from "nodejs-polars";
import { expect, test } from "vitest";
import { outcomeOf, outcomeOfPlan } from "../test/query.ts";
import { anyTexts, opaqueText, texts } from "../test/texts.ts";
import { trim, trimEnd, trimStart } from "./index.ts";

const cases = [
  { name: "trim", ours: trim, native: (input: pl.Expr) => input.str.strip() },
  { name: "trimStart", ours: trimStart, native: (input: pl.Expr) => input.str.lstrip() },
  { name: "trimEnd", ours: trimEnd, native: (input: pl.Expr) => input.str.rstrip() },
];

test.each(cases)("$name gives what Polars' method gives, and its plan can be serialised", ({ ours, native }) => {
  const wanted = outcomeOf(texts, native(pl.col("text")));
  expect(outcomeOf(texts, ours("text"))).toEqual(wanted);
  expect(outcomeOfPlan(texts, ours("text"), "json")).toEqual(wanted);
  expect(outcomeOfPlan(texts, ours(pl.col("text")), "bincode")).toEqual(wanted);
  expect(() => native(pl.col("text")).serialize("json")).toThrow("opaque");
});

test.each(cases)("$name gives the same for any text", ({ ours, native }) => {
  const padded = anyTexts.map((frame) =>
    frame.withColumn(pl.concatString([pl.lit(" \t"), pl.col("text"), pl.lit("\u00A0\n")], "").alias("text")),
  );
  fc.assert(
    fc.property(padded, (frame) => {
      expect(outcomeOf(frame, ours("text"))).toEqual(outcomeOf(frame, native(pl.col("text"))));
    }),
    { numRuns: 30 },
  );
});

test.each(cases)("$name takes an input that can't be serialised", ({ ours, native }) => {
  expect(outcomeOf(texts, ours(opaqueText))).toEqual(outcomeOf(texts, native(opaqueText)));
});

test("characters are a set, at the ends only", () => {
  const codes = pl.DataFrame({ text: ["-_a-b_-", "-", "", null, "日a日"] });
  expect(outcomeOf(codes, trim("text", "_-")).values).toEqual(["a-b", "", "", null, "日a日"]);
  expect(outcomeOf(codes, trimStart("text", "_-")).values).toEqual(["a-b_-", "", "", null, "日a日"]);
  expect(outcomeOf(codes, trimEnd("text", "_-日")).values).toEqual(["-_a-b", "", "", null, "日a"]);
});

test("no characters are trimmed if none are given", () => {
  expect(outcomeOf(pl.DataFrame({ text: [" a "] }), trim("text", "")).values).toEqual([" a "]);
});

test("the characters may have the name of a column", () => {
  expect(outcomeOf(pl.DataFrame({ text: ["ab"], a: ["b"] }), trim("text", "a")).values).toEqual(["b"]);
});
