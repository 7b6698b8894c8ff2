import { type Bucket, type FormatName, formats, type LazyFrame, nullable, type SchemaColumns } from "@glacier/core";
import pl from "nodejs-polars";
import { beforeEach, describe, expect, it } from "vitest";
import { fail, type Lake, makeLake, succeed } from "../../test/lake.ts";
import { scanBucket } from "../scan.ts";

const names = Object.keys(formats) as FormatName[];
const old = "what was there before";

let lake: Lake;
beforeEach(() => {
  lake = makeLake();
  const frame = pl.DataFrame({ id: pl.Series("id", [1, 2], pl.Int64), amount: [1.5, 2.5], note: ["x", null] });
  frame.writeParquet(lake.path("in.parquet"));
  return () => lake.remove();
});

const target = (path: string, schema: SchemaColumns, options: object = {}): Bucket =>
  lake.provider.bucket("b", path, { schema, ...options });
const made = (to: Bucket, task: (df: LazyFrame) => LazyFrame | pl.DataFrame = (df) => df): Bucket =>
  lake.provider.bucket("b", "in.parquet").transform(lake.here.task("make", task)).to(to);
const schema = { id: pl.Int64, amount: pl.Float64, note: nullable(pl.String) };
const lineOf = (error: { readonly message: string; readonly hint: string | undefined }): string =>
  `${error.message} ${error.hint}`;

describe.each(names)("a target with a schema, in %s", (format) => {
  const path = `out${formats[format].extensions[0]}`;
  const refused = async (to: Bucket, task?: (df: LazyFrame) => LazyFrame): ReturnType<typeof fail> => {
    lake.put(path, old);
    const error = await fail(made(to, task));
    expect(lake.bytes(path)?.toString()).toBe(old);
    expect(lake.staged()).toEqual([]);
    return error;
  };

  it("is written with what it declares, and its readers get that", async () => {
    const written = made(target(path, schema, { strict: true }));
    expect(await succeed(written)).toMatchObject({
      rows: 2,
      columns: [
        { name: "id", type: "Int64" },
        { name: "amount", type: "Float64" },
        { name: "note", type: "String" },
      ],
      notes: [],
    });
    const frame = await (await scanBucket(written)).collect();
    expect(frame.dtypes.map(String)).toEqual(["DataType(Int64)", "DataType(Float64)", "DataType(String)"]);
    expect(frame.rows()).toEqual([
      [1, 1.5, "x"],
      [2, 2.5, null],
    ]);
  });

  it("is not written without a column, or with one of another type", async () => {
    const error = await refused(target(path, schema), (df) =>
      df.select(pl.col("id").cast(pl.Int32), pl.col("amount").alias("amuont"), "note"),
    );
    expect(error).toMatchObject({
      code: "SCHEMA_MISMATCH",
      message: `The result of step \`make\` has column \`id\` as Int32, and the \`schema\` of \`b/${path}\` declares Int64. 1 more column differs.`,
      hint: 'Cast it, `pl.col("id").cast(pl.Int64, true)`, or change the bucket\'s `schema`.',
      details: {
        step: "make",
        path,
        differences: [
          { column: "id", declared: "Int64", found: "Int32" },
          { column: "amount", declared: "Float64" },
        ],
      },
    });
    const missing = await refused(target(path, schema), (df) => df.rename({ amount: "amuont" }));
    expect(lineOf(missing)).toBe(
      `The result of step \`make\` has no column \`amount\`, which the \`schema\` of \`b/${path}\` declares. Did you mean \`amuont\`? There are \`id\`, \`amuont\` and \`note\`. Make the column, or take it out of the bucket's \`schema\`.`,
    );
  });

  it("is written with more columns, with a note; its readers don't get them", async () => {
    const more = (df: LazyFrame): LazyFrame => df.withColumns(pl.lit(true).alias("more"), pl.lit("x").alias("other"));
    const written = made(target(path, { amount: pl.Float64, id: pl.Int64 }), more);
    const { notes, columns } = await succeed(written);
    expect(notes).toEqual([
      `\`note\`, \`more\` and \`other\` are not in the \`schema\` of \`b/${path}\`: who reads the bucket does not get them.`,
    ]);
    expect(columns.map(({ name }) => name)).toEqual(["id", "amount", "note", "more", "other"]);
    expect((await scanBucket(written)).columns).toEqual(["amount", "id"]);
    expect((await scanBucket(lake.provider.bucket("b", path))).columns).toHaveLength(5);
    const error = await refused(target(path, schema, { strict: true }), more);
    expect(error).toMatchObject({
      code: "SCHEMA_MISMATCH",
      message: `The result of step \`make\` has a column \`more\`, which the \`schema\` of \`b/${path}\` does not declare. 1 more column differs.`,
    });
  });

  it("is not written with nulls where there may be none", async () => {
    expect(await refused(target(path, { ...schema, note: pl.String }))).toMatchObject({
      code: "NULL_NOT_ALLOWED",
      message: `The result of step \`make\` has a null in column \`note\`, which the \`schema\` of \`b/${path}\` does not allow.`,
      hint: "Fill or filter nulls in the task, or declare the column as `nullable(…)`.",
      details: { step: "make", columns: [{ column: "note", nulls: 1 }] },
    });
  });

  it("may get no rows", async () => {
    const none = made(target(path, schema), (df) => df.filter(pl.lit(false)));
    expect(await succeed(none)).toMatchObject({
      rows: 0,
      notes: [],
      columns: [{ type: "Int64" }, {}, { name: "note" }],
    });
    const again = none.transform(lake.here.task("again", (df) => df)).to(lake.provider.bucket("b", "again.parquet"));
    expect(await succeed(again)).toMatchObject({
      rows: 0,
      columns: [{ type: "Int64" }, { type: "Float64" }, { type: "String" }],
    });
    const wrong = made(target(path, { ...schema, other: pl.Int64 }), (df) => df.filter(pl.lit(false)));
    expect((await fail(wrong)).code).toBe("SCHEMA_MISMATCH");
  });

  it("takes a frame in memory, and columns of any name", async () => {
    const types = { "d e": nullable(pl.String), "*": pl.String, "^b.*$": pl.String };
    const written = made(target(path, types), () => pl.DataFrame({ "*": ["a"], "^b.*$": ["c"], "d e": ["e"] }));
    expect(await succeed(written)).toMatchObject({ rows: 1 });
    expect((await (await scanBucket(written)).collect()).row(0)).toEqual(["e", "a", "c"]);
  });

  it("may have columns that only its readers get", async () => {
    const scan = { rowIndexName: "at", ...(format === "ipc" ? {} : { includeFilePaths: "file" }) };
    const all = { at: pl.UInt32, ...schema, ...(format === "ipc" ? {} : { file: pl.String }) };
    const written = made(target(path, all, { strict: true, scan: { ...scan, nRows: 1 } }));
    expect(await succeed(written)).toMatchObject({ rows: 2, notes: [] });
    const frame = await (await scanBucket(written)).collect();
    expect(frame.columns).toEqual(Object.keys(all));
    expect(frame.height).toBe(1);
    // What a reader does not get can be wrong all the same.
    const nulls = made(target(path, { ...all, note: pl.String }, { scan: { ...scan, nRows: 1 } }));
    expect((await fail(nulls)).code).toBe("NULL_NOT_ALLOWED");
  });
});

