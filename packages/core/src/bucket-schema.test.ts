import pl from "nodejs-polars";
import { describe, expect, test } from "vitest";
import { Bucket } from "./bucket.ts";
import type { BucketSchema, SchemaColumns } from "./bucket-schema.ts";
import type { GlacierError } from "./errors.ts";
import { fakeProvider, thrownBy } from "./fake-storage.test-d.ts";
import { isNullable, nullable } from "./nullable.ts";
import { Pipeline } from "./pipeline.ts";

const provider = fakeProvider();
const make = (path: string, options: object): Bucket => provider.bucket("lake", path, options);
const schemaOf = (schema: SchemaColumns, options: object = {}, path = "x.parquet"): BucketSchema | undefined =>
  make(path, { schema, ...options }).schema;
const refused = (path: string, options: object): GlacierError => thrownBy(() => make(path, options)) as GlacierError;
const invalid = (message: string, details: object) => ({
  code: "OPTION_INVALID",
  message: expect.stringContaining(message) as string,
  details,
});

describe("the schema of a bucket", () => {
  test("is plain, frozen data in the order in which it was written", () => {
    const schema = schemaOf({
      id: pl.Int64,
      at: nullable(pl.Datetime("us", "UTC")),
      name: pl.Utf8,
      tags: pl.List(pl.Bool),
    });
    expect(schema).toEqual({
      columns: [
        { name: "id", type: { variant: "Int64" }, nullable: false },
        { name: "at", type: { variant: "Datetime", timeUnit: "us", timeZone: "UTC" }, nullable: true },
        { name: "name", type: { variant: "String" }, nullable: false },
        { name: "tags", type: { variant: "List", inner: [{ variant: "Bool" }] }, nullable: false },
      ],
      strict: false,
    });
    expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
    expect([schema, schema?.columns, schema?.columns[0]].every(Object.isFrozen)).toBe(true);
    expect(schemaOf({ id: pl.Int64 }, { strict: true })?.strict).toBe(true);
  });

  test("is none, where none was declared", () => {
    expect(make("x.parquet", {}).schema).toBeUndefined();
    expect(make("x.parquet", { schema: undefined, strict: undefined }).schema).toBeUndefined();
  });

  test("is kept by a bucket with a name or a step", () => {
    const task = provider.local().task("copy", (df) => df);
    const out = provider.bucket("lake", "out.parquet", { schema: { id: pl.Int64 } });
    const made = make("x.parquet", {}).transform(task).to(out);
    expect(made.withName("etl").schema).toBe(out.schema);
    expect(provider.bucket({ bucket: "lake", path: "x.csv", schema: { id: pl.Int64 }, strict: true }).schema).toEqual({
      columns: [{ name: "id", type: { variant: "Int64" }, nullable: false }],
      strict: true,
    });
  });

  test("leaves Polars' types and the user's object as they are", () => {
    const schema = { at: pl.Datetime("us"), note: nullable(pl.String) };
    schemaOf(schema);
    expect(Object.isFrozen(schema)).toBe(false);
    expect(Object.isFrozen(schema.at)).toBe(false);
  });

  test("keeps the name of any column", () => {
    const schema = JSON.parse('{"__proto__": {"variant": "Int8"}, "": {"variant": "Bool"}}') as SchemaColumns;
    expect(schemaOf(schema)?.columns.map(({ name }) => name)).toEqual(["__proto__", ""]);
  });

  test.each([["x"], [5], [null], [[pl.Int64]], [true]])("is an object with columns, not %o", (schema) => {
    expect(refused("x.parquet", { schema })).toMatchObject({ code: "OPTION_INVALID", details: { option: "schema" } });
  });

  test("names at least one column", () => {
    expect(refused("x.parquet", { schema: {} })).toMatchObject(
      invalid("Bucket `lake/x.parquet`: option `schema` names no column.", { option: "schema" }),
    );
  });

  test.each([
    ["Int64", '"Int64", which is no Polars type'],
    [undefined, "undefined, which is no Polars type"],
    [pl.Datetime, "a function, which is no Polars type"],
    [pl.Object, "the type `Object`, which Parquet can't be read as"],
    [{ variant: "Int46" }, "the type `Int46`"],
    [{ nullable: pl.Int64 }, "an object, which is no Polars type"],
    [pl.List(nullable(pl.Int8) as never), "`nullable`, which it can't have inside a list or struct"],
    [pl.Struct({ a: nullable(pl.Int8) as never }), "`nullable`, which it can't have inside a list or struct"],
  ])("has a Polars type for each column, not %o", (type, message) => {
    expect(refused("x.parquet", { schema: { id: pl.Int64, bad: type } })).toMatchObject(
      invalid(`gives column \`bad\` ${message}`, { option: "schema", column: "bad" }),
    );
  });

  test.each([
    ["x.csv", pl.List(pl.Int8), "CSV"],
    ["x.csv", nullable(pl.Duration("ms")), "CSV"],
    ["x.csv", pl.Datetime("ns"), "CSV"],
    ["x.ndjson", pl.Int8, "NDJSON"],
    ["x.ndjson", pl.Decimal(12, 2), "NDJSON"],
    ["x.parquet", pl.Null, "Parquet"],
    ["x.arrow", pl.Null, "Arrow IPC"],
  ])("has types that the format can be read as: %s, not %s", (path, type, label) => {
    const error = refused(path, { schema: { bad: type } });
    expect(error).toMatchObject(invalid(`${label} can't be read as`, { option: "schema", column: "bad" }));
    expect(error.hint).toContain("It can be");
  });

  test("has no meaning without columns for `strict`", () => {
    for (const strict of [true, false]) {
      expect(refused("x.parquet", { strict })).toMatchObject(
        invalid("option `strict` has no meaning without `schema`", { option: "strict" }),
      );
    }
    expect(refused("x.parquet", { schema: { id: pl.Int64 }, strict: "yes" })).toMatchObject({ code: "OPTION_INVALID" });
    expect(refused("x.parquet", { scheme: { id: pl.Int64 } })).toMatchObject({
      code: "OPTION_UNKNOWN",
      hint: expect.stringContaining("Did you mean `schema`?") as string,
    });
  });
});

