import { describe, expect, it } from "vitest";
import type { Expression } from "../model/expression.ts";
import { codesIn, pl, trapsIn } from "../../test/traps.ts";
import { makeTyping } from "../columns/typing.ts";
import { decodePlan } from "../polars/decode.ts";
import { makeLeaf } from "../polars/leaf.ts";
import { missingColumns } from "./missing-columns.ts";
import { hintForMissingColumn } from "./texts.ts";

const col = pl.col;

describe("TEXTS_FOR_COLUMNS", () => {
  it("is found where names of columns are taken for texts", () => {
    expect(trapsIn(({ orders }) => orders.select(pl.maxHorizontal(["amount", "id"]).alias("most")))).toMatchObject([
      {
        code: "TEXTS_FOR_COLUMNS",
        message: expect.stringContaining('gives `pl.maxHorizontal` the texts "amount" and "id"') as string,
        hint: 'Write `pl.maxHorizontal([pl.col("amount"), pl.col("id")])`.',
      },
    ]);
    const names = ["id", "note"] as unknown as ReturnType<typeof col>[];
    expect(codesIn(({ orders }) => orders.select(pl.struct(names).alias("both")))).toEqual(["TEXTS_FOR_COLUMNS"]);
  });

  it("is not found for columns, or for texts that are none", () => {
    const exprs = [
      pl.maxHorizontal([col("amount"), col("id")]),
      pl.maxHorizontal([col("status"), pl.lit("x")]),
      pl.struct([pl.lit("a").alias("x"), col("id")]),
    ];
    for (const expr of exprs) expect(codesIn(({ orders }) => orders.select(expr))).toEqual([]);
  });
});

describe("the hint for a missing column", () => {
  const column = (name: string): Expression => ({ kind: "column", name });
  const compared: Expression = { kind: "binary", operator: "eq", left: column("status"), right: column("paid") };

  it("is a literal, where it may have been meant as a text", () => {
    expect(hintForMissingColumn("paid", compared)).toContain('write `pl.lit("paid")`');
    expect(hintForMissingColumn("paid", { kind: "alias", input: compared, name: "x" })).toBeDefined();
  });

  it("stands with the finding", () => {
    const leaf = makeLeaf(pl, "df", [{ name: "status", type: { kind: "String" } }]);
    const decoded = decodePlan(pl, leaf.frame.filter(col("status").eq("paid")));
    expect(missingColumns("clean", decoded.plan, makeTyping(pl, decoded, [leaf]))).toMatchObject([
      { code: "COLUMN_NOT_FOUND", column: "paid", hint: expect.stringContaining('`pl.lit("paid")`') as string },
    ]);
  });

  it("is nothing for what is a column anyway", () => {
    expect(hintForMissingColumn("status", compared)).toBeUndefined();
    expect(hintForMissingColumn("paid", column("paid"))).toBeUndefined();
  });
});
