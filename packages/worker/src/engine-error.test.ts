import { readFileSync } from "node:fs";
import { type Bucket, type FormatName, GlacierError, type LazyFrame } from "@glacier/core";
import pl from "nodejs-polars";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fail, type Lake, makeLake } from "../test/lake.ts";
import { engineError } from "./engine-error.ts";
import { scanBucket } from "./scan.ts";

/** Polars is asked for each fault, so that a version that words one in another way is noticed here. */

let lake: Lake;
beforeAll(() => {
  // Blanks, wildcards and quotes in the path of the root must not bring it into a message either.
  lake = makeLake("it's [my] lake");
  const frame = pl.DataFrame({ a: ["1", "x"], n: [1, 2] });
  frame.writeParquet(lake.path("x.parquet"));
  frame.lazy().sinkCSV(lake.path("x.csv")).collectSync();
});
afterAll(() => lake.remove());

const step = (task: (df: LazyFrame) => LazyFrame, source: Bucket, target = "out.parquet"): Promise<GlacierError> =>
  fail(source.transform(lake.here.task("work", task)).to(lake.provider.bucket("b", target))).then(checked);

const source = (path = "x.parquet", format?: FormatName): Bucket =>
  lake.provider.bucket("b", path, format === undefined ? {} : { format });

/** No message has a path of this machine in it, or more than one line. */
function checked(error: GlacierError): GlacierError {
  expect(error.message).not.toContain("\n");
  expect(error.message).not.toMatch(/\/tmp|lake|Resolved plan|\bat [\w.]+ \(/);
  expect(JSON.stringify(error)).not.toContain(lake.root);
  expect(error.hint).toBeTypeOf("string");
  expect(lake.staged()).toEqual([]);
  return error;
}

describe("a column that is not there", () => {
  const joined = (df: LazyFrame, options: object): LazyFrame => df.join(df, options as { on: string });
  it.each<[string, (df: LazyFrame) => LazyFrame]>([
    ["select", (df) => df.select("nn")],
    ["filter", (df) => df.filter(pl.col("nn").gt(1))],
    ["withColumn", (df) => df.withColumn(pl.col("nn").alias("z"))],
    ["sort", (df) => df.sort("nn")],
    ["groupBy", (df) => df.groupBy("nn").agg(pl.col("n").sum())],
    ["agg", (df) => df.groupBy("a").agg(pl.col("nn").sum())],
    ["over", (df) => df.select(pl.col("n").sum().over("nn"))],
    ["join", (df) => joined(df, { on: "nn" })],
  ])("in %s is named, with what there is and what may be meant", async (_, task) => {
    expect(await step(task, source())).toMatchObject({
      code: "COLUMN_NOT_FOUND",
      message: "Step `work` asks for a column `nn`, which is not there.",
      hint: "Did you mean `n`? There are `a`, `n`.",
      details: { step: "work", column: "nn", columns: ["a", "n"] },
    });
  });

  it.each<[string, (df: LazyFrame) => LazyFrame]>([
    ["drop", (df) => df.drop("nn")],
    ["rename", (df) => df.rename({ nn: "x" })],
    ["explode", (df) => df.explode("nn")],
    ["unique", (df) => df.unique({ subset: ["nn"] })],
    ["dropNulls", (df) => df.dropNulls("nn")],
    ["unpivot", (df) => df.unpivot(["nn"], ["n"])],
    ["struct.field", (df) => df.select(pl.struct([pl.col("a")]).alias("s")).select(pl.col("s").struct.field("nn"))],
  ])("in %s is named", async (_, task) => {
    expect(await step(task, source())).toMatchObject({
      code: "COLUMN_NOT_FOUND",
      message: "Step `work` asks for a column `nn`, which is not there.",
      details: { column: "nn" },
    });
  });

  it("is named as it is, also with quotes and brackets in it", async () => {
    expect((await step((df) => df.select('n"n]'), source())).message).toContain('a column `n"n]`, which');
    const odd = (df: LazyFrame): LazyFrame => df.select(pl.col("n").alias('o"d]d')).select("od]d");
    expect(await step(odd, source())).toMatchObject({ details: { columns: ['o"d]d'] } });
  });

  it("does not bring a list of hundreds into the message", async () => {
    const wide = (df: LazyFrame): LazyFrame =>
      df.select(...Array.from({ length: 300 }, (_, at) => pl.lit(at).alias(`column_${at}`))).select("nope");
    const error = await step(wide, source());
    expect(error.hint).toMatch(/`column_29` and 270 more\.$/);
    expect(error.details["columns"]).toHaveLength(300);
  });
});

describe("a query that can't work", () => {
  it.each<[string, RegExp, (df: LazyFrame) => LazyFrame]>([
    [
      "a strict cast",
      /^Step `work` failed: conversion from `str` to `i64` failed in column 'a'/,
      (df) => df.select(pl.col("a").cast(pl.Int64, true)),
    ],
    ["a text compared with a number", /cannot compare string with numeric type/, (df) => df.filter(pl.col("a").gt(1))],
    ["a sum of texts", /`sum` operation not supported for dtype `str`$/, (df) => df.select(pl.col("a").sum())],
    ["a filter that is no condition", /filter predicate must be of type `Boolean`/, (df) => df.filter(pl.col("n"))],
    [
      "two columns of one name",
      /duplicate: .*duplicate output name 'a'/,
      (df) => df.select(pl.col("a"), pl.col("n").alias("a")),
    ],
    [
      "keys of different types",
      /datatypes of join keys don't match/,
      (df) => df.join(df.select(pl.col("a").alias("n")), { on: "n" }),
    ],
    ["a quantile above 1", /quantile`? should be between/, (df) => df.select(pl.col("n").quantile(4))],
    [
      "a time zone that does not exist",
      /unable to parse time zone: 'No\/No'/,
      (df) => df.select(pl.col("n").cast(pl.Datetime("ms", "No/No"))),
    ],
  ])("is refused as such: %s", async (_, message, task) => {
    const error = await step(task, source());
    expect(error.code).toBe("QUERY_FAILED");
    expect(error.message).toMatch(message);
  });

  it("says what to do about a strict cast, and is not confused by the values in it", async () => {
    const task = (df: LazyFrame): LazyFrame =>
      df.select(pl.lit("No such file or directory (os error 2): unable to find column").cast(pl.Int64, true));
    expect(await step(task, source())).toMatchObject({
      code: "QUERY_FAILED",
      hint: expect.stringContaining("strict cast") as string,
    });
  });

  it("in SQL is reported, though Polars does not throw it", async () => {
    const sql =
      (query: string) =>
      (df: LazyFrame): LazyFrame =>
        pl.SQLContext({ t: df }).execute(query, { eager: false });
    expect(await step(sql("select nope from t"), source())).toMatchObject({ code: "COLUMN_NOT_FOUND" });
    expect(await step(sql("selec a from t"), source())).toMatchObject({ code: "QUERY_FAILED" });
    expect(await step((df) => sql("selec a from t")(df).limit(1), source())).toMatchObject({
      code: "TASK_FAILED",
      hint: expect.stringContaining("SQL") as string,
    });
  });

  it("with lists in it is refused for CSV, with a way out", async () => {
    const error = await step((df) => df.groupBy("a").agg(pl.col("n")), source(), "out.csv");
    expect(error).toMatchObject({ code: "QUERY_FAILED", hint: expect.stringContaining("another format") as string });
  });
});

describe("a source that turns out to be unreadable while it is read", () => {
  const copy = (df: LazyFrame): LazyFrame => df;
  const damaged = (): Buffer => readFileSync(lake.path("x.parquet")).fill(0, 4, 60);
  it.each<[string, string, () => string | Buffer, RegExp]>([
    ["a damaged Parquet file", "damaged.parquet", damaged, /File out of specification/],
    [
      "a value of another type in CSV",
      "late.csv",
      () => `a\n${"1\n".repeat(200)}x\n`,
      /could not parse `x` as dtype `i64` at column 'a'/,
    ],
    [
      "a value of another type in NDJSON",
      "late.ndjson",
      () => `${'{"a":1}\n'.repeat(200)}{"a":"x"}\n`,
      /cannot parse 'x' \(string\) as Int64/,
    ],
    [
      "a first value late in NDJSON",
      "null.ndjson",
      () => `${'{"a":null}\n'.repeat(200)}{"a":1}\n`,
      /NULL-typed column/,
    ],
    ["a row with too many fields", "ragged.csv", () => "a,b\n1,2\n1,2,3\n", /found more fields than defined/],
    ["text that is no UTF-8", "latin.csv", () => Buffer.from([97, 10, 0xe9, 10]), /invalid utf-8 sequence/],
  ])("is reported as that: %s", async (_, name, content, message) => {
    lake.put(name, content());
    const error = await step(copy, source(name));
    expect(error.code).toBe("SOURCE_UNREADABLE");
    expect(error.message).toMatch(message);
  });

  it("is reported as that: files that do not go together", async () => {
    pl.DataFrame({ n: [1] }).writeParquet(lake.path("together/a.parquet"));
    pl.DataFrame({ n: ["x"] }).writeParquet(lake.path("together/b.parquet"));
    const types = await step(copy, source("together/*.parquet"));
    expect(types).toMatchObject({ code: "SOURCE_UNREADABLE", hint: expect.stringContaining("castOptions") as string });
    pl.DataFrame({ n: [1], m: [1] }).writeParquet(lake.path("together/b.parquet"));
    const extra = await step(copy, source("together/*.parquet"));
    expect(extra).toMatchObject({ code: "SOURCE_UNREADABLE", hint: expect.stringContaining("extraColumns") as string });
    expect(extra.message).toContain("'b/together/b.parquet'");
    pl.DataFrame({ m: [1] }).writeParquet(lake.path("together/c.parquet"));
    const missing = await step(
      copy,
      lake.provider.bucket("b", "x.parquet", { scan: { schema: { a: pl.String, n: pl.Float64, q: pl.Int8 } } }),
    );
    expect(missing).toMatchObject({
      code: "SOURCE_UNREADABLE",
      hint: expect.stringContaining("missingColumns") as string,
    });
  });
});

describe("what the task reads by itself", () => {
  it("is reported without the folders that it is in", async () => {
    const gone = await step((df) => pl.concat([df, pl.scanParquet("/no such/place/of mine/gone.parquet")]), source());
    expect(gone.code).toBe("SOURCE_NOT_FOUND");
    expect(gone.message).toBe("Step `work` failed: No such file or directory (os error 2): gone.parquet");
    const nothing = await step(() => pl.scanParquet("/no such/place/of mine/*.parquet"), source());
    expect(nothing.code).toBe("SOURCE_NOT_FOUND");
    expect(nothing.message).not.toContain("place");
  });

  it("is reported when it has no permission, or no room", () => {
    const of = (message: string): GlacierError =>
      engineError(Object.assign(new Error(message), { code: "GenericFailure" }), "work", []);
    expect(of("Permission denied (os error 13): /secret/place/x.parquet")).toMatchObject({
      code: "STORAGE_DENIED",
      message: "Step `work` failed: Permission denied (os error 13): x.parquet",
    });
    expect(of("Read-only file system (os error 30): /secret/place/x").code).toBe("STORAGE_DENIED");
    expect(of("Disk quota exceeded (os error 122)").code).toBe("STORAGE_FULL");
  });

  it("is reported when the disk is full, in the words of each format", async () => {
    const frame = pl.DataFrame({ a: ["1"] }).lazy();
    for (const sink of [
      frame.sinkParquet("/dev/full"),
      frame.sinkCSV("/dev/full", { checkExtension: false }),
      frame.sinkIpc("/dev/full"),
    ]) {
      const cause = await sink.collect().then(
        () => expect.unreachable(),
        (error: unknown) => error,
      );
      expect(engineError(cause, "work", [])).toMatchObject({ code: "STORAGE_FULL", cause });
    }
  });
});

describe("a source that can't be read at all", () => {
  const refused = async (path: string, content: string | Buffer, format?: FormatName): Promise<GlacierError> => {
    lake.put(path, content);
    const bucket = lake.provider.bucket("b", path, format === undefined ? {} : { format });
    return scanBucket(bucket).then(
      () => expect.unreachable("It was read."),
      (error: unknown) => checked(error as GlacierError),
    );
  };
  const parquet = (): Buffer => readFileSync(lake.path("x.parquet"));

  it.each<[string, string, () => string | Buffer, string]>([
    [
      "text",
      "text.parquet",
      () => "hello, this is no such file at all\n",
      "`b/text.parquet` can't be read as Parquet: parquet: File out of specification: The file must end with PAR1",
    ],
    [
      "a part of one",
      "cut.parquet",
      () => parquet().subarray(0, -20),
      "`b/cut.parquet` can't be read as Parquet: parquet: File out of specification: The file must end with PAR1",
    ],
    ["nothing", "empty.parquet", () => "", "`b/empty.parquet` can't be read as Parquet: the file is empty."],
    [
      "text",
      "text.arrow",
      () => "hello, this is no such file at all\n",
      "`b/text.arrow` can't be read as Arrow IPC: out-of-spec: InvalidFooter",
    ],
    ["nothing", "empty.arrow", () => "", "`b/empty.arrow` can't be read as Arrow IPC: the file is empty."],
    ["nothing", "empty.csv", () => "", "`b/empty.csv` can't be read as CSV: the file is empty."],
    ["nothing", "empty.ndjson", () => "", "`b/empty.ndjson` has no line, and without one NDJSON has no columns."],
    [
      "text",
      "text.ndjson",
      () => "a,b\n1,2\n",
      "`b/text.ndjson` can't be read as NDJSON: InternalError(TapeError) at character 0 ('a')",
    ],
  ])("is refused by its name: %s in %s", async (_, path, content, message) => {
    expect(await refused(path, content())).toMatchObject({ code: "SOURCE_UNREADABLE", message });
  });

  it("is refused by its name: a folder with other files in it", async () => {
    lake.put("mixed/a.parquet", parquet());
    lake.put("mixed/b.txt", "b");
    const error = await scanBucket(source("mixed", "parquet")).catch((cause: GlacierError) => checked(cause));
    expect(error).toMatchObject({
      code: "SOURCE_UNREADABLE",
      message: "`b/mixed` has files with different endings in it: `a.parquet` and `b.txt`.",
    });
  });

  it("is not found by its name: a file, a folder, a pattern", async () => {
    for (const path of ["no.parquet", "no/x.parquet", "no*.parquet"]) {
      await expect(scanBucket(source(path))).rejects.toMatchObject({
        code: "SOURCE_NOT_FOUND",
        message: expect.stringContaining(`\`b/${path}\``) as string,
      });
    }
  });
});
