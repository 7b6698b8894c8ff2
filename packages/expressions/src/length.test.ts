import * as fc from "fast-check";
import pl from "nodejs-polars";
import { expect, test } from "vitest";
import { outcomeOf, outcomeOfPlan } from "../test/query.ts";
import { anyTexts, opaqueText, texts } from "../test/texts.ts";
import { int, lengthBytes, lengthChars } from "./index.ts";

test("characters are code points, and bytes are of UTF-8", () => {
  const frame = pl.DataFrame({ text: ["abc", "é", "日本", "👍", "", null] });
  expect(outcomeOf(frame, lengthChars("text"))).toEqual({ type: "UInt32", values: ["3", "1", "2", "1", "0", null] });
  expect(outcomeOf(frame, lengthBytes("text"))).toEqual({ type: "UInt32", values: ["3", "2", "6", "4", "0", null] });
});

test("they count as JavaScript does when it is asked for the same", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      const frame = pl.DataFrame({ text: [text] });
      expect(outcomeOf(frame, lengthChars("text")).values).toEqual([String(Array.from(text).length)]);
      expect(outcomeOf(frame, lengthBytes("text")).values).toEqual([String(Buffer.byteLength(text))]);
    }),
    { numRuns: 50 },
  );
});

test("lengthChars gives what Polars' method gives", () => {
  fc.assert(
    fc.property(anyTexts, (frame) => {
      expect(outcomeOf(frame, lengthChars("text"))).toEqual(outcomeOf(frame, pl.col("text").str.lengths()));
    }),
    { numRuns: 30 },
  );
});

test.each([{ length: lengthChars }, { length: lengthBytes }])("$length.name can be serialised", ({ length }) => {
  const wanted = outcomeOf(texts, length("text"));
  expect(outcomeOfPlan(texts, length("text"), "json")).toEqual(wanted);
  expect(outcomeOfPlan(texts, length("text"), "bincode")).toEqual(wanted);
});

test.each([{ length: lengthChars }, { length: lengthBytes }])(
  "$length.name takes an input that can't be serialised",
  ({ length }) => {
    const replaced = pl.col("text").str.replace("x", "y");
    const trimmed = texts.withColumn(replaced.str.strip().alias("text"));
    expect(outcomeOf(texts, length(opaqueText))).toEqual(outcomeOf(trimmed, length("text")));
  },
);

test("one can compute with a length, which the type that Polars' method states forbids", () => {
  const frame = pl.DataFrame({ text: ["ab", "c"] });
  for (const length of [lengthChars("text"), lengthBytes("text"), lengthChars(opaqueText), lengthBytes(opaqueText)]) {
    expect(outcomeOf(frame, length.sum())).toEqual({ type: "UInt32", values: ["3"] });
    expect(outcomeOf(frame, length.add(int(1)))).toEqual({ type: "UInt32", values: ["3", "2"] });
  }
  expect(() => outcomeOf(frame, pl.col("text").str.lengths().sum())).toThrow("not supported for dtype `str`");
});
