import type { Expression, PlanNode } from "@glacier/plan";
import { describe, expect, it } from "vitest";
import { estimateRows, type RowEstimate } from "./rows.ts";

const source = (name = "df"): PlanNode => ({ kind: "source", name });
const column = (name: string): Expression => ({ kind: "column", name });
const is = (operator: "eq" | "gt"): Expression => ({
  kind: "binary",
  operator,
  left: column("a"),
  right: { kind: "literal", value: { kind: "untyped-integer", value: "1" } },
});
const million: RowEstimate = { expected: 1_000_000, atMost: 1_000_000 };
const of = (node: PlanNode, sources: Record<string, RowEstimate | undefined> = { df: million }) =>
  estimateRows(node, new Map(Object.entries(sources)));
const join = (how: "inner" | "left" | "cross" | "semi"): PlanNode => ({
  kind: "join",
  how,
  left: source("l"),
  right: source("r"),
  leftOn: [column("k")],
  rightOn: [column("k")],
  suffix: "right",
  coalesce: true,
  nullsEqual: false,
});

describe("the rows of a plan's result", () => {
  it("are those of its source, where the plan keeps them all", () => {
    const plan: PlanNode = { kind: "with-columns", input: source(), expressions: [column("a")] };
    expect(of(plan)).toEqual(million);
  });

  it("are fewer behind a filter, and never more", () => {
    expect(of({ kind: "filter", input: source(), predicate: is("eq") })).toEqual({
      expected: 100_000,
      atMost: 1_000_000,
    });
    const both: Expression = { kind: "binary", operator: "and", left: is("eq"), right: is("gt") };
    expect(of({ kind: "filter", input: source(), predicate: both })?.expected).toBeCloseTo(1_000_000 / 30);
  });

  it("are no more than a limit", () => {
    expect(of({ kind: "slice", input: source(), offset: 0, length: 10 })).toEqual({ expected: 10, atMost: 10 });
    expect(of({ kind: "slice", input: source(), offset: 0, length: 10 }, {})).toEqual({ expected: 10, atMost: 10 });
  });

  it("are as many as there may be groups", () => {
    const groups: PlanNode = { kind: "group-by", input: source(), keys: [column("k")], aggregates: [], stable: true };
    expect(of(groups)).toEqual({ expected: 200, atMost: 1_000_000 });
    expect(of(groups, { df: { expected: 50, atMost: 50 } })).toEqual({ expected: 50, atMost: 50 });
  });

  it("are one, where all of them become one", () => {
    const sum: Expression = { kind: "aggregate", name: "Sum", input: column("a") };
    expect(of({ kind: "select", input: source(), expressions: [sum] })).toEqual({ expected: 1, atMost: 1 });
    expect(of({ kind: "select", input: source(), expressions: [sum, column("a")] })).toEqual(million);
  });

  it("of a join are those of the larger table, and at most all pairs", () => {
    const sources = { l: million, r: { expected: 10, atMost: 10 } };
    expect(of(join("inner"), sources)).toEqual({ expected: 1_000_000, atMost: 10_000_000 });
    expect(of(join("left"), sources)).toEqual({ expected: 1_000_000, atMost: 10_000_000 });
    expect(of(join("cross"), sources)).toEqual({ expected: 10_000_000, atMost: 10_000_000 });
    expect(of(join("semi"), sources)).toEqual({ expected: 500_000, atMost: 1_000_000 });
  });

  it("of tables one below the other are all of them", () => {
    const plan: PlanNode = { kind: "concat", inputs: [source(), source()], diagonal: false, supertypes: true };
    expect(of(plan)).toEqual({ expected: 2_000_000, atMost: 2_000_000 });
  });

  it("can be any number, where lists are opened", () => {
    const plan: PlanNode = {
      kind: "explode",
      input: source(),
      columns: { kind: "names", names: ["l"], strict: true },
    };
    expect(of(plan)).toEqual({ expected: 4_000_000 });
  });

  it("are not known where those of a source are not", () => {
    expect(of({ kind: "filter", input: source(), predicate: is("eq") }, { df: undefined })).toBeUndefined();
  });
});
