import { Provider, type SchemaColumns } from "@glacier/core";
import { local } from "@glacier/provider-local";
import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { declaredColumns, isDeclaredType, tableSchemaOf } from "./declared-schema.ts";
import type { TableSchema } from "./model/column-type.ts";
import { emptyFrame, makeLeaf } from "./polars/leaf.ts";
import { schemaOf } from "./polars/frame-schema.ts";

const provider = new Provider(local({ root: "/tmp" }));
const declared = (schema: SchemaColumns): TableSchema =>
  declaredColumns(provider.bucket("b", "x.parquet", { schema })) ?? [];

const schema = {
  bool: pl.Bool,
  int8: pl.Int8,
  int16: pl.Int16,
  int32: pl.Int32,
  int64: pl.Int64,
  uint8: pl.UInt8,
  uint16: pl.UInt16,
  uint32: pl.UInt32,
  uint64: pl.UInt64,
  float32: pl.Float32,
  float64: pl.Float64,
  string: pl.String,
  utf8: pl.Utf8,
  categorical: pl.Categorical,
  decimal: pl.Decimal(12, 2),
  date: pl.Date,
  time: pl.Time,
  local: pl.Datetime("us"),
  zoned: pl.Datetime("ms", "Europe/Vienna"),
  duration: pl.Duration("ns"),
  list: pl.List(pl.List(pl.Int8)),
  array: pl.FixedSizeList(pl.Float64, 3),
  struct: pl.Struct({ name: pl.Utf8, ids: pl.List(pl.Int64), at: pl.Datetime("ns") }),
};

describe("the columns that a bucket declares", () => {
  it("are those that a frame cast to these types has", () => {
    const nothing = pl.DataFrame({ x: [null] }).lazy();
    const frame = nothing.select(...Object.entries(schema).map(([name, type]) => pl.lit(null).cast(type).alias(name)));
    expect(declared(schema)).toEqual(schemaOf(frame.collectSync()));
    expect(declared(schema)).toHaveLength(23);
  });

  it("make a frame of these types", () => {
    const columns = declared(schema);
    expect(schemaOf(emptyFrame(makeLeaf(pl, "df", columns)).collectSync())).toEqual(columns);
  });

  it("are none, where it has no schema", () => {
    expect(declaredColumns(provider.bucket("b", "x.parquet"))).toBeUndefined();
  });

  it("follow from plain data", () => {
    const { schema: plain } = provider.bucket("b", "x.parquet", { schema });
    expect(plain && tableSchemaOf(JSON.parse(JSON.stringify(plain)) as typeof plain)).toEqual(declared(schema));
  });
});

describe("a declared type", () => {
  const [a, b] = declared({ a: pl.Struct({ c: pl.Categorical }), b: pl.Datetime("us") }) as [
    TableSchema[0],
    TableSchema[0],
  ];

  it("is met by the same, with whatever categories", () => {
    const other = {
      kind: "Struct",
      fields: [{ name: "c", type: { kind: "Categorical", polars: { name: "x" } } }],
    } as const;
    expect(isDeclaredType(a.type, a.type)).toBe(true);
    expect(isDeclaredType(other, a.type)).toBe(true);
    expect(isDeclaredType({ kind: "Datetime", unit: "us", zone: undefined }, b.type)).toBe(true);
  });

  it("is not met by another unit, zone, size, field or kind", () => {
    expect(isDeclaredType({ kind: "Datetime", unit: "ms", zone: undefined }, b.type)).toBe(false);
    expect(isDeclaredType({ kind: "Datetime", unit: "us", zone: "UTC" }, b.type)).toBe(false);
    expect(isDeclaredType({ kind: "Enum", polars: {} }, { kind: "Categorical", polars: {} })).toBe(false);
    expect(isDeclaredType({ kind: "Struct", fields: [] }, a.type)).toBe(false);
  });
});