describe("a schema and the options of `scan`", () => {
  const schema = { id: pl.Int64, name: pl.String };

  test.each([
    ["x.csv", { schemaOverrides: { id: pl.Int64, name: pl.Utf8, other: pl.Int8 } }],
    ["x.csv", { schema: { name: pl.String, more: pl.Date, id: pl.Int64 } }],
    ["x.ndjson", { schemaOverrides: { id: pl.Int64 } }],
    ["x.ndjson", { schema: { id: pl.Int64, name: pl.String } }],
    ["x.parquet", { schema: { id: pl.Int64 } }],
    ["x.parquet", { hiveSchema: { id: pl.Int64 } }],
  ])("may say the same: %s %o", (path, scan) => {
    expect(make(path, { schema, scan }).schema?.columns).toHaveLength(2);
  });

  test.each([
    ["x.csv", "schemaOverrides", { schemaOverrides: { id: pl.Int32 } }],
    ["x.csv", "schema", { schema: { id: pl.Int32, name: pl.String } }],
    ["x.ndjson", "schemaOverrides", { schemaOverrides: { id: pl.String } }],
    ["x.ndjson", "schema", { schema: { id: pl.Float64, name: pl.String } }],
    ["x.parquet", "schema", { schema: { id: pl.Int32 } }],
    ["x.parquet", "hiveSchema", { hiveSchema: { id: pl.String } }],
    ["x.csv", "schemaOverrides", { hasHeader: false, schemaOverrides: { column_1: pl.String } }],
  ])("may not say another type of a column: %s %s", (path, option, scan) => {
    expect(refused(path, { schema, scan })).toMatchObject(
      invalid(`\`schema\` and \`scan.${option}\` give column \`id\` different types`, { option, column: "id" }),
    );
  });

  test("may not leave out a column", () => {
    for (const path of ["x.csv", "x.ndjson"]) {
      expect(refused(path, { schema, scan: { schema: { id: pl.Int64 } } })).toMatchObject(
        invalid("declares column `name`, and `scan.schema` leaves it out", { option: "schema", column: "name" }),
      );
    }
  });

  test("may not say the opposite of `strict`", () => {
    const scan = { schema: { ...schema, more: pl.Int8 } };
    expect(refused("x.csv", { schema, strict: true, scan })).toMatchObject(
      invalid("`scan.schema` has a column `more` that `schema` has not", { option: "strict", column: "more" }),
    );
    expect(refused("x.parquet", { schema, strict: true, scan: { extraColumns: "ignore" } })).toMatchObject(
      invalid('`strict` and `scan.extraColumns: "ignore"` say the opposite', { option: "strict" }),
    );
  });

  test("has every column that `scan` makes, with its type", () => {
    const scan = { rowIndexName: "row", includeFilePaths: "file" };
    const made = { row: pl.UInt32, file: pl.String };
    expect(make("x.csv", { schema: { ...schema, ...made }, scan }).schema?.columns).toHaveLength(4);
    expect(refused("x.parquet", { schema, scan: { rowIndexName: "row" } })).toMatchObject({
      ...invalid("`scan.rowIndexName` makes a column `row`, which `schema` does not declare", {
        option: "rowIndexName",
        column: "row",
      }),
      hint: "Declare `row: pl.UInt32`, or leave out `rowIndexName`.",
    });
    expect(
      refused("x.parquet", { schema: { ...schema, file: pl.Int8 }, scan: { includeFilePaths: "file" } }),
    ).toMatchObject(
      invalid("`schema` and `scan.includeFilePaths` give column `file` different types", { column: "file" }),
    );
  });

  test("without a header go together by place, also where `sink` leaves the header out", () => {
    const overrides = { schemaOverrides: { column_2: pl.String } };
    expect(make("x.csv", { schema, scan: { hasHeader: false, ...overrides } }).schema).toBeDefined();
    const unheaded = { sink: { includeHeader: false }, scan: { schemaOverrides: { column_1: pl.String } } };
    expect(refused("x.csv", { schema, ...unheaded })).toMatchObject({
      code: "OPTION_INVALID",
      details: { column: "id" },
    });
    const byName = { column_2: pl.String, column_1: pl.Int64 };
    expect(make("x.csv", { schema: byName, scan: { hasHeader: false, ...overrides } }).schema).toBeDefined();
  });
});

