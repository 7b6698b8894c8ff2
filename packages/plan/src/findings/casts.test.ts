import { describe, expect, it } from "vitest";
import { codesIn, pl, trapsIn } from "../../test/traps.ts";

const col = pl.col;

describe("CAST_LOSES_VALUES", () => {
  it("is found for texts that become numbers", () => {
    expect(trapsIn(({ orders }) => orders.withColumn(col("status").cast(pl.Decimal(12, 2))))).toEqual([
      {
        code: "CAST_LOSES_VALUES",
        severity: "warning",
        message: "Step `clean` casts `status` from String to Decimal(12, 2), which makes null of what it can't read.",
        hint: 'Write `strictCast("status", pl.Decimal(12, 2))` of @glacier/expressions, or `.cast(pl.Decimal(12, 2), true)`: the run then fails, and says at which values.',
        step: "clean",
        column: "status",
      },
    ]);
    expect(codesIn(({ orders }) => orders.filter(col("status").cast(pl.Int64).gt(col("id"))))).toEqual([
      "CAST_LOSES_VALUES",
    ]);
  });

  it("is one finding for several columns, whichever way they are chosen", () => {
    const findings = trapsIn(({ orders }) => orders.select(col(["status", "note"]).cast(pl.Int64)));
    expect(findings).toMatchObject([{ message: expect.stringContaining("casts `status` and `note` from") as string }]);
    expect(findings[0]).not.toHaveProperty("column");
  });

  it("is answered with a format where texts become dates", () => {
    expect(trapsIn(({ orders }) => orders.select(col("note").cast(pl.Date)))).toMatchObject([
      { hint: expect.stringContaining('`toDate("note", "%Y-%m-%d")` of @glacier/expressions') as string },
    ]);
  });

  it("is not found for strict casts, and where nulls are looked at or filled", () => {
    const exprs = [
      col("status").cast(pl.Int64, true),
      col("status").cast(pl.Int64).isNull(),
      col("status").cast(pl.Int64).fillNull(pl.lit(0).cast(pl.Int64)),
      col("id").cast(pl.String),
      col("status").cast(pl.Categorical),
      pl.lit("5").cast(pl.Int64),
    ];
    for (const expr of exprs) expect(codesIn(({ orders }) => orders.select(expr))).toEqual([]);
  });
});

describe("CAST_MAY_OVERFLOW", () => {
  it("is found for numbers that the new type may not have", () => {
    const exprs = [
      col("id").cast(pl.Int32),
      col("size").cast(pl.UInt8),
      col("hash").cast(pl.Int64),
      col("amount").cast(pl.Int64),
      col("price").cast(pl.Decimal(6, 2)),
      col("id").cast(pl.Decimal(10, 2)),
    ];
    for (const expr of exprs) {
      expect(trapsIn(({ orders }) => orders.select(expr))).toMatchObject([
        { code: "CAST_MAY_OVERFLOW", severity: "note" },
      ]);
    }
  });

  it("is not found where every value fits", () => {
    const exprs = [
      col("customer").cast(pl.Int64),
      col("count").cast(pl.Int64),
      pl.len().cast(pl.Int64),
      col("id").cast(pl.Float64),
      col("paid").cast(pl.Int8),
      col("day").cast(pl.Datetime("us")),
      col("day").dt.month().cast(pl.Int64),
      col("price").cast(pl.Decimal(20, 4)),
      col("customer").cast(pl.Decimal(12, 2)),
      col("id").slice(1, 2),
      col("id").cast(pl.Int32, true),
      pl.lit(5).cast(pl.Int8),
    ];
    for (const expr of exprs) expect(codesIn(({ orders }) => orders.select(expr))).toEqual([]);
  });
});

describe("DATE_IN_UTC", () => {
  it("is found where a time with a zone becomes a date", () => {
    expect(trapsIn(({ orders }) => orders.select(col("at").cast(pl.Date)))).toMatchObject([
      {
        code: "DATE_IN_UTC",
        message: expect.stringContaining("casts `at` from Datetime(us, Europe/Vienna) to Date") as string,
        column: "at",
      },
    ]);
  });

  it("is not found for times without a zone, or in UTC", () => {
    const utc = col("seen").dt.replaceTimeZone("UTC");
    expect(codesIn(({ orders }) => orders.select(col("seen").cast(pl.Date), utc.cast(pl.Date).alias("utc")))).toEqual(
      [],
    );
    const local = col("at").dt.replaceTimeZone(null as unknown as string);
    expect(codesIn(({ orders }) => orders.select(local.cast(pl.Date)))).toEqual([]);
  });
});

describe("PARSE_LOSES_VALUES", () => {
  it("is found for strptime, with the format in the hint", () => {
    expect(trapsIn(({ orders }) => orders.select(col("note").str.strptime(pl.Date, "%d.%m.%Y")))).toMatchObject([
      {
        code: "PARSE_LOSES_VALUES",
        message: expect.stringContaining("reads `note` with `strptime`") as string,
        hint: expect.stringContaining('`toDate("note", "%d.%m.%Y")`') as string,
        column: "note",
      },
    ]);
    const datetime = col("note").str.strptime(pl.Datetime("ms"), "%F %T");
    expect(trapsIn(({ orders }) => orders.select(datetime))).toMatchObject([
      { hint: expect.stringContaining('`toDatetime("note", "%F %T")`') as string },
    ]);
  });

  it("is not found where the nulls are looked at", () => {
    const parsed = col("note").str.strptime(pl.Date, "%F");
    expect(codesIn(({ orders }) => orders.filter(parsed.isNotNull()))).toEqual([]);
  });
});
