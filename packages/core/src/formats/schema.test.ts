import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { checkSchema, csvTypes, ndjsonTypes, parquetTypes, type Schema, type TypeSupport } from "./schema.ts";

const check = (types: object, support: TypeSupport = parquetTypes): Schema =>
  checkSchema(types as Schema, support, "schema", "Bucket `lake/x`");
const invalid = (message: string, hint = "") =>
  expect.objectContaining({
    code: "OPTION_INVALID",
    message: expect.stringContaining(message),
    hint: expect.stringContaining(hint),
  });

describe("a schema", () => {
  it("becomes frozen plain data that JSON can carry", () => {
    const checked = check({
      id: pl.Int64,
      price: pl.Decimal(12, 2),
      at: pl.Datetime("us", "UTC"),
      local: pl.Datetime("ms"),
      took: pl.Duration("ns"),
      tags: pl.List(pl.String),
      point: pl.FixedSizeList(pl.Float64, 2),
      who: pl.Struct({ name: pl.String, ids: pl.List(pl.Int8) }),
    });
    expect(checked).toEqual({
      id: { variant: "Int64" },
      price: { variant: "Decimal", inner: [12, 2] },
      at: { variant: "Datetime", timeUnit: "us", timeZone: "UTC" },
      local: { variant: "Datetime", timeUnit: "ms", timeZone: null },
      took: { variant: "Duration", timeUnit: "ns" },
      tags: { variant: "List", inner: [{ variant: "String" }] },
      point: { variant: "FixedSizeList", inner: [{ variant: "Float64" }, 2] },
      who: {
        variant: "Struct",
        fields: [
          { name: "name", dtype: { variant: "String" } },
          { name: "ids", dtype: { variant: "List", inner: [{ variant: "Int8" }] } },
        ],
      },
    });
    expect(JSON.parse(JSON.stringify(checked))).toEqual(checked);
    expect(Object.isFrozen(checked)).toBe(true);
    expect(Object.isFrozen(checked["who"])).toBe(true);
  });

  it("can be checked again", () => {
    const once = check({ a: pl.Struct({ b: pl.List(pl.Decimal(5, 2)) }), c: pl.Datetime("ns", "UTC") });
    expect(check(once)).toEqual(once);
  });

  it("leaves Polars' own objects as they are", () => {
    const type = pl.Datetime("us");
    check({ a: type, b: pl.Int64 });
    expect(Object.isFrozen(type)).toBe(false);
    expect(Object.isFrozen(pl.Int64)).toBe(false);
  });

  it("keeps the name of any column", () => {
    const checked = check(JSON.parse('{"__proto__": {"variant": "Int8"}, "": {"variant": "Bool"}}') as object);
    expect(Object.keys(checked)).toEqual(["__proto__", ""]);
  });

  it("names at least one column", () => {
    expect(() => check({})).toThrow(invalid("option `schema` names no column", "Leave it out"));
  });

  it("has Polars types only", () => {
    for (const type of ["Int64", null, undefined, 3, {}, [], String]) {
      expect(() => check({ a: type })).toThrow(invalid("gives column `a`", "pl."));
    }
    expect(() => check({ a: pl.Datetime })).toThrow(
      invalid("gives column `a` a function, which is no Polars type", "Call it"),
    );
    expect(() => check({ a: { variant: "Datetme" } })).toThrow(
      invalid("the type `Datetme`", "Did you mean `Datetime`?"),
    );
  });

  it("has no type that makes Polars panic", () => {
    expect(() => check({ a: pl.Object })).toThrow(invalid("the type `Object`, which Parquet can't be read as"));
    expect(() => check({ a: pl.List(pl.Object) })).toThrow(
      invalid("the type `Object`, which Parquet can't be read as inside a list"),
    );
    expect(() => check({ a: pl.Null })).toThrow(invalid("the type `Null`"));
    for (const type of [pl.Decimal(50, 2), pl.Decimal(2, 5), pl.Decimal(0, 0), pl.Decimal(), pl.Decimal(5.5, 1)]) {
      expect(() => check({ a: type })).toThrow(
        invalid("gives column `a` the type `Decimal(", "a precision from 1 to 38"),
      );
    }
    expect(() => check({ a: pl.FixedSizeList(pl.Int8, -2) })).toThrow(invalid("lists of the fixed size -2"));
  });

  it("has parameters that Polars knows", () => {
    expect(() => check({ a: pl.Datetime("s" as "ms") })).toThrow(invalid('the type `Datetime` with the time unit "s"'));
    expect(() => check({ a: pl.Duration("s" as "ms") })).toThrow(invalid("the type `Duration`"));
    expect(() => check({ a: pl.Datetime("ms", 3 as never) })).toThrow(invalid("a time zone 3"));
    expect(() => check({ a: { variant: "List" } })).toThrow(invalid("no Polars type"));
    expect(() => check({ a: { variant: "Struct" } })).toThrow(invalid("a struct without fields"));
    expect(() => check({ a: { variant: "Struct", fields: [{ dtype: pl.Int8 }] } })).toThrow(
      invalid("a field without a name"),
    );
  });

  it("has the types that CSV can be read as", () => {
    for (const type of [
      pl.Bool,
      pl.Int8,
      pl.UInt64,
      pl.Float32,
      pl.String,
      pl.Utf8,
      pl.Categorical,
      pl.Decimal(9, 2),
      pl.Date,
      pl.Time,
      pl.Datetime("ms"),
    ]) {
      expect(Object.keys(check({ a: type }, csvTypes))).toEqual(["a"]);
    }
    for (const type of [pl.Duration("ms"), pl.List(pl.Int8), pl.FixedSizeList(pl.Int8, 2), pl.Struct({ a: pl.Int8 })]) {
      expect(() => check({ a: type }, csvTypes)).toThrow(invalid("which CSV can't be read as", "It can be `Bool`"));
    }
  });

  it("has the types that NDJSON can be read as", () => {
    for (const type of [
      pl.Bool,
      pl.Int32,
      pl.UInt64,
      pl.Float32,
      pl.String,
      pl.Categorical,
      pl.Date,
      pl.Datetime("ms"),
      pl.List(pl.Int8),
      pl.Struct({ a: pl.UInt16 }),
    ]) {
      expect(Object.keys(check({ a: type }, ndjsonTypes))).toEqual(["a"]);
    }
    for (const type of [
      pl.Int8,
      pl.UInt16,
      pl.Time,
      pl.Duration("ms"),
      pl.Decimal(9, 2),
      pl.FixedSizeList(pl.Int8, 2),
      pl.List(pl.Time),
      pl.Struct({ a: pl.Decimal(9, 2) }),
    ]) {
      expect(() => check({ a: type }, ndjsonTypes)).toThrow(invalid("which NDJSON can't be read as"));
    }
  });
});
