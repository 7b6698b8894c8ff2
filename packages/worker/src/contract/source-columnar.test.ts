import { formats, nullable } from "@glacier/core";
import pl from "nodejs-polars";
import { beforeEach, describe, expect, it } from "vitest";
import { type ContractLake, ids, makeContractLake, pattern, read, refused } from "../../test/contract.ts";
import { fail, succeed } from "../../test/lake.ts";
import { formatAdapters } from "../formats/format.ts";

let lake: ContractLake;
beforeEach(() => {
  lake = makeContractLake();
  return () => lake.remove();
});

describe("the type of a column", () => {
  it.each(["parquet", "ipc"] as const)("that is another is refused before the task is called: %s", async (format) => {
    const path = lake.write(format, "x", { id: pl.Series("id", [1], pl.Int32), name: ["a"], other: ["b"] });
    let called = false;
    const task = lake.here.task("look", (df) => ((called = true), df));
    const source = lake.bucket(path, { name: pl.String, id: pl.Int64, other: pl.Date });
    expect(await fail(source.transform(task).to(lake.provider.bucket("b", "out.csv")))).toMatchObject({
      code: "SCHEMA_MISMATCH",
      message: `\`b/${path}\` has column \`id\` as Int32, and its \`schema\` declares Int64. 1 more column differs.`,
      details: {
        differences: [
          { column: "id", declared: "Int64", found: "Int32" },
          { column: "other", declared: "Date", found: "String" },
        ],
      },
    });
    expect(called).toBe(false);
  });

  it.each(["parquet", "ipc"] as const)("that is another in one of many files is refused: %s", async (format) => {
    for (let at = 10; at < 60; at++) lake.write(format, `p/${at}`, { id: ids(at) });
    lake.write(format, "p/57", { id: pl.Series("id", [1], pl.Int32) });
    expect(await refused(lake.bucket(`p/${pattern(format)}`, { id: pl.Int64 }))).toMatchObject({
      code: "SCHEMA_MISMATCH",
      message: expect.stringContaining(`\`b/p/57${formats[format].extensions[0]}\``) as string,
    });
  });

  it.each(["parquet", "ipc"] as const)("is compared with its units, sizes and what is inside: %s", async (format) => {
    const value = pl.col("n").cast(pl.Int64);
    const schema = {
      local: pl.Datetime("us"),
      zoned: pl.Datetime("ms", "Europe/Vienna"),
      took: pl.Duration("ns"),
      price: pl.Decimal(12, 2),
      list: pl.List(pl.Int16),
      array: pl.FixedSizeList(pl.Float32, 2),
      who: pl.Struct({ name: pl.Utf8, ids: pl.List(pl.Int64) }),
      kind: pl.Categorical,
      bool: pl.Bool,
      time: pl.Time,
    };
    const frame = pl
      .DataFrame({ n: [1] })
      .lazy()
      .select(
        value.cast(schema.local).alias("local"),
        value.cast(schema.zoned).alias("zoned"),
        value.cast(schema.took).alias("took"),
        value.cast(schema.price).alias("price"),
        pl.concatList([value, value]).cast(schema.list).alias("list"),
        pl.concatList([value, value]).cast(schema.array).alias("array"),
        pl.struct([value.cast(pl.String).alias("name"), pl.concatList([value]).alias("ids")]).alias("who"),
        value.cast(pl.String).cast(schema.kind).alias("kind"),
        pl.lit(true).alias("bool"),
        value.cast(pl.Time).alias("time"),
      );
    const file = `x${formats[format].extensions[0]}`;
    formatAdapters[format].sink(frame, { uri: lake.path(file) }, {}).collectSync();
    expect(await succeed(lake.copied(lake.bucket(file, schema, { strict: true })))).toMatchObject({ rows: 1 });
    const others = {
      local: pl.Datetime("ms"),
      zoned: pl.Datetime("ms", "UTC"),
      took: pl.Duration("us"),
      price: pl.Decimal(12, 3),
      list: pl.List(pl.Int32),
      array: pl.FixedSizeList(pl.Float32, 3),
      who: pl.Struct({ name: pl.Utf8, id: pl.List(pl.Int64) }),
      kind: pl.String,
    };
    const { details } = await refused(lake.bucket(file, others));
    expect(details["differences"]).toMatchObject(Object.keys(others).map((column) => ({ column })));
    expect(Object.keys(others)).toHaveLength(8);
  });

  it("that can't be declared is left out, or refused with `strict`", async () => {
    const binary = pl.Expr.deserialize(
      Buffer.from(
        JSON.stringify({ Cast: { expr: { Column: "b" }, dtype: { Literal: "Binary" }, options: "NonStrict" } }),
      ),
      "json",
    );
    const frame = pl.DataFrame({ id: ids(1), b: ["x"] }).lazy();
    frame.withColumn(binary).sinkParquet(lake.path("x.parquet")).collectSync();
    expect((await read(lake.bucket("x.parquet", { id: pl.Int64 }))).columns).toEqual(["id"]);
    expect(
      (await refused(lake.bucket("x.parquet", { id: pl.Int64 }, { strict: true }))).details["differences"],
    ).toEqual([{ column: "b", found: "Binary" }]);
    expect((await refused(lake.bucket("x.parquet", { id: pl.Int64, b: pl.String }))).details["differences"]).toEqual([
      { column: "b", declared: "String", found: "Binary" },
    ]);
  });
});

