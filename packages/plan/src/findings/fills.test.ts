import { describe, expect, it } from "vitest";
import { codesIn, int, pl, trapsIn } from "../../test/traps.ts";

const col = pl.col;

describe("FILL_CHANGES_TYPE", () => {
  it("is found once for a frame whose columns have several types", () => {
    const findings = trapsIn(({ orders }) => orders.select("id", "paid", "status", "amount", "day").fillNull(0));
    expect(findings).toMatchObject([
      {
        code: "FILL_CHANGES_TYPE",
        message:
          'Step `clean` fills nulls with 0, and that changes `id` (Int64 to Float64), `paid` (Bool to Float64), `status` (to text, "0.0") and `day` (Date to Float64).',
      },
    ]);
  });

  it("is true: that is what Polars does", () => {
    const frame = pl.DataFrame([pl.Series("paid", [true, null]), pl.Series("status", ["x", null])]);
    expect(frame.fillNull(0).rows()).toEqual([
      [1, "x"],
      [0, "0.0"],
    ]);
  });

  it("is found for single columns too", () => {
    expect(trapsIn(({ orders }) => orders.withColumn(col("id").fillNull(0)))).toMatchObject([
      { code: "FILL_CHANGES_TYPE", column: "id" },
    ]);
    expect(codesIn(({ orders }) => orders.select(col("day").fillNull("none").alias("x")))).toEqual([
      "FILL_CHANGES_TYPE",
    ]);
  });

  it("is not found where values have the type of the column", () => {
    const exprs = [
      col("id").fillNull(int(0)),
      col("amount").fillNull(0),
      col("paid").fillNull(pl.lit(false)),
      col("status").fillNull(pl.lit("")),
      col("hash").fillNull(pl.lit(0n)),
      col("id").fillNull("forward"),
      col("id").fillNull(col("customer")),
      col("id").fillNull(0).gt(int(5)),
    ];
    for (const expr of exprs) expect(codesIn(({ orders }) => orders.select(expr))).toEqual([]);
    expect(codesIn(({ orders }) => orders.select("amount").fillNull(0))).toEqual([]);
  });
});
