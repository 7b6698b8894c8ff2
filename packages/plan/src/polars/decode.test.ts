import type { LazyFrame } from "@glacier/core";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Expression } from "../model/expression.ts";
import { inputsOf, type PlanNode } from "../model/node.ts";
import { decodePlan } from "./decode.ts";
import { makeLeaf } from "./leaf.ts";
import { loadPolars } from "./load.ts";
import { OwnRead } from "./own-read.ts";
import { Unknown } from "./unknown.ts";

const pl = await loadPolars();
const leaf = makeLeaf(pl, "t", [
  { name: "a", type: { kind: "Int64" } },
  { name: "b", type: { kind: "String" } },
]).frame;

const planOf = (frame: LazyFrame): PlanNode => decodePlan(pl, frame).plan;
const expressionsOf = (frame: LazyFrame): readonly Expression[] =>
  (planOf(frame) as Extract<PlanNode, { kind: "select" }>).expressions;
const literal = (json: object) => pl.Expr.deserialize(Buffer.from(JSON.stringify({ Literal: json })), "json");
const sql = (query: string, t = leaf): LazyFrame => pl.SQLContext({ t, u: t }).execute(query);
const errorOf = (frame: LazyFrame): unknown => {
  try {
    return decodePlan(pl, frame);
  } catch (error) {
    return error;
  }
};

describe("a deep plan", () => {
  const chained = (steps: number): LazyFrame => {
    let frame = leaf;
    const same = pl.col("a").alias("a");
    for (let step = 0; step < steps; step++) frame = frame.withColumns(same);
    return frame;
  };
  const nested = (levels: number) => {
    let expression = pl.col("a");
    const one = pl.lit(1);
    for (let level = 0; level < levels; level++) expression = expression.add(one);
    return leaf.select(expression);
  };

  it("is read as deep as Polars can look into it", () => {
    let depth = 0;
    for (let node: PlanNode | undefined = planOf(chained(900)); node !== undefined; node = inputsOf(node)[0])
      depth += 1;
    expect(depth).toBe(901);
    let [expression] = expressionsOf(nested(900));
    let levels = 0;
    for (; expression?.kind === "binary"; expression = expression.left) levels += 1;
    expect(levels).toBe(900);
  });

  it("is unknown beyond that, and no error of JavaScript or end of the process", () => {
    for (const frame of [chained(5_000), nested(1_500)]) {
      const error = errorOf(frame);
      expect(error).toBeInstanceOf(Unknown);
      expect((error as Unknown).message).toBe(
        "Glacier does not know how to read a plan that is nested deeper than 1000 levels",
      );
    }
  });

  it("may be wide", () => {
    const many = Array.from({ length: 500 }, (_, index) => pl.col("a").alias(`c${index}`));
    expect(expressionsOf(leaf.select(many))).toHaveLength(500);
    const frames = Array.from({ length: 2_000 }, () => leaf);
    expect(planOf(pl.concat(frames))).toMatchObject({ kind: "concat", inputs: { length: 2_000 } });
  });
});

describe("numbers", () => {
  it("are exact, if they are floats", () => {
    const float = fc.double();
    fc.assert(
      fc.property(fc.array(float, { minLength: 1, maxLength: 20 }), (floats) => {
        const literals = expressionsOf(leaf.select(floats.map((value, index) => pl.lit(value).alias(`c${index}`))));
        const texts = literals.map((each) => (each as { input: { value: { value: string } } }).input.value.value);
        expect(texts).toEqual(floats.map((value) => (Object.is(value, -0) ? "-0" : String(value))));
      }),
      {
        numRuns: 100,
        examples: [[[0.1, 1e300, 5e-324, -0, 1 / 3, 2 ** 53 + 2, Number.NaN, Number.NEGATIVE_INFINITY]]],
      },
    );
  });

  it("are exact, if they are integers of 64 bits", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (value) => {
        expect(expressionsOf(leaf.select(pl.lit(value)))).toEqual([
          { kind: "literal", value: { kind: "integer", value: String(value), type: { kind: "UInt64" } } },
        ]);
      }),
      { examples: [[2n ** 53n], [2n ** 53n + 1n], [2n ** 64n - 1n]] },
    );
  });

  it("differ where only their types do", () => {
    const forms = [
      { Scalar: { Int64: 1 } },
      { Scalar: { Int32: 1 } },
      { Scalar: { UInt64: 1 } },
      { Scalar: { Float64: 1 } },
      { Scalar: { Float32: 1 } },
      { Dyn: { Int: 1 } },
      { Dyn: { Float: 1 } },
      { Scalar: { Boolean: true } },
      { Scalar: { String: "1" } },
      { Scalar: { Null: "Null" } },
      { Scalar: { Null: "Int64" } },
      { Scalar: { Date: 1 } },
      { Scalar: { Time: 1 } },
      { Scalar: { Datetime: [1, "Milliseconds", null] } },
      { Scalar: { Datetime: [1, "Milliseconds", { inner: "UTC" }] } },
      { Scalar: { Datetime: [1, "Microseconds", null] } },
      { Scalar: { Duration: [1, "Milliseconds"] } },
      { Scalar: { Decimal: [1, 5, 2] } },
      { Scalar: { Decimal: [1, 5, 3] } },
      { Scalar: { Binary: [1] } },
    ];
    const decoded = forms.map((form) => JSON.stringify(expressionsOf(leaf.select(literal(form)))));
    expect(new Set(decoded).size).toBe(forms.length);
  });

  it("are unknown in forms of which it is not certain what they mean", () => {
    for (const form of [{ Scalar: { Float16: 15_360 } }, { Dyn: { Str: "x" } }, { Scalar: { Struct: [] } }]) {
      expect(errorOf(leaf.select(literal(form)))).toBeInstanceOf(Unknown);
    }
  });
});

