import { describe, expect, it } from "vitest";
import { codesIn, pl, trapsIn } from "../../test/traps.ts";

const col = pl.col;
const nothing = undefined as unknown as ReturnType<typeof col>;

describe("EXPRESSION_MISSING", () => {
  it("is found where a column is undefined", () => {
    expect(trapsIn(({ orders }) => orders.withColumns(nothing, col("id")))).toMatchObject([
      {
        code: "EXPRESSION_MISSING",
        column: "literal",
        message: expect.stringContaining("a column `literal` of nulls") as string,
      },
    ]);
    expect(codesIn(({ orders }) => orders.select(nothing))).toEqual(["EXPRESSION_MISSING"]);
    expect(codesIn(({ orders }) => orders.groupBy("id").agg(nothing))).toEqual(["EXPRESSION_MISSING"]);
  });

  it("is found where a filter is undefined", () => {
    expect(trapsIn(({ orders }) => orders.filter(nothing))).toMatchObject([
      { code: "EXPRESSION_MISSING", message: expect.stringContaining("leaves no rows") as string },
    ]);
  });

  it("is not found for a column of nulls with a name", () => {
    expect(codesIn(({ orders }) => orders.withColumn(pl.lit(null).alias("later")))).toEqual([]);
  });
});

describe("NULL_OPERAND", () => {
  it("is found where something is compared with null", () => {
    expect(trapsIn(({ orders }) => orders.filter(col("note").eq(null)))).toMatchObject([
      {
        code: "NULL_OPERAND",
        message: "Step `clean` compares the column `note` with null or undefined, which gives null for every row.",
        hint: 'Write `pl.col("note").isNull()`, or look for a misspelt variable.',
        column: "note",
      },
    ]);
    expect(trapsIn(({ orders }) => orders.filter(col("note").neq(nothing)))).toMatchObject([
      { hint: expect.stringContaining('pl.col("note").isNotNull()') as string },
    ]);
  });

  it("is found where something is added to null", () => {
    expect(codesIn(({ orders }) => orders.select(col("id").add(nothing)))).toEqual(["NULL_OPERAND"]);
  });

  it("is true: all rows are null", () => {
    const frame = pl.DataFrame({ a: [1, null] });
    expect(frame.filter(col("a").eq(null)).height).toBe(0);
    expect(frame.select(col("a").add(nothing)).rows()).toEqual([[null], [null]]);
  });

  it("is not found where null is a value like others", () => {
    const branch = pl.when(col("paid")).then(col("id")).otherwise(pl.lit(null));
    expect(codesIn(({ orders }) => orders.select(branch, col("note").isNull().alias("x")))).toEqual([]);
  });
});