describe("`nullable`", () => {
  test("marks a type, and is known by its mark", () => {
    const note = nullable(pl.String);
    expect(note.nullable).toBe(pl.String);
    expect(isNullable(note)).toBe(true);
    expect(Object.isFrozen(note)).toBe(true);
    expect([pl.String, null, undefined, "String", { nullable: pl.String }].some(isNullable)).toBe(false);
  });

  test.each([["x"], [undefined], [null], [5], [{}], [[]]])("refuses %o", (type) => {
    expect(thrownBy(() => nullable(type as never))).toMatchObject({
      code: "ARGUMENT_INVALID",
      message: expect.stringContaining("`nullable(…)` takes a Polars type, not") as string,
      hint: "Write `nullable(pl.String)`.",
    });
  });

  test("refuses a type that was not called, and what is nullable already", () => {
    expect(thrownBy(() => nullable(pl.Datetime as never))).toMatchObject({
      code: "ARGUMENT_INVALID",
      hint: 'Call it to get the type: `nullable(pl.Datetime("us"))`.',
    });
    expect(thrownBy(() => nullable(nullable(pl.String) as never))).toMatchObject({
      code: "ARGUMENT_INVALID",
      message: expect.stringContaining("nullable already") as string,
    });
  });

  test("is no type of `scan`", () => {
    expect(refused("x.csv", { scan: { schemaOverrides: { a: nullable(pl.Int8) } } })).toMatchObject({
      code: "OPTION_INVALID",
      message: expect.stringContaining("gives column `a` `nullable`, which it can't have") as string,
      hint: expect.stringContaining("`schema` of the bucket itself") as string,
    });
  });
});

test("one place with two schemas is no source twice: Polars would read both in one way", () => {
  const join = provider.local().task({ name: "join", sources: ["a", "b"] }, ({ a, b }) => a.join(b, { on: "id" }));
  const of = (schema: SchemaColumns): Bucket => make("x.csv", { schema });
  const a = of({ id: pl.Int64, n: pl.Int64 });
  expect(new Pipeline({ a, b: of({ id: pl.Int64, n: nullable(pl.Int64) }) }).transform(join).task).toBe(join);
  for (const b of [of({ id: pl.Int64, n: pl.Int32 }), of({ id: pl.Int64 }), make("x.csv", {})]) {
    expect(thrownBy(() => new Pipeline({ a, b }).transform(join))).toMatchObject({ code: "SOURCES_DIFFER" });
  }
});
