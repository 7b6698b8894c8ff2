import { describe, expect, it } from "vitest";
import { codesIn, int, pl, trapsIn } from "../../test/traps.ts";

const col = pl.col;
const csv = { sources: "csv" } as const;

describe("FILTER_READS_ALL", () => {
  it("is found where a filter compares an integer column of Parquet with a plain number", () => {
    expect(trapsIn(({ orders }) => orders.filter(col("id").gt(5)))).toEqual([
      {
        code: "FILTER_READS_ALL",
        severity: "note",
        message:
          "Step `clean` filters the integer column `id` by 5, which Polars takes for a float: it can't skip the parts of the Parquet file that don't match.",
        hint: "Write `int(5)` of @glacier/expressions for 5.",
        step: "clean",
        column: "id",
      },
    ]);
  });

  it("is true: Polars casts the column", () => {
    const frame = pl.DataFrame([pl.Series("id", [1], pl.Int64)]).lazy();
    expect(frame.filter(col("id").gt(5)).describeOptimizedPlan()).toContain('col("id").cast(Float64)');
    expect(frame.filter(col("id").isIn([5])).describeOptimizedPlan()).toContain('col("id").strict_cast(Float64)');
    expect(frame.filter(col("id").gt(int(5))).describeOptimizedPlan()).not.toContain("cast");
  });

  it("is found wherever Polars moves the filter to where the column is read", () => {
    const codes = (["FILTER_READS_ALL"] as const).slice();
    expect(codesIn(({ orders }) => orders.select("id", "amount").filter(pl.lit(5).lt(col("id"))))).toEqual(codes);
    expect(codesIn(({ orders }) => orders.rename({ id: "key" }).filter(col("key").eq(5)))).toEqual(codes);
    expect(codesIn(({ orders }) => orders.select(col("id").alias("key")).filter(col("key").eq(5)))).toEqual(codes);
    expect(codesIn(({ orders }) => orders.sort("id").filter(col("paid").and(col("id").eq(5))))).toEqual(codes);
    expect(codesIn(({ orders }) => orders.filter(col("id").eq(pl.lit(5n))))).toEqual(codes);
    expect(codesIn(({ orders }) => orders.filter(col("id").isIn([1, 2])))).toEqual(codes);
  });

  it("is not found where nothing could be skipped anyway", () => {
    expect(codesIn(({ orders }) => orders.filter(col("id").gt(5)), csv)).toEqual([]);
    const counted = codesIn(({ orders }) =>
      orders.groupBy("customer").agg(pl.len().alias("orders")).filter(col("orders").gt(5)),
    );
    expect(counted).toEqual([]);
    expect(codesIn(({ orders }) => orders.withColumn(col("id").mul(int(2))).filter(col("id").gt(5)))).toEqual([]);
    expect(codesIn(({ orders }) => orders.withColumns(pl.all().max()).filter(col("id").gt(5)))).toEqual([]);
    expect(codesIn(({ orders }) => orders.limit(10).filter(col("id").gt(5)))).toEqual([]);
  });

  it("is not found for what is compared as it is", () => {
    const filters = [
      col("id").gt(int(5)),
      col("id").gt(pl.lit(5).cast(pl.Int64)),
      col("amount").gt(5),
      col("hash").eq(pl.lit(5n)),
      col("id").gt(1.5),
      col("id").isIn(pl.lit(pl.Series("", [1, 2], pl.Int64))),
      col("status").isIn(["paid"]),
      col("id").gt(col("customer")),
    ];
    for (const filter of filters) expect(codesIn(({ orders }) => orders.filter(filter))).toEqual([]);
  });

  it("is not found outside of filters", () => {
    expect(codesIn(({ orders }) => orders.select(col("id").gt(5)))).toEqual([]);
  });
});

describe("LARGE_NUMBER_COMPARED", () => {
  it("is found for numbers and bigints above 2^53 anywhere", () => {
    expect(trapsIn(({ orders }) => orders.select(col("id").eq(pl.lit(9007199254740993n))))).toMatchObject([
      {
        code: "LARGE_NUMBER_COMPARED",
        message: expect.stringContaining("the integer column `id` with 9007199254740993n as floats") as string,
        hint: "Write `int(9007199254740993n)` of @glacier/expressions for 9007199254740993n.",
        column: "id",
      },
    ]);
    expect(codesIn(({ orders }) => orders.filter(col("hash").gt(2 ** 60)))).toEqual(["LARGE_NUMBER_COMPARED"]);
  });

  it("is true: neighbours are equal", () => {
    const ids = pl.DataFrame([pl.Series("id", new BigInt64Array([9007199254740992n, 9007199254740993n]))]);
    expect(ids.filter(col("id").eq(pl.lit(9007199254740993n))).height).toBe(2);
    expect(ids.filter(col("id").eq(int(9007199254740993n))).height).toBe(1);
  });

  it("is not found for numbers that floats have, or for small integers", () => {
    expect(codesIn(({ orders }) => orders.select(col("id").eq(2 ** 53 - 1), col("customer").lt(2 ** 60)))).toEqual([]);
    expect(codesIn(({ orders }) => orders.select(col("id").eq(int(9007199254740993n))))).toEqual([]);
  });
});
