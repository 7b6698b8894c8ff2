import type { LazyFrame } from "@glacier/core";
import * as expressions from "@glacier/expressions";
import { describe, expect, it } from "vitest";
import { decodePlan } from "./decode.ts";
import { makeLeaf } from "./leaf.ts";
import { loadPolars } from "./load.ts";
import { whyOpaque } from "./opaque.ts";
import { noteOpaqueCalls } from "./opaque-calls.ts";
import { opaqueMethods } from "./opaque-methods.ts";
import { OwnRead } from "./own-read.ts";
import { Unknown } from "./unknown.ts";

const pl = await loadPolars();
const leaf = makeLeaf(pl, "t", [{ name: "text", type: { kind: "String" } }]).frame;
const [text, number] = [pl.col("text"), pl.col("number")];

const errorOf = (frame: LazyFrame): unknown => {
  try {
    return decodePlan(pl, frame);
  } catch (error) {
    return error;
  }
};
const noted = async (make: () => LazyFrame | Promise<LazyFrame>) => {
  const frame = await noteOpaqueCalls(pl, make);
  return whyOpaque(frame, errorOf(frame));
};

/** One for each of Polars' own methods. */
const calls: Readonly<Record<string, () => ReturnType<typeof pl.col>>> = {
  extendConstant: () => number.extendConstant(1, 2),
  hash: () => number.hash(),
  reinterpret: () => number.reinterpret(),
  strBase64Decode: () => text.str.decode("base64"),
  strBase64Encode: () => text.str.encode("base64"),
  strHexDecode: () => text.str.decode("hex"),
  strHexEncode: () => text.str.encode("hex"),
  strJsonPathMatch: () => text.str.jsonPathMatch("$.a"),
  strLengths: () => text.str.lengths(),
  strLstrip: () => text.str.lstrip(),
  strRstrip: () => text.str.rstrip(),
  strStrip: () => text.str.strip(),
  strToLowercase: () => text.str.toLowerCase(),
  strToUppercase: () => text.str.toUpperCase(),
  toPhysical: () => text.toPhysical(),
};

describe("why a plan can't be read", () => {
  it("has a case for each method whose result Polars can't write down", () => {
    expect(Object.keys(calls)).toEqual(Object.keys(opaqueMethods));
  });

  it.each(Object.entries(opaqueMethods))("%s is named as its user writes it", async (name, method) => {
    const why = await noted(() => leaf.select((calls[name] as () => ReturnType<typeof pl.col>)().alias("hash")));
    expect(why).toEqual({ reason: `Polars can't write down what \`${method.expression}\` makes.`, ...method });
  });

  it("names what to write instead, which is there", () => {
    const substitutes = Object.values(opaqueMethods).flatMap(({ substitute }) => substitute ?? []);
    expect(substitutes.length).toBeGreaterThan(5);
    for (const substitute of substitutes) expect(expressions).toHaveProperty(substitute);
  });

  it("takes no name of a column and no text for a method", async () => {
    const frame = leaf.select(pl.lit("hash"), pl.col("str.toUpperCase"), text.str.strip().alias("reinterpret"));
    expect((await noted(() => frame)).expression).toBeUndefined();
    const why = await noted(() =>
      leaf.select(pl.lit("hash()"), pl.col("map()"), text.str.strip().alias("reinterpret")),
    );
    expect(why).toMatchObject({ expression: "str.strip", substitute: "trim" });
  });

  it("names several", async () => {
    const why = await noted(() => leaf.select(text.str.strip().str.toUpperCase(), text.str.strip().alias("b")));
    expect(why).toEqual({
      reason: "Polars can't write down what `str.strip` and `str.toUpperCase` make.",
      expression: "str.strip",
      substitute: "trim",
    });
  });

  it("lists what it may be, where it was made before", () => {
    const frame = leaf.select(text.str.strip());
    const { reason, ...more } = whyOpaque(frame, errorOf(frame));
    expect(reason).toMatch(
      /^It has an expression that Polars can't write down\. Those are made by `extendConstant`, `hash`/,
    );
    expect(more).toEqual({});
  });

  it("keeps tasks apart that run at the same time", async () => {
    const pause = () => new Promise((resolve) => setTimeout(resolve, 5));
    const slow = async () => {
      await pause();
      const upper = text.str.toUpperCase();
      await pause();
      return leaf.select(upper);
    };
    const quick = async () => leaf.select(text.str.toLowerCase());
    const whys = await Promise.all([slow, quick, slow].map((make) => noted(make)));
    expect(whys.map(({ expression }) => expression)).toEqual(["str.toUpperCase", "str.toLowerCase", "str.toUpperCase"]);
  });

  it("leaves Polars as it was", async () => {
    const native = Object.getPrototypeOf(pl.lit(1).inner()) as Record<string, unknown>;
    const before = { ...native };
    await noted(() => leaf.select(text.str.strip()));
    await expect(noteOpaqueCalls(pl, () => Promise.reject(new Error("the task failed")))).rejects.toThrow(
      "the task failed",
    );
    expect({ ...native }).toEqual(before);
    expect(native["strStrip"]).toBe(before["strStrip"]);
  });

  it("is what is not known, in words", () => {
    expect(whyOpaque(leaf, new Unknown("the function `X`"))).toEqual({
      reason: "Glacier does not know the function `X`.",
    });
    expect(whyOpaque(leaf, new OwnRead("/home/me/own.csv")).reason).toBe(
      "Glacier does not know what is in `own.csv`, which the task reads by itself.",
    );
    expect(whyOpaque(leaf, new Error("something\nelse"))).toEqual({ reason: "Polars can't write it down: something" });
  });
});
