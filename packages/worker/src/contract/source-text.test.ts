import { type Bucket, nullable, Pipeline } from "@glacier/core";
import pl from "nodejs-polars";
import { beforeEach, describe, expect, it } from "vitest";
import { type ContractLake, makeContractLake, read, refused } from "../../test/contract.ts";
import { fail, succeed } from "../../test/lake.ts";
import { scanBucket } from "../scan.ts";

let lake: ContractLake;
beforeEach(() => {
  lake = makeContractLake();
  return () => lake.remove();
});

describe("text with a schema", () => {
  it("is read with the declared types: CSV", async () => {
    lake.put(
      "x.csv",
      "b,i,u,f,s,c,dec,d,t,at,zoned\ntrue,1,18446744073709551615,1.5,007,x,1.50,2024-01-02,03:04:05,2024-01-02T03:04:05.123456,2024-01-02T03:04:05+0100\n",
    );
    const schema = {
      b: pl.Bool,
      i: pl.Int8,
      u: pl.UInt64,
      f: pl.Float32,
      s: pl.String,
      c: pl.Categorical,
      dec: pl.Decimal(12, 2),
      d: pl.Date,
      t: pl.Time,
      at: pl.Datetime("us"),
      zoned: pl.Datetime("ms", "Europe/Vienna"),
    };
    expect((await (await scanBucket(lake.bucket("x.csv", schema))).collect()).dtypes.map(String)).toEqual(
      Object.values(schema).map(String),
    );
    expect(await succeed(lake.copied(lake.bucket("x.csv", schema)))).toMatchObject({ rows: 1 });
    const rows = (
      await (await scanBucket(lake.bucket("x.csv", schema))).select(pl.all().cast(pl.String)).collect()
    ).rows();
    expect(rows).toEqual([
      [
        "true",
        "1",
        "18446744073709551615",
        "1.5",
        "007",
        "x",
        "1.50",
        "2024-01-02",
        "03:04:05",
        "2024-01-02 03:04:05.123456",
        "2024-01-02 03:04:05.000+01:00",
      ],
    ]);
  });

  it("is read with the declared types: NDJSON", async () => {
    const schema = {
      day: pl.Date,
      n: pl.UInt32,
      who: pl.Struct({ name: pl.String }),
      tags: nullable(pl.List(pl.Int8)),
    };
    lake.put(
      "x.ndjson",
      '{"n":1,"day":"2024-01-02","who":{"name":"a","age":3},"tags":[1]}\n{"day":"2024-01-03","n":2,"who":{}}\n',
    );
    const { types, columns } = await read(lake.bucket("x.ndjson", schema));
    expect(columns).toEqual(["day", "n", "who", "tags"]);
    expect(types).toEqual([schema.day, schema.n, schema.who, schema.tags.nullable].map(String));
    expect(await succeed(lake.copied(lake.bucket("x.ndjson", schema)))).toMatchObject({ rows: 2 });
  });

  it("with times without seconds is right in CSV, also in milliseconds", async () => {
    // With `Datetime("ms")` itself, Polars makes the year 55972 of the second.
    lake.put("x.csv", "at\n2024-01-02T03:04:05.123\n2024-01-02 03:04\n2024-01-02\n");
    const frame = await scanBucket(lake.bucket("x.csv", { at: pl.Datetime("ms") }));
    expect((await frame.collect()).dtypes.map(String)).toEqual([String(pl.Datetime("ms"))]);
    expect((await frame.select(pl.col("at").cast(pl.String)).collect()).rows().flat()).toEqual([
      "2024-01-02 03:04:05.123",
      "2024-01-02 03:04:00.000",
      "2024-01-02 00:00:00.000",
    ]);
    const raw = pl.scanCSV(lake.path("x.csv"), { overwriteDtype: { at: pl.Datetime("ms") } } as never);
    expect(raw.select(pl.col("at").cast(pl.String)).collectSync().rows()[1]).toEqual(["+55972-10-29 18:40:00.000"]);
  });

  it.each([
    ["x.csv", "id\n1\nx\n", "could not parse `x` as dtype `i64` at column 'id'"],
    ["x.csv.gz", "id\n1\n\n1.5\n", "could not parse `1.5` as dtype `i64`"],
    ["x.ndjson", '{"id":1}\n{"id":"x"}\n', "cannot parse 'x' (string) as Int64"],
  ])("is refused where a value is not of its type: %s", async (path, content, message) => {
    lake.put(path, content);
    expect(await fail(lake.copied(lake.bucket(path, { id: pl.Int64 })))).toMatchObject({
      code: "SCHEMA_MISMATCH",
      message: expect.stringContaining(`\`b/${path}\` can't be read as its \`schema\` declares: ${message}`) as string,
      details: { buckets: [`b/${path}`] },
    });
    const lenient = lake.bucket(path, { id: nullable(pl.Int64) }, { scan: { ignoreErrors: true } });
    expect(await succeed(lake.copied(lenient))).toMatchObject({ status: "succeeded" });
    expect(
      await fail(lake.copied(lake.bucket(path, { id: pl.Int64 }, { scan: { ignoreErrors: true } }))),
    ).toMatchObject({
      code: "NULL_NOT_ALLOWED",
    });
  });

  it("is refused where a time is none", async () => {
    for (const content of ["t\nx\n", "t\n03:04:05\nx\n"]) {
      lake.put("x.csv", content);
      expect(await fail(lake.copied(lake.bucket("x.csv", { t: pl.Time })))).toMatchObject({ code: "SCHEMA_MISMATCH" });
    }
  });

  it("may be one of two sources, and is only blamed where it must be", async () => {
    lake.put("good.csv", "id,n\n1,2\n");
    lake.put("bad.csv", `id,n\n${"1,1\n".repeat(200)}1,x\n`);
    const join = lake.here.task({ name: "join", sources: ["a", "b"] }, ({ a, b }) => a.join(b, { on: "id" }));
    const joined = (a: Bucket, b: Bucket): Bucket =>
      new Pipeline({ a, b }).transform(join).to(lake.provider.bucket("b", "out.parquet"));
    const declared = { id: pl.Int64, n: pl.Int64 };
    const plain = lake.provider.bucket("b", "bad.csv");
    expect(await fail(joined(lake.bucket("good.csv", declared), plain))).toMatchObject({ code: "SOURCE_UNREADABLE" });
    expect(await fail(joined(lake.bucket("good.csv", declared), lake.bucket("bad.csv", declared)))).toMatchObject({
      code: "SCHEMA_MISMATCH",
      message: expect.stringContaining("`b/good.csv` or `b/bad.csv`") as string,
    });
  });

  it("may have no line: NDJSON, and CSV that may be empty", async () => {
    const schema = { id: pl.Int64, at: pl.Date };
    const types = Object.values(schema).map(String);
    lake.put("x.ndjson", "");
    lake.put("blank.ndjson", "\n\n");
    lake.put("x.csv", "");
    lake.put("header.csv", "id,at\n");
    const empty = { scan: { raiseIfEmpty: false } };
    for (const source of [
      lake.bucket("x.ndjson", schema),
      lake.bucket("blank.ndjson", schema),
      lake.bucket("*.ndjson", schema),
      lake.bucket("header.csv", schema),
      lake.bucket("x.csv", schema, empty),
      lake.bucket("x.csv", schema, { scan: { raiseIfEmpty: false, hasHeader: false } }),
    ]) {
      expect(await read(source)).toEqual({ columns: ["id", "at"], types, rows: [] });
      expect(await succeed(lake.copied(source))).toMatchObject({
        rows: 0,
        columns: [{ type: "Int64" }, { type: "Date" }],
      });
    }
    expect(await refused(lake.bucket("x.csv", schema))).toMatchObject({
      code: "SOURCE_UNREADABLE",
      message: "`b/x.csv` can't be read as CSV: the file is empty.",
    });
  });

  it("in NDJSON may leave out what is nullable, and is refused where it leaves out what is not", async () => {
    lake.put("x.ndjson", '{"id":1}\n');
    expect((await read(lake.bucket("x.ndjson", { id: pl.Int64, note: nullable(pl.String) }))).rows).toEqual([
      [1, null],
    ]);
    expect(await refused(lake.bucket("x.ndjson", { id: pl.Int64, note: pl.String }))).toMatchObject({
      code: "SCHEMA_MISMATCH",
      message: expect.stringContaining("no column `note`") as string,
    });
    // Further on than Polars looks for columns.
    lake.put("x.ndjson", `${'{"id":1}\n'.repeat(150)}{"id":2,"note":"late"}\n`);
    const { rows } = await read(lake.bucket("x.ndjson", { id: pl.Int64, note: nullable(pl.String) }));
    expect(rows.at(-1)).toEqual([2, "late"]);
  });

  it("without a header goes by place, and may have more columns behind", async () => {
    lake.put("x.csv", "1,a,true\n2,b,false\n");
    const options = { scan: { hasHeader: false } };
    const schema = { id: pl.Int64, name: pl.String };
    expect(await read(lake.bucket("x.csv", schema, options))).toMatchObject({
      columns: ["id", "name"],
      rows: [
        [1, "a"],
        [2, "b"],
      ],
    });
    expect(await succeed(lake.copied(lake.bucket("x.csv", schema, options)))).toMatchObject({ rows: 2 });
    expect(await read(lake.bucket("x.csv", { column_3: pl.Bool, column_1: pl.Int8 }, options))).toMatchObject({
      columns: ["column_3", "column_1"],
      rows: [
        [true, 1],
        [false, 2],
      ],
    });
    expect(await refused(lake.bucket("x.csv", schema, { ...options, strict: true }))).toMatchObject({
      message: expect.stringContaining("a column `column_3`, which its `schema` does not declare") as string,
    });
    const four = { a: pl.Int64, b: pl.String, c: pl.Bool, d: pl.String };
    expect(await refused(lake.bucket("x.csv", four, options))).toMatchObject({
      message: expect.stringContaining("no column `d`") as string,
    });
  });

  it("takes names and options of `scan` as before", async () => {
    lake.put("x.csv", "sep=\nA;B;C\n1,5;2024-01-02;NA\n");
    const scan = { separator: ";", decimalComma: true, skipLines: 1, nullValues: "NA", parseDates: true };
    const schema = { C: nullable(pl.Int64), A: pl.Float64, B: pl.String };
    expect((await read(lake.bucket("x.csv", schema, { scan }))).rows).toEqual([[null, 1.5, "2024-01-02"]]);
    const named = {
      scan: { separator: ";", decimalComma: true, skipLines: 1, schema: { a: pl.Float64, b: pl.Date, c: pl.String } },
    };
    expect((await read(lake.bucket("x.csv", { c: pl.String, a: pl.Float64 }, named))).rows).toEqual([["NA", 1.5]]);
    const same = { scan: { ...scan, schemaOverrides: { A: pl.Float64, B: pl.Date } } };
    expect((await read(lake.bucket("x.csv", { A: pl.Float64 }, same))).rows).toEqual([[1.5]]);
  });

  it("inserts nulls for what some files lack, where `scan` says so", async () => {
    lake.put("p/1.csv", "id,note\n1,a\n");
    lake.put("p/2.csv", "id\n2\n");
    const options = { scan: { missingColumns: "insert" } };
    const schema = { id: pl.Int64, note: nullable(pl.String) };
    expect((await read(lake.bucket("p/*.csv", schema, options))).rows).toEqual([
      [1, "a"],
      [2, null],
    ]);
    expect(await fail(lake.copied(lake.bucket("p/*.csv", { id: pl.Int64, note: pl.String }, options)))).toMatchObject({
      code: "NULL_NOT_ALLOWED",
    });
    expect(await refused(lake.bucket("p/2.csv", schema, options))).toMatchObject({ code: "SCHEMA_MISMATCH" });
  });
});
