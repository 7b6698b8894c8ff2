import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Unknown } from "../polars/unknown.ts";
import { canonicalText } from "./canonical.ts";

/** Key order turned round, all the way down. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, inner]) => [key, reversed(inner)]),
  );
}

describe("canonical text", () => {
  it("does not depend on the order of keys, nor on what is undefined", () => {
    fc.assert(
      fc.property(fc.object({ withBigInt: true }), (value) => {
        expect(canonicalText(reversed(value))).toBe(canonicalText(value));
        expect(canonicalText({ ...value, nothing: undefined })).toBe(canonicalText(value));
      }),
    );
  });

  it("is different for different data", () => {
    const values = [
      null,
      "null",
      undefined,
      0,
      -0,
      Number.NaN,
      "NaN",
      Infinity,
      -Infinity,
      1,
      1n,
      "1",
      "1n",
      true,
      "true",
    ];
    const more = [
      [],
      {},
      [[]],
      [null],
      [1, 2],
      [2, 1],
      { a: 1 },
      { a: [1] },
      { a: 1, b: 1 },
      { b: 1 },
      "",
      " ",
      "\ud800",
    ];
    const texts = [...values, ...more].map((value) => canonicalText(value));
    expect(new Set(texts).size).toBe(values.length + more.length);
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withNullPrototype: true }), (value) => {
        fc.pre(value !== undefined && isPlainData(value));
        expect(canonicalText([value])).not.toBe(canonicalText([value, value]));
        expect(canonicalText({ a: value })).not.toBe(canonicalText({ b: value }));
      }),
    );
  });

  it("is that of JSON for what JSON can hold, keys in order", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalText(value).replaceAll("-0", "0"))).toEqual(
          JSON.parse(JSON.stringify(value).replaceAll("-0", "0")),
        );
      }),
    );
  });

  it("is refused for what is no plain data", () => {
    for (const value of [new Date(0), new Map(), Symbol("x"), () => 1, Buffer.from("x")]) {
      expect(() => canonicalText({ a: [value] })).toThrow(Unknown);
    }
  });
});

function isPlainData(value: unknown): boolean {
  try {
    canonicalText(value);
    return true;
  } catch {
    return false;
  }
}
