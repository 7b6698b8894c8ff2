import { describe, expect, it } from "vitest";
import type { LazyFrame } from "@glacier/core";
import type { Expression } from "../model/expression.ts";
import type { PlanNode } from "../model/node.ts";
import { decodePlan } from "./decode.ts";
import { makeLeaf } from "./leaf.ts";
import { loadPolars } from "./load.ts";
import { Unknown } from "./unknown.ts";

const pl = await loadPolars();
const leaf = makeLeaf(pl, "t", [{ name: "a", type: { kind: "Float64" } }]).frame;

const expressionsOf = (frame: LazyFrame): readonly Expression[] =>
  (decodePlan(pl, frame).plan as Extract<PlanNode, { kind: "select" }>).expressions;

/** The values of all floats in a plan, in order. */
function floatsIn(frame: LazyFrame): readonly string[] {
  const found: string[] = [];
  JSON.stringify(decodePlan(pl, frame).plan, (_key, value: unknown) => {
    const literal = value as { readonly kind?: unknown; readonly value?: unknown } | null;
    if (literal?.kind === "float" || literal?.kind === "untyped-float") found.push(String(literal.value));
    return value;
  });
  return found;
}

const untyped = (value: number) => pl.col("a").pow(value);
/** A Float32, which nodejs-polars itself can't make a literal of. JSON has only those that are finite. */
const single = (value: string) => {
  const bytes = pl.Expr.deserialize(Buffer.from('{"Literal":{"Scalar":{"Float32":1}}}'), "json").serialize("bincode");
  bytes.writeFloatLE(Number(value), bytes.length - 4);
  return pl.Expr.deserialize(bytes, "bincode");
};

const notFinite = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];

describe("floats that JSON has as null", () => {
  it.each(notFinite)("%d is told from the others, of whatever type", (value) => {
    const text = String(value);
    const [double, power, float] = expressionsOf(leaf.select(pl.lit(value), untyped(value), single(text)));
    expect(double).toEqual({ kind: "literal", value: { kind: "float", value: text, type: { kind: "Float64" } } });
    expect(power).toMatchObject({ inputs: [{}, { value: { kind: "untyped-float", value: text } }] });
    expect(float).toEqual({ kind: "literal", value: { kind: "float", value: text, type: { kind: "Float32" } } });
  });

  it("are in the order of the plan, in whatever they stand", () => {
    let plan = leaf;
    const wanted: string[] = [];
    for (let step = 0; step < 60; step++) {
      const floatAt = (offset: number) => notFinite[(step * 7 + offset * step) % 3] as number;
      const [one, two, three] = [floatAt(0), floatAt(1), floatAt(2)];
      wanted.push(...[one, two, three].map(String), "1.5");
      const condition = pl.when(pl.col("a").gt(one)).then(untyped(two));
      plan = plan.withColumns(condition.otherwise(pl.lit(three)).alias(`c${step}`)).filter(pl.col("a").lt(1.5));
    }
    const joined = plan.join(leaf.filter(pl.col("a").eq(pl.lit(Number.NaN))), { on: "a" });
    expect(floatsIn(joined).toSorted()).toEqual([...wanted, "NaN"].toSorted());
    expect(floatsIn(plan)).toEqual(wanted);
  });

  it("is the same for a plan that is too deep for Polars to read back from JSON", () => {
    let plan = leaf.filter(pl.col("a").eq(Number.NEGATIVE_INFINITY));
    for (let step = 0; step < 300; step++) plan = plan.withColumns(pl.col("a").alias("a"));
    expect(floatsIn(plan)).toEqual(["-Infinity"]);
  });

  it("is unknown where something else in the plan looks like one", () => {
    const bytes = pl.lit(Number.NaN).serialize("bincode").toString("latin1");
    // In UTF-8 the last two bytes can't stand in a text, so that they are in a frame of bytes.
    const frame = pl.DataFrame({ x: [bytes] }).lazy();
    expect(floatsIn(frame.select(pl.lit(Number.NaN)))).toEqual(["NaN"]);
    const numbers = Buffer.concat([
      Buffer.from([0, 0, 0, 0, 0]),
      pl.lit(Number.NaN).serialize("bincode"),
      Buffer.alloc(5),
    ]);
    const lookalike = pl
      .DataFrame({ x: pl.Series("x", [numbers.readDoubleLE(0), numbers.readDoubleLE(8)], pl.Float64) })
      .lazy();
    expect(() => decodePlan(pl, lookalike.select(pl.lit(Number.NaN)))).toThrow(Unknown);
    expect(decodePlan(pl, lookalike.select(pl.lit(2))).plan.kind).toBe("select");
  });

  it("is unknown in what is given to a function", () => {
    for (const given of [pl.col("a").entropy(Number.NaN), pl.col("a").rollingQuantile(Number.NaN, "nearest", 3)]) {
      expect(() => decodePlan(pl, leaf.select(given))).toThrow(Unknown);
    }
  });
});
