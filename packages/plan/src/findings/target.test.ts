import type { FormatName } from "@glacier/core";
import { describe, expect, it } from "vitest";
import { codesIn, pl, trapsIn } from "../../test/traps.ts";

const col = pl.col;

describe("TYPE_NOT_KEPT", () => {
  it("is one note for all columns that a text format loses the type of", () => {
    expect(trapsIn(({ orders }) => orders.select("id", "day", "price"), { format: "csv" })).toEqual([
      {
        code: "TYPE_NOT_KEPT",
        severity: "note",
        message:
          "Step `clean` writes CSV, which keeps no types: `day` (Date) and `price` (Decimal(12, 2)) will be read as text or numbers.",
        hint: "If a step reads it, write Parquet, or say the types with `schema` of the bucket.",
        step: "clean",
      },
    ]);
    expect(codesIn(({ orders }) => orders.select("took"), { format: "ndjson" })).toEqual(["TYPE_NOT_KEPT"]);
  });

  it("is not found where types are kept, or said", () => {
    const formats: readonly FormatName[] = ["parquet", "ipc"];
    for (const format of formats) expect(codesIn(({ orders }) => orders, { format })).toEqual([]);
    const plain = ["id", "customer", "size", "amount", "status", "paid"];
    expect(codesIn(({ orders }) => orders.select(...plain), { format: "csv" })).toEqual([]);
    const scanOptions = { schemaOverrides: { day: pl.Date } };
    expect(codesIn(({ orders }) => orders.select("day"), { format: "csv", scanOptions })).toEqual([]);
    expect(codesIn(({ orders }) => orders.select("tags"), { format: "ndjson" })).toEqual([]);
  });
});

describe("TYPE_NOT_WRITABLE", () => {
  it("is an error for lists and durations in CSV", () => {
    expect(trapsIn(({ orders }) => orders.select("tags", "took"), { format: "csv" })).toMatchObject([
      {
        code: "TYPE_NOT_WRITABLE",
        severity: "error",
        message: "Step `clean` writes CSV, which can't hold `tags` (List(String)) and `took` (Duration(ms)).",
      },
    ]);
  });

  it("says where a list may come from", () => {
    expect(trapsIn(({ orders }) => orders.groupBy("customer").agg(col("id")), { format: "csv" })).toMatchObject([
      { code: "TYPE_NOT_WRITABLE", column: "id", hint: expect.stringContaining("without an aggregate") as string },
    ]);
  });

  it("is an error for binary in NDJSON, inside of lists and structs too", () => {
    expect(codesIn(({ orders }) => orders.select("raw"), { format: "ndjson" })).toEqual(["TYPE_NOT_WRITABLE"]);
    const inside = pl.struct([col("raw"), col("id")]).alias("x");
    expect(codesIn(({ orders }) => orders.select(inside), { format: "ndjson" })).toEqual(["TYPE_NOT_WRITABLE"]);
    expect(codesIn(({ orders }) => orders.select(inside), { format: "parquet" })).toEqual([]);
  });
});