describe("a target in a text format", () => {
  const types = (df: LazyFrame): LazyFrame => {
    const n = pl.col("id");
    return df.select(
      n.cast(pl.UInt32).alias("n"),
      n.cast(pl.Int32).cast(pl.Date).alias("day"),
      n.cast(pl.Datetime("ms")).alias("ms"),
      n.cast(pl.Datetime("us", "Europe/Vienna")).alias("zoned"),
      n.cast(pl.String).cast(pl.Categorical).alias("kind"),
      pl.lit(true).alias("yes"),
      pl.col("amount").cast(pl.Float32).alias("f"),
    );
  };
  const declared = {
    n: pl.UInt32,
    day: pl.Date,
    ms: pl.Datetime("ms"),
    zoned: pl.Datetime("us", "Europe/Vienna"),
    kind: pl.Categorical,
    yes: pl.Bool,
    f: pl.Float32,
  };

  it.each(["x.csv", "x.csv.gz", "x.ndjson"])("keeps the types that it declares: %s", async (path) => {
    const written = made(target(path, declared), types);
    expect(await succeed(written)).toMatchObject({ rows: 2, notes: [] });
    const frame = await (await scanBucket(written)).collect();
    expect(frame.dtypes.map(String)).toEqual(Object.values(declared).map(String));
    const original = types(pl.scanParquet(lake.path("in.parquet")))
      .select(pl.all().cast(pl.String))
      .collectSync();
    expect(frame.select(pl.all().cast(pl.String)).rows()).toEqual(original.rows());
  });

  it("keeps times and decimals in CSV", async () => {
    const written = made(target("x.csv", { t: pl.Time, d: pl.Decimal(12, 2) }), (df) =>
      df.select(pl.col("id").cast(pl.Time).alias("t"), pl.col("amount").cast(pl.Decimal(12, 2)).alias("d")),
    );
    expect(await succeed(written)).toMatchObject({
      columns: [
        { name: "t", type: "Time" },
        { name: "d", type: "Decimal(12, 2)" },
      ],
    });
    expect((await (await scanBucket(written)).collect()).dtypes.map(String)).toEqual([
      "DataType(Time)",
      "DataType(Decimal(12,2))",
    ]);
  });

  it("is not written, where its readers would get nulls for values", async () => {
    const nan = made(target("x.ndjson", { x: pl.Float64 }), (df) => df.select(pl.lit(Number.NaN).alias("x")));
    expect(await fail(nan)).toMatchObject({ code: "NULL_NOT_ALLOWED" });
    const na = made(target("x.csv", { x: pl.String }, { scan: { nullValues: "NA" } }), (df) =>
      df.select(pl.lit("NA").alias("x")),
    );
    expect(await fail(na)).toMatchObject({ code: "NULL_NOT_ALLOWED" });
    expect(lake.bytes("x.csv")).toBeUndefined();
  });

  it("is not written, where its readers could not read it so", async () => {
    const day = { day: pl.Date };
    const days = (df: LazyFrame): LazyFrame => df.select(pl.lit(1).cast(pl.Int32).cast(pl.Date).alias("day"));
    const error = await fail(made(target("x.csv", day, { sink: { dateFormat: "%d of %B" } }), days));
    expect(error).toMatchObject({
      code: "SCHEMA_MISMATCH",
      message: expect.stringMatching(
        /^`b\/x.csv` can't be read as its `schema` declares: could not parse `02 of Jan/,
      ) as string,
    });
    // Nor the nullable ones, which are not looked through for nulls.
    const maybe = { day: nullable(pl.Date) };
    expect((await fail(made(target("x.csv", maybe, { sink: { dateFormat: "%d of %B" } }), days))).code).toBe(
      "SCHEMA_MISMATCH",
    );
    const differently = target("x.csv", schema, { sink: { separator: ";" }, scan: { separator: "|" } });
    expect(await fail(made(differently))).toMatchObject({
      code: "SCHEMA_MISMATCH",
      hint: "`scan` of the bucket reads it in another way than `sink` writes it.",
    });
    expect(lake.bytes("x.csv")).toBeUndefined();
    expect(lake.staged()).toEqual([]);
  });

  it("without a header must have its columns in the declared order", async () => {
    const options = { sink: { includeHeader: false } };
    const inOrder = made(target("x.csv", schema, options));
    expect(await succeed(inOrder)).toMatchObject({
      rows: 2,
      columns: [{ name: "id" }, { name: "amount" }, { name: "note" }],
    });
    expect((await (await scanBucket(inOrder)).collect()).toRecords()[0]).toEqual({ id: 1, amount: 1.5, note: "x" });
    const swapped = (df: LazyFrame): LazyFrame => df.select("note", "id", "amount");
    expect(await fail(made(target("x.csv", schema, options), swapped))).toMatchObject({
      code: "SCHEMA_MISMATCH",
      message: "The result of step `make` has column `id` at another place than the `schema` of `b/x.csv`.",
      hint: "It is read by the order of its columns. Give them in that order: `id`, `amount` and `note`.",
    });
    const named = { scan: { schema: { id: pl.Int64, amount: pl.Float64, note: pl.String } } };
    expect((await fail(made(target("x.csv", schema, named), swapped))).code).toBe("SCHEMA_MISMATCH");
    const none = made(target("x.csv", schema, options), (df) => df.limit(0));
    expect(await succeed(none)).toMatchObject({ rows: 0 });
    expect((await scanBucket(none)).columns).toEqual(["id", "amount", "note"]);
  });
});

it("a target in a folder whose name makes a column is written without it", async () => {
  const written = made(
    target("year=2026/x.parquet", { year: pl.Int64, ...schema }, { scan: { hivePartitioning: true }, strict: true }),
  );
  expect(await succeed(written)).toMatchObject({ rows: 2, notes: [] });
  expect((await (await scanBucket(written)).collect()).row(0)).toEqual([2026, 1, 1.5, "x"]);
});

it("an aborted step leaves its target alone", async () => {
  lake.put("out.parquet", old);
  const signal = AbortSignal.abort();
  expect(await fail(made(target("out.parquet", schema)), signal)).toMatchObject({ code: "RUN_CANCELLED" });
  expect(lake.bytes("out.parquet")?.toString()).toBe(old);
});
