import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { call } from "../../test/fingerprint/compile.ts";
import { aggregates, calculations, comparisons, type Expr, type Program } from "../../test/fingerprint/program.ts";
import { pl } from "../../test/traps.ts";
import { makeTyping } from "../columns/typing.ts";
import { type ColumnType, isInteger, type TableSchema } from "../model/column-type.ts";
import { decodePlan } from "../polars/decode.ts";
import { emptyFrame, makeLeaf, withFrames } from "../polars/leaf.ts";
import { schemaOf } from "../polars/frame-schema.ts";
import { traps } from "./traps.ts";

const schema: TableSchema = [
  { name: "id", type: { kind: "Int64" } },
  { name: "count", type: { kind: "UInt32" } },
  { name: "size", type: { kind: "Int16" } },
  { name: "hash", type: { kind: "UInt64" } },
  { name: "amount", type: { kind: "Float64" } },
  { name: "paid", type: { kind: "Boolean" } },
];
const leaf = makeLeaf(pl, "orders", schema);
const empty = new Map([["orders", emptyFrame(leaf).serialize("bincode")]]);

const column = (...names: string[]): fc.Arbitrary<Expr> =>
  fc.constantFrom(...names).map((name): Expr => ({ of: "column", name }));
const literal: fc.Arbitrary<Expr> = fc.oneof(
  fc.constantFrom(1, 2, 100, 0, 1.5).map((value): Expr => ({ of: "number", value })),
  fc.constantFrom("1", "7").map((value): Expr => ({ of: "int", value })),
  fc.constantFrom("1", "3").map((value): Expr => ({ of: "bigint", value })),
);

/** Calculations with numbers, with what people do with their results. */
const { number } = fc.letrec<{ number: Expr }>((tie) => ({
  number: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    column("id", "count", "size", "id", "count", "size", "hash", "amount"),
    fc
      .tuple(fc.constantFrom(...calculations), tie("number"), fc.oneof(literal, tie("number")), fc.boolean())
      .map(([method, one, other, swapped]): Expr => {
        return { of: "binary", method, left: swapped ? other : one, right: swapped ? one : other };
      }),
    fc
      .tuple(tie("number"), fc.constantFrom("Int64", "Float64", "Int32"))
      .map(([input, type]): Expr => ({ of: "cast", input, type: type as "Int64", strict: true })),
    fc.tuple(tie("number"), literal).map(([input, value]): Expr => ({ of: "fillNull", input, value })),
    fc
      .tuple(tie("number"), fc.constantFrom(...aggregates))
      .map(([input, method]): Expr => ({ of: "aggregate", method, input })),
    fc.tuple(tie("number")).map(([input]): Expr => ({ of: "over", input, by: ["paid"] })),
    fc.tuple(tie("number")).map(([input]): Expr => ({ of: "shift", input, count: 1 })),
    fc.tuple(tie("number"), fc.oneof(literal, tie("number"))).map(([value, otherwise]): Expr => {
      return { of: "when", condition: { of: "column", name: "paid" }, value, otherwise };
    }),
  ),
}));

/** What is done with a calculation in the end. */
const expression: fc.Arbitrary<Expr> = fc.oneof(
  { weight: 5, arbitrary: number },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(...comparisons), number, literal)
      .map(([method, left, right]): Expr => ({ of: "binary", method, left, right })),
  },
);

/** The same, with an integer for every whole number but those that divide: with these a division is meant. */
function exactly(expr: Expr): Expr {
  if (expr.of === "binary" && expr.method === "div") {
    const side = (one: Expr): Expr => (one.of === "number" || one.of === "bigint" ? one : exactly(one));
    return { ...expr, left: side(expr.left), right: side(expr.right) };
  }
  const isWhole = expr.of === "number" && Number.isInteger(expr.value);
  if (isWhole || expr.of === "bigint") return { of: "int", value: String(expr.value) };
  const entries = Object.entries(expr).map(([key, value]) => [
    key,
    typeof value === "object" && "of" in value ? exactly(value as Expr) : (value as unknown),
  ]);
  return Object.fromEntries(entries) as Expr;
}

const taskOf = (expr: Expr): Program => ({
  source: "orders",
  steps: [{ do: "select", columns: [{ name: "x", expr }] }],
});

/** As Polars has it; `undefined` where it refuses the expression. */
function typeOf(expr: Expr): ColumnType | undefined {
  const query = call(pl, taskOf(expr), { orders: leaf.frame });
  try {
    return schemaOf(withFrames(pl, query, [leaf], empty).collectSync())[0]?.type;
  } catch {
    return undefined;
  }
}

function codesOf(expr: Expr): readonly string[] {
  const decoded = decodePlan(pl, call(pl, taskOf(expr), { orders: leaf.frame }));
  const read = { sources: { orders: { format: "csv" } }, target: { format: "parquet", scanOptions: {} } } as const;
  return traps("clean", decoded.plan, makeTyping(pl, decoded, [leaf]), read).map(({ code }) => code);
}

describe("a finding that numbers make a column a float", () => {
  it("is there where it would be an integer with integers, and nowhere else", () => {
    const seen = { found: 0, fine: 0 };
    fc.assert(
      fc.property(expression, (expr) => {
        const [now, exact] = [typeOf(expr), typeOf(exactly(expr))];
        if (now === undefined || exact === undefined) return;
        const isFound = codesOf(expr).some((code) => code === "INTEGER_BECOMES_FLOAT" || code === "FILL_CHANGES_TYPE");
        seen[isFound ? "found" : "fine"] += 1;
        const isSo = now.kind === "Float64" && isInteger(exact);
        if (isFound) expect(isSo).toBe(true);
        // What is divided is meant to be a float, and with integers would be divided by whole numbers.
        else if (!JSON.stringify(expr).includes('"div"')) expect(isSo).toBe(false);
      }),
      { numRuns: 200 },
    );
    expect(seen.found).toBeGreaterThan(10);
    expect(seen.fine).toBeGreaterThan(50);
  });
});