describe("data of a task's own", () => {
  it("is told by the last part of its path", () => {
    for (const frame of [
      pl.scanCSV("/home/me/own.csv"),
      pl.scanParquet("/home/me/own.parquet"),
      pl.scanJson("own.ndjson"),
    ]) {
      const error = errorOf(leaf.join(frame, { on: "a" }));
      expect(error).toBeInstanceOf(OwnRead);
      expect((error as OwnRead).file).toMatch(/^own\./);
      expect((error as OwnRead).message).not.toContain("home");
    }
  });

  it("never shows what gives access to it", () => {
    const cloudOptions = { aws_secret_access_key: "hidden", aws_region: "eu" };
    const error = errorOf(pl.scanParquet("s3://bucket/folder/own.parquet", { cloudOptions }));
    expect(error).toBeInstanceOf(OwnRead);
    expect(`${String(error)} ${JSON.stringify(error)}`).not.toMatch(/hidden|bucket|folder/);
  });

  it("is not taken for a source that is scanned in another way", () => {
    const plan = JSON.parse(leaf.serialize("json").toString()) as {
      Scan: { unified_scan_args: Record<string, unknown> };
    };
    plan.Scan.unified_scan_args["pre_slice"] = { Positive: { offset: 0, len: 1 } };
    const error = errorOf(pl.LazyDataFrame.deserialize(Buffer.from(JSON.stringify(plan)), "json"));
    expect(error).toBeInstanceOf(Unknown);
    expect(error).not.toBeInstanceOf(OwnRead);
  });
});

it("is unknown where the query writes by itself", () => {
  expect(errorOf(leaf.sinkParquet("out.parquet"))).toBeInstanceOf(Unknown);
});

describe("the JSON that a part of a plan is from", () => {
  it("makes the same part again", () => {
    const frame = leaf
      .filter(pl.col("a").gt(2n ** 60n))
      .groupBy("b")
      .agg(pl.col("a").sum().alias("n"));
    const decoded = decodePlan(pl, frame);
    const { plan } = decoded;
    const again = (raw: unknown) =>
      JSON.stringify(raw, (_key, value: unknown) => (typeof value === "bigint" ? Number(value) : value));
    expect(again(decoded.rawNode(plan))).toBe(again(JSON.parse(frame.serialize("json").toString())));
    const [aggregate] = (plan as Extract<PlanNode, { kind: "group-by" }>).aggregates;
    expect(decoded.rawExpression(aggregate as Expression)).toEqual({ Alias: [{ Agg: { Sum: { Column: "a" } } }, "n"] });
  });

  it("is known for every node and every expression", () => {
    const frame = sql("SELECT b, SUM(a) AS n FROM t WHERE a > 1 GROUP BY b HAVING SUM(a) > 1")
      .fillNan(0)
      .withRowIndex()
      .cache();
    const decoded = decodePlan(pl, frame.join(leaf.withRowIndex("i"), { leftOn: "b", rightOn: "b" }));
    let parts = 0;
    const look = (value: unknown): void => {
      if (typeof value !== "object" || value === null) return;
      if (Array.isArray(value)) return value.forEach(look);
      const { kind } = value as { kind?: string };
      if (kind !== undefined && !("type" in value) && nodesAndExpressions.has(kind)) {
        parts += 1;
        const raw = decoded.rawNode(value as PlanNode) ?? decoded.rawExpression(value as Expression);
        expect(raw, kind).toBeTypeOf(["element", "row-count"].includes(kind) ? "string" : "object");
      }
      Object.values(value).forEach(look);
    };
    look(decoded.plan);
    expect(parts).toBeGreaterThan(30);
  });
});

const nodesAndExpressions: ReadonlySet<string> = new Set(
  "source values select with-columns filter group-by join row-index column columns alias binary when function aggregate row-count keep-name".split(
    " ",
  ),
);

describe("joins", () => {
  const joined = (how: string, coalesce: string): LazyFrame => {
    const plan = JSON.parse(leaf.join(leaf, { on: "a" }).serialize("json").toString()) as {
      Join: { left_on: unknown[]; right_on: unknown[]; options: { args: Record<string, unknown> } };
    };
    Object.assign(plan.Join.options.args, { how, coalesce, suffix: null });
    if (how === "Cross") Object.assign(plan.Join, { left_on: [], right_on: [] });
    return pl.LazyDataFrame.deserialize(Buffer.from(JSON.stringify(plan)), "json");
  };

  it("make one column of two keys where Polars does", () => {
    for (const how of ["Inner", "Left", "Right", "Full", "Semi", "Anti", "Cross"]) {
      for (const coalesce of ["JoinSpecific", "CoalesceColumns", "KeepColumns"]) {
        const frame = joined(how, coalesce);
        const plan = planOf(frame) as Extract<PlanNode, { kind: "join" }>;
        const both = ["Semi", "Anti"].includes(how) ? plan.coalesce : !frame.columns.includes("a_right");
        expect([how, coalesce, plan.coalesce]).toEqual([how, coalesce, both]);
      }
    }
  });
});
