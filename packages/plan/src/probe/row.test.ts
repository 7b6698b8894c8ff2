import { describe, expect, it } from "vitest";
import type { ColumnType, TableSchema } from "../model/column-type.ts";
import { schemaOf } from "../polars/frame-schema.ts";
import { loadPolars } from "../polars/load.ts";
import { noRows, oneRow } from "./row.ts";

const polars = await loadPolars();

const simple = [
  "Boolean",
  "Int8",
  "Int64",
  "Int128",
  "UInt8",
  "UInt64",
  "UInt128",
  "Float16",
  "Float32",
  "Float64",
] as const;
const others = ["String", "Binary", "Date", "Time", "Null"] as const;
const types: readonly ColumnType[] = [
  ...[...simple, ...others].map((kind) => ({ kind })),
  { kind: "Decimal", precision: 2, scale: 2 },
  { kind: "Decimal", precision: 38, scale: 10 },
  { kind: "Datetime", unit: "ns", zone: undefined },
  { kind: "Datetime", unit: "us", zone: "Europe/Vienna" },
  { kind: "Duration", unit: "ms" },
  { kind: "Categorical", polars: { name: "", namespace: "", physical: "U32" } },
  { kind: "List", inner: { kind: "List", inner: { kind: "String" } } },
  { kind: "List", inner: { kind: "Struct", fields: [{ name: "a", type: { kind: "Date" } }] } },
  { kind: "Array", inner: { kind: "Float32" }, size: 3 },
  { kind: "Array", inner: { kind: "Array", inner: { kind: "Int8" }, size: 2 }, size: 2 },
  { kind: "Struct", fields: [{ name: "a", type: { kind: "Int64" } }] },
];
const schema: TableSchema = types.map((type, at) => ({ name: String(at), type }));

describe("a made-up table", () => {
  it("has the columns that were asked for", () => {
    expect(schemaOf(noRows(polars, schema).collectSync())).toEqual(schema);
    expect(schemaOf(oneRow(polars, schema).collectSync())).toEqual(schema);
  });

  it("has a value of nearly every type in its row", () => {
    const nulls = oneRow(polars, schema).select(polars.all().isNull()).collectSync();
    expect(nulls.height).toBe(1);
    const [row = {}] = nulls.toRecords() as Readonly<Record<string, boolean>>[];
    const without = types.filter((_, at) => row[String(at)] === true);
    expect(without.map(({ kind }) => kind)).toEqual(["Null", "Array", "Struct"]);
  });
});
