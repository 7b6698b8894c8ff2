import {
  type Bucket,
  type FormatName,
  formats,
  type LazyFrame,
  nullable,
  Pipeline,
  type SchemaColumns,
} from "@glacier/core";
import pl from "nodejs-polars";
import { beforeEach, describe, expect, it } from "vitest";
import { type ContractLake, ids, makeContractLake, pattern, read, refused } from "../../test/contract.ts";
import { fail, succeed } from "../../test/lake.ts";

const names = Object.keys(formats) as FormatName[];

let lake: ContractLake;
beforeEach(() => {
  lake = makeContractLake();
  return () => lake.remove();
});

describe.each(names)("a source with a schema, in %s", (format) => {
  const columns = { id: pl.Int64, name: pl.String };

  it("gives the declared columns, in the declared order, and leaves out others", async () => {
    const path = lake.write(format, "x", { more: [true, false], name: ["a", "b"], id: ids(1, 2) });
    const expected = { columns: ["id", "name"], types: ["DataType(Int64)", "DataType(String)"] };
    expect(await read(lake.bucket(path, columns))).toEqual({
      ...expected,
      rows: [
        [1, "a"],
        [2, "b"],
      ],
    });
    expect(await succeed(lake.copied(lake.bucket(path, columns)))).toMatchObject({
      rows: 2,
      columns: [
        { name: "id", type: "Int64" },
        { name: "name", type: "String" },
      ],
    });
    expect((await lake.bucket(path, columns).preview(1)).rows()).toEqual([[1, "a"]]);
  });

  it("is refused where it lacks a column, with all that is wrong and what may be meant", async () => {
    const path = lake.write(format, "x", { ids: ids(1), name: ["a"] });
    const error = await fail(lake.copied(lake.bucket(path, { id: pl.Int64, name: pl.String, at: pl.Date })));
    expect(error).toMatchObject({
      code: "SCHEMA_MISMATCH",
      message: `\`b/${path}\` has no column \`id\`, which its \`schema\` declares. 1 more column differs.`,
      hint: "Did you mean `ids`? There are `ids` and `name`.",
      details: {
        provider: "local",
        bucket: "b",
        path,
        differences: [
          { column: "id", declared: "Int64" },
          { column: "at", declared: "Date" },
        ],
      },
    });
    expect((await refused(lake.bucket(path, columns))).code).toBe("SCHEMA_MISMATCH");
  });

  it("is refused with `strict`, where it has a column that is not declared", async () => {
    const path = lake.write(format, "x", { id: ids(1), name: ["a"], more: [true] });
    expect(await refused(lake.bucket(path, columns, { strict: true }))).toMatchObject({
      code: "SCHEMA_MISMATCH",
      message: `\`b/${path}\` has a column \`more\`, which its \`schema\` does not declare.`,
      hint: expect.stringContaining("`strict`") as string,
    });
    const exact = lake.bucket(path, { ...columns, more: pl.Bool }, { strict: true });
    expect((await read(exact)).columns).toEqual(["id", "name", "more"]);
  });

  it("is refused where a column has nulls that may have none, before the target is replaced", async () => {
    const path = lake.write(format, "x", { id: ids(1, null, null), name: ["a", "b", null], note: [null, "x", null] });
    const source = lake.bucket(path, { ...columns, note: nullable(pl.String) });
    lake.put("out.parquet", "what was there before");
    expect(await fail(lake.copied(source))).toMatchObject({
      code: "NULL_NOT_ALLOWED",
      message: `\`b/${path}\` has 2 nulls in column \`id\`, which its \`schema\` does not allow. 1 more column has nulls, too.`,
      hint: expect.stringContaining("nullable(…)") as string,
      details: {
        path,
        columns: [
          { column: "id", nulls: 2 },
          { column: "name", nulls: 1 },
        ],
      },
    });
    expect(lake.bytes("out.parquet")?.toString()).toBe("what was there before");
    expect(lake.staged()).toEqual([]);
    // The task need not look at that column.
    const other = source
      .transform(lake.here.task("notes", (df) => df.select("note")))
      .to(lake.provider.bucket("b", "out.parquet"));
    expect(await fail(other)).toMatchObject({ code: "NULL_NOT_ALLOWED" });
    const nulls = lake.bucket(path, { id: nullable(pl.Int64), name: nullable(pl.String) });
    expect(await succeed(lake.copied(nulls))).toMatchObject({ rows: 3 });
  });

  it("is not looked through for nulls, when it is only shown", async () => {
    const path = lake.write(format, "x", { id: ids(1, null), name: ["a", "b"] });
    expect((await read(lake.bucket(path, columns))).rows).toEqual([
      [1, "a"],
      [null, "b"],
    ]);
  });

  it("may have columns of any name", async () => {
    // In the header of a CSV file, Polars leaves doubled quotes as they are.
    const odd = ["*", "^a.*$", "a", "a b", "q'", "über", "1", ...(format === "csv" ? [] : ['q"'])];
    const path = lake.write(format, "x", Object.fromEntries(odd.map((name) => [name, [name, "x"]])));
    const schema = Object.fromEntries(odd.toReversed().map((name) => [name, pl.String]));
    const source = lake.bucket(path, schema);
    const { columns: found, rows } = await read(source);
    expect(found).toEqual(Object.keys(schema));
    expect(rows[0]).toEqual(found);
    expect(await succeed(lake.copied(source))).toMatchObject({ rows: 2 });
  });

  it("may have no rows", async () => {
    const path = lake.write(format, "x", { id: ids(), name: pl.Series("name", [], pl.String) });
    const source = lake.bucket(path, { id: pl.Int64, name: pl.String });
    expect(await read(source)).toEqual({
      columns: ["id", "name"],
      types: ["DataType(Int64)", "DataType(String)"],
      rows: [],
    });
    expect(await succeed(lake.copied(source))).toMatchObject({ rows: 0 });
  });

  it("may have several files, of which some have more columns, or others in another order", async () => {
    lake.write(format, "p/1", { id: ids(1), name: ["a"], more: [1] });
    lake.write(format, "p/2", { name: ["b"], id: ids(2) });
    lake.write(format, "p/3", { id: ids(3), other: ["x"], name: ["c"] });
    for (const path of [`p/${pattern(format)}`, "p"]) {
      const source = lake.bucket(path, columns, { format });
      expect((await read(source)).rows).toEqual([
        [1, "a"],
        [2, "b"],
        [3, "c"],
      ]);
      expect(await succeed(lake.copied(source))).toMatchObject({
        rows: 3,
        columns: [{ name: "id" }, { name: "name" }],
      });
      const limited = lake.bucket(
        path,
        { at: pl.UInt32, ...columns },
        { format, scan: { nRows: 2, rowIndexName: "at", rowIndexOffset: 5 } },
      );
      expect((await read(limited)).rows).toEqual([
        [5, 1, "a"],
        [6, 2, "b"],
      ]);
    }
    expect(await refused(lake.bucket(`p/${pattern(format)}`, columns, { strict: true }))).toMatchObject({
      code: "SCHEMA_MISMATCH",
      message: `\`b/p/1${formats[format].extensions[0]}\` (of \`b/p/${pattern(format)}\`) has a column \`more\`, which its \`schema\` does not declare.`,
    });
  });

  it("is refused where one of several files lacks a column", async () => {
    lake.write(format, "p/1", { id: ids(1), name: ["a"] });
    lake.write(format, "p/2", { id: ids(2), nam: ["b"] });
    expect(await fail(lake.copied(lake.bucket(`p/${pattern(format)}`, columns)))).toMatchObject({
      code: "SCHEMA_MISMATCH",
      message: expect.stringContaining(`/2${formats[format].extensions[0]}\` (of`) as string,
      hint: expect.stringContaining("Did you mean `nam`?") as string,
    });
  });

  it("is one source with the same schema twice, and not with another: Polars would read both in one way", () => {
    const path = `x${formats[format].extensions[0]}`;
    const join = lake.here.task({ name: "join", sources: ["a", "b"] }, ({ a, b }) => a.join(b, { on: "id" }));
    const twice = (other: SchemaColumns): unknown =>
      new Pipeline({ a: lake.bucket(path, columns), b: lake.bucket(path, other) }).transform(join);
    expect(() => twice({ id: pl.Int64, name: nullable(pl.String) })).not.toThrow();
    expect(() => twice({ id: pl.Int32, name: pl.String })).toThrow("read with different options");
    expect(() =>
      new Pipeline({ a: lake.bucket(path, columns), b: lake.provider.bucket("b", path) }).transform(join),
    ).toThrow("read with different options");
  });
});

describe("a bucket between two steps", () => {
  it("is compared with its schema by both", async () => {
    const path = lake.write("parquet", "x", { id: ids(1, null) });
    const task = lake.here.task("again", (df: LazyFrame) => df);
    const chain = (middle: Bucket): Bucket =>
      lake.provider
        .bucket("b", path)
        .transform(lake.here.task("first", (df) => df))
        .to(middle)
        .transform(task)
        .to(lake.provider.bucket("b", "end.csv"));
    expect(await succeed(chain(lake.bucket("middle.parquet", { id: nullable(pl.Int64) })))).toMatchObject({ rows: 2 });
    expect(await fail(chain(lake.bucket("middle.parquet", { id: pl.Int64 })))).toMatchObject({
      code: "NULL_NOT_ALLOWED",
      details: { step: "first" },
    });
  });
});
