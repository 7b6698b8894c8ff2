import { describe, expect, it } from "vitest";
import { codesIn, int, pl, trapsIn } from "../../test/traps.ts";

const col = pl.col;

describe("INTEGER_BECOMES_FLOAT", () => {
  it("is found where a plain number meets an integer column, with both names", () => {
    expect(trapsIn(({ orders }) => orders.withColumn(col("id").add(1)))).toEqual([
      {
        code: "INTEGER_BECOMES_FLOAT",
        severity: "warning",
        message: "Step `clean` adds 1 to the integer column `id`, so that `id` is Float64.",
        hint: "Write `int(1)` of @glacier/expressions for 1.",
        step: "clean",
        column: "id",
      },
    ]);
    expect(trapsIn(({ orders }) => orders.select(pl.lit(100).sub(col("count")).alias("left")))).toMatchObject([
      { message: "Step `clean` subtracts the integer column `count` from 100, so that `left` is Float64." },
    ]);
  });

  it.each([
    ["sub", col("id").sub(1)],
    ["mul", col("size").mul(100)],
    ["modulo", col("hash").modulo(16)],
    ["in a sum", col("id").add(1).sum()],
    ["in a window", col("id").sum().add(1).over("customer")],
    ["in a branch", pl.when(col("paid")).then(col("id")).otherwise(pl.lit(0))],
    ["of a count", pl.len().sub(1)],
    ["deep inside", col("id").add(col("customer").mul(2)).alias("x")],
    ["of a part of a date", col("day").dt.year().sub(2000)],
    ["after a fill", col("id").fillNull(int(0)).add(1)],
    ["in what is filled", col("id").fillNull(0).add(col("id"))],
  ])("is found: %s", (_name, expr) => {
    expect(codesIn(({ orders }) => orders.select(expr))).toEqual(["INTEGER_BECOMES_FLOAT"]);
  });

  it("is found in keys and aggregates of groups", () => {
    const codes = codesIn(({ orders }) => orders.groupBy(col("id").modulo(10)).agg(col("count").sum().mul(2)));
    expect(codes).toEqual(["INTEGER_BECOMES_FLOAT", "INTEGER_BECOMES_FLOAT"]);
  });

  it("is not found in keys, where all other columns are aggregated", () => {
    const task = trapsIn(({ orders }) => orders.select("id", "count").groupBy("id").agg(pl.all().sum().add(1)));
    expect(task.map(({ column }) => column)).toEqual(["count"]);
  });

  it("is found for each column of a selector", () => {
    const findings = trapsIn(({ orders }) => orders.select(col(["id", "amount", "customer"]).add(1)));
    expect(findings.map(({ column }) => column)).toEqual(["id", "customer"]);
  });

  it("is found once, and not in what is computed from a column that it has changed", () => {
    const codes = codesIn(({ orders }) =>
      orders.withColumn(col("id").add(1)).withColumn(col("id").mul(2).alias("x")).select("x", "id"),
    );
    expect(codes).toEqual(["INTEGER_BECOMES_FLOAT"]);
  });

  it("is found for a bigint with a column that has a sign, and for no other", () => {
    expect(trapsIn(({ orders }) => orders.select(col("id").add(pl.lit(1n))))).toMatchObject([
      { message: expect.stringContaining("adds 1n to") as string, hint: expect.stringContaining("`int(1)`") as string },
    ]);
    expect(codesIn(({ orders }) => orders.select(col("hash").add(pl.lit(1n)), col("count").mul(pl.lit(2n))))).toEqual(
      [],
    );
  });

  it.each([
    ["int", col("id").add(int(1))],
    ["a cast literal", col("id").add(pl.lit(1).cast(pl.Int64))],
    ["a float column", col("amount").add(1)],
    ["a fraction", col("id").mul(1.5)],
    ["a division", col("id").div(2)],
    ["a result that is divided", col("id").mul(100).div(col("count"))],
    ["a result that is compared", col("id").modulo(2).eq(int(0))],
    ["a result that is cast back", col("id").mul(2).cast(pl.Int64, true)],
    ["a mean", col("id").mul(2).mean()],
    ["a float in the sum", col("id").add(1).add(col("amount"))],
    ["a power", col("id").pow(2)],
    ["a shift", col("id").shift(1)],
    ["a slice", col("status").str.slice(0, 3)],
    ["rounding", col("amount").round(2)],
    ["a clip", col("id").clip(0, 10)],
    ["a literal", pl.lit(1).alias("one")],
    ["literals in branches", pl.when(col("paid")).then(pl.lit(1)).otherwise(pl.lit(0)).alias("x")],
  ])("is not found: %s", (_name, expr) => {
    expect(codesIn(({ orders }) => orders.select(expr))).toEqual([]);
  });

  it("is not found where no column of the result is made", () => {
    expect(codesIn(({ orders }) => orders.sort(col("id").mul(-1)))).toEqual([]);
    expect(codesIn(({ orders }) => orders.filter(col("id").modulo(2).eq(int(1))))).toEqual([]);
  });
});

describe("DECIMAL_BECOMES_FLOAT", () => {
  it("is found where a plain number meets a decimal column", () => {
    expect(trapsIn(({ orders }) => orders.select(col("price").mul(1.2).alias("gross")))).toMatchObject([
      {
        code: "DECIMAL_BECOMES_FLOAT",
        message: "Step `clean` multiplies the decimal column `price` by 1.2, so that `gross` is Float64.",
        hint: expect.stringContaining('`decimal("1.2")`') as string,
        column: "gross",
      },
    ]);
  });

  it("is not found where the result is cast, or the other side is exact", () => {
    const tasks = [
      col("price").mul(1.2).cast(pl.Decimal(12, 2), true),
      col("price").mul(pl.lit(2n)),
      col("price").mul(int(2)),
      col("price").add(col("price")),
      col("price").sum(),
    ];
    for (const expr of tasks) expect(codesIn(({ orders }) => orders.select(expr))).toEqual([]);
  });
});