describe("Arrow IPC with a schema", () => {
  it("has the columns of folders, where they are read", async () => {
    lake.write("ipc", "h/year=2024/a", { id: ids(1) });
    lake.write("ipc", "h/year=2025/b", { id: ids(2) });
    const schema = { year: pl.Int64, id: pl.Int64 };
    expect((await read(lake.bucket("h", schema, { format: "ipc" }))).rows).toEqual([
      [2024, 1],
      [2025, 2],
    ]);
    expect((await refused(lake.bucket("h/**/*.arrow", schema))).code).toBe("SCHEMA_MISMATCH");
    lake.write("ipc", "h/year=2025/b", { id: ids(2), more: [true] });
    expect((await read(lake.bucket("h", { id: pl.Int64 }, { format: "ipc" }))).rows).toEqual([[1], [2]]);
    expect((await read(lake.bucket("h", schema, { format: "ipc" }))).rows).toEqual([
      [2024, 1],
      [2025, 2],
    ]);
  });
});

describe("Parquet with a schema", () => {
  it("casts and inserts where `scan` says so, and then is what is declared", async () => {
    lake.write("parquet", "p/1", { id: pl.Series("id", [1], pl.Int32), name: ["a"] });
    lake.write("parquet", "p/2", { id: ids(2) });
    const schema = { id: pl.Int64, name: nullable(pl.String) };
    const scan = { castOptions: { integerCast: "upcast" }, missingColumns: "insert" };
    expect((await read(lake.bucket("p/*.parquet", schema, { scan }))).rows).toEqual([
      [1, "a"],
      [2, null],
    ]);
    expect((await read(lake.bucket("p/2.parquet", schema, { scan }))).rows).toEqual([[2, null]]);
    expect(await refused(lake.bucket("p/*.parquet", schema))).toMatchObject({ code: "SCHEMA_MISMATCH" });
    const narrow = lake.bucket("p/*.parquet", { id: pl.Int16, name: nullable(pl.String) }, { scan });
    expect(await fail(lake.copied(narrow))).toMatchObject({
      code: "SCHEMA_MISMATCH",
      message: expect.stringContaining("can't be read as its `schema` declares: data type mismatch") as string,
    });
  });

  it("has the columns of folders, where they are read", async () => {
    lake.write("parquet", "h/year=2024/a", { id: ids(1) });
    lake.write("parquet", "h/year=2025/b", { id: ids(2), more: [1] });
    const schema = { year: pl.Int64, id: pl.Int64 };
    const folder = lake.bucket("h", schema, { format: "parquet" });
    expect((await read(folder)).rows).toEqual([
      [2024, 1],
      [2025, 2],
    ]);
    expect(await succeed(lake.copied(folder))).toMatchObject({ rows: 2 });
    const glob = lake.bucket("h/**/*.parquet", schema, { scan: { hivePartitioning: true } });
    expect((await read(glob)).rows).toEqual((await read(folder)).rows);
    expect(await refused(lake.bucket("h", { ...schema, year: pl.String }, { format: "parquet" }))).toMatchObject({
      message: "`b/h` has column `year` as Int64, and its `schema` declares String.",
    });
    expect(await refused(lake.bucket("h/**/*.parquet", schema))).toMatchObject({
      message: expect.stringContaining("no column `year`") as string,
    });
    expect(
      await refused(lake.bucket("h/year=2024", { id: pl.Int64, month: pl.Int8 }, { format: "parquet" })),
    ).toMatchObject({
      code: "SCHEMA_MISMATCH",
    });
    expect(
      (await refused(lake.bucket("h", { id: pl.Int64, more: pl.Float64 }, { format: "parquet", strict: true }))).code,
    ).toBe("SCHEMA_MISMATCH");
  });

  it("leaves out hidden files, and does not look at them", async () => {
    lake.write("parquet", "p/1", { id: ids(1) });
    lake.write("parquet", "p/_2", { other: ["x"] });
    const scan = { hiddenFilePrefix: "_" };
    expect((await read(lake.bucket("p", { id: pl.Int64 }, { format: "parquet", scan }))).rows).toEqual([[1]]);
    expect((await refused(lake.bucket("p", { id: pl.Int64 }, { format: "parquet" }))).code).toBe("SCHEMA_MISMATCH");
  });

  it("has nulls counted wherever they are, with and without statistics, and inside of no list", async () => {
    const rows = Array.from({ length: 100_000 }, (_, at) => (at === 99_999 ? null : at));
    const lists = pl.DataFrame({ id: ids(...rows), l: rows.map(() => [null, 1]) });
    for (const statistics of [true, false]) {
      lists.lazy().sinkParquet(lake.path("x.parquet"), { statistics, rowGroupSize: 10_000 }).collectSync();
      const [id, l] = [pl.Int64, pl.List(pl.Float64)];
      expect(await fail(lake.copied(lake.bucket("x.parquet", { id, l })))).toMatchObject({
        message: expect.stringContaining("has a null in column `id`") as string,
      });
      expect(await succeed(lake.copied(lake.bucket("x.parquet", { id: nullable(id), l })))).toMatchObject({
        rows: 100_000,
      });
    }
  });

  it("may have hundreds of columns", async () => {
    const wide = Array.from({ length: 150 }, (_, at) => `c${at}`);
    lake.write("parquet", "x", Object.fromEntries(wide.map((name) => [name, [1, name === "c140" ? null : 2]])));
    const schema = Object.fromEntries(wide.map((name) => [name, pl.Float64]));
    expect((await fail(lake.copied(lake.bucket("x.parquet", schema)))).details["columns"]).toEqual([
      { column: "c140", nulls: 1 },
    ]);
  });
});
