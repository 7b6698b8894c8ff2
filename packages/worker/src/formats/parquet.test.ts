import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { checkFormatOptions, type LazyFrame, type ParquetScanOptions, type ParquetSinkOptions } from "@glacier/core";
import pl, { type DataType } from "nodejs-polars";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { formatAdapters } from "./format.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "glacier-parquet-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const { parquet } = formatAdapters;
const scan = (path: string, options: ParquetScanOptions = {}, glob = false): LazyFrame =>
  parquet.scan(pl, { uri: join(folder, path), glob }, checkFormatOptions("parquet", "scan", options, "Test"));
const read = (path: string, options: ParquetScanOptions = {}, glob = false): ReturnType<LazyFrame["collectSync"]> =>
  scan(path, options, glob).collectSync();
const write = (frame: LazyFrame, path: string, options: ParquetSinkOptions = {}): Buffer => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  parquet
    .sink(frame, { uri: join(folder, path) }, checkFormatOptions("parquet", "sink", options, "Test"))
    .collectSync();
  return readFileSync(join(folder, path));
};

const ints = (name: string, values: readonly number[], type: DataType = pl.Int64) => pl.Series(name, [...values], type);
const small = () => pl.DataFrame({ a: ints("a", [1, 2, 3]), b: ["x", "y", "z"] }).lazy();
const rows = (count: number) =>
  pl
    .DataFrame({
      a: ints(
        "a",
        Array.from({ length: count }, (_, i) => i),
      ),
      b: Array.from({ length: count }, (_, i) => (i % 3 === 0 ? null : `v${i % 7}`)),
    })
    .lazy();

describe("reading Parquet", () => {
  beforeAll(() => {
    write(small(), "small");
    write(pl.DataFrame({ a: ints("a", [4]) }).lazy(), "part/1.parquet");
    write(pl.DataFrame({ a: ints("a", [5]), c: ["c"] }).lazy(), "part/2.parquet");
    write(pl.DataFrame({ a: ints("a", [6], pl.Int32) }).lazy(), "part/3.parquet");
    write(small(), "hive/day=2024-01-02/n=7/1.parquet");
  });

  it("reads the first rows with nRows, over all files together", () => {
    expect(read("small", { nRows: 2 }).height).toBe(2);
    expect(read("part/[12].parquet", { nRows: 1, extraColumns: "ignore" }, true).height).toBe(1);
    expect(read("small", { nRows: 0 }).columns).toEqual(["a", "b"]);
  });

  it("numbers rows with rowIndexName, from rowIndexOffset", () => {
    expect(read("small", { rowIndexName: "i", rowIndexOffset: 2 ** 31 }).toRecords()[2]).toEqual({
      i: 2 ** 31 + 2,
      a: 3,
      b: "z",
    });
  });

  it("names the file with includeFilePaths", () => {
    expect(read("small", { includeFilePaths: "file" }).getColumn("file").toArray()[0]).toBe(join(folder, "small"));
  });

  it.each(["auto", "prefiltered", "none"] as const)("gives the same rows with parallel: %s", (parallel) => {
    expect(
      scan("small", { parallel })
        .filter(pl.col("b").eq(pl.lit("y")))
        .collectSync()
        .toRecords(),
    ).toEqual([{ a: 2, b: "y" }]);
  });

  it("skips by the statistics unless useStatistics is false", () => {
    const file = write(rows(2000), "damaged", { rowGroupSize: 1000 });
    // Damages the first row group, which the filter makes needless.
    writeFileSync(join(folder, "damaged"), file.fill(0, 4, 60));
    const last = (options: ParquetScanOptions) =>
      scan("damaged", options)
        .filter(pl.col("a").gt(pl.lit(1998).cast(pl.Int64)))
        .collectSync();
    expect(last({}).toRecords()).toEqual([{ a: 1999, b: "v4" }]);
    expect(() => last({ useStatistics: false })).toThrow(/out of specification/);
  });

  it("makes columns of the folders of a directory, unless hivePartitioning is false", () => {
    expect(read("hive/").columns).toEqual(["a", "b", "day", "n"]);
    expect(read("hive").columns).toEqual(["a", "b", "day", "n"]);
    expect(read("hive/", { hivePartitioning: false }).columns).toEqual(["a", "b"]);
    expect(read("hive/**/*.parquet", {}, true).columns).toEqual(["a", "b"]);
    expect(read("hive/**/*.parquet", { hivePartitioning: true }, true).columns).toEqual(["a", "b", "day", "n"]);
    expect(read("hive/day=2024-01-02/n=7/1.parquet").columns).toEqual(["a", "b"]);
  });

  it("gives those columns their types by value, by hiveSchema, or as text without tryParseHiveDates", () => {
    const types = (options: ParquetScanOptions) => read("hive/", options).dtypes.slice(2).map(String);
    expect(types({})).toEqual(["DataType(Date)", "DataType(Int64)"]);
    expect(types({ tryParseHiveDates: false })).toEqual(["DataType(String)", "DataType(Int64)"]);
    expect(types({ hiveSchema: { day: pl.String, n: pl.Int8 } })).toEqual(["DataType(String)", "DataType(Int8)"]);
  });

  it("leaves out files by their names with hiddenFilePrefix", () => {
    for (const name of ["1", "_2", ".3"]) write(small(), `hidden/${name}.parquet`);
    expect(read("hidden/").height).toBe(9);
    expect(read("hidden/", { hiddenFilePrefix: "_" }).height).toBe(6);
    expect(read("hidden/*.parquet", { hiddenFilePrefix: ["_", "."] }, true).height).toBe(3);
  });

  it("takes the columns of schema, with missingColumns and extraColumns", () => {
    const schema = { b: pl.String, a: pl.Int64 };
    expect(read("small", { schema }).columns).toEqual(["b", "a"]);
    expect(() => read("small", { schema: { a: pl.Int64 } })).toThrow(/extra column in file/);
    expect(read("small", { schema: { a: pl.Int64 }, extraColumns: "ignore" }).columns).toEqual(["a"]);
    expect(() => read("small", { schema: { ...schema, n: pl.Bool } })).toThrow(/did not find column n/);
    expect(read("small", { schema: { ...schema, n: pl.Bool }, missingColumns: "insert" }).toRecords()[0]).toEqual({
      b: "x",
      a: 1,
      n: null,
    });
  });

  it("takes files with other columns and types as castOptions allow", () => {
    expect(() => read("part/[13].parquet", {}, true)).toThrow(/data type mismatch for column a/);
    expect(
      read("part/[13].parquet", { castOptions: { integerCast: "upcast" } }, true)
        .getColumn("a")
        .toArray(),
    ).toEqual([4, 6]);
    const floats: ParquetScanOptions = {
      schema: { a: pl.Float64 },
      castOptions: { integerCast: ["upcast", "allow-float"] },
    };
    expect(String(read("part/1.parquet", floats).dtypes[0])).toBe("DataType(Float64)");
  });

  it.each([
    ["floatCast", pl.Float64, pl.Float32, "downcast"],
    ["floatCast", pl.Float32, pl.Float64, "upcast"],
    ["datetimeCast", pl.Datetime("ns"), pl.Datetime("us"), "nanosecond-downcast"],
    ["datetimeCast", pl.Datetime("us"), pl.Datetime("ms"), "microsecond-downcast"],
    ["datetimeCast", pl.Datetime("ns"), pl.Datetime("ms"), "downcast"],
    ["datetimeCast", pl.Datetime("us", "UTC"), pl.Datetime("us", "Europe/Vienna"), "convert-timezone"],
    ["categoricalToString", pl.Categorical, pl.String, "allow"],
    ["missingStructFields", pl.Struct({ x: pl.Int64 }), pl.Struct({ x: pl.Int64, y: pl.Int64 }), "insert"],
    ["extraStructFields", pl.Struct({ x: pl.Int64, y: pl.Int64 }), pl.Struct({ x: pl.Int64 }), "ignore"],
  ])("reads with castOptions.%s %s as %s", (option, from, to, value) => {
    write(small().select(pl.lit(null).cast(from).as("v")), "cast");
    const schema = { v: to };
    expect(() => read("cast", { schema })).toThrow(/data type mismatch for column v/);
    expect(String(read("cast", { schema, castOptions: { [option]: value } }).dtypes[0])).toBe(String(to));
  });
});

describe("writing Parquet", () => {
  // Numbers of the codecs: https://github.com/apache/parquet-format, CompressionCodec
  it.each([
    [{}, 6],
    [{ compression: "uncompressed" }, 0],
    [{ compression: "snappy" }, 1],
    [{ compression: "gzip" }, 2],
    [{ compression: "brotli" }, 4],
    [{ compression: "lz4" }, 7],
    [{ compression: "zstd" }, 6],
  ] as const)("compresses with %j", (options, codec) => {
    expect(footer(write(rows(2000), "codec", options)).columns[0]?.codec).toBe(codec);
    expect(read("codec").height).toBe(2000);
  });

  it("compresses harder with compressionLevel", () => {
    const mixed = () =>
      pl
        .DataFrame({
          a: ints(
            "a",
            Array.from({ length: 50_000 }, (_, i) => (i * 7919) % 10_007),
          ),
        })
        .lazy();
    for (const [compression, low, high] of [
      ["zstd", 1, 22],
      ["gzip", 0, 9],
      ["brotli", 0, 11],
    ] as const) {
      const size = (compressionLevel: number) => write(mixed(), "level", { compression, compressionLevel }).length;
      expect(size(high)).toBeLessThan(size(low));
    }
  });

  it("notes the statistics that are asked for", () => {
    const noted = (options: ParquetSinkOptions) =>
      footer(write(rows(100), "statistics", options)).columns[1]?.statistics;
    expect(noted({})).toEqual({ nullCount: 34, max: "v6", min: "v0" });
    expect(noted({ statistics: true })).toEqual(noted({}));
    expect(noted({ statistics: { min: true, max: true } })).toEqual(noted({}));
    expect(noted({ statistics: { max: true } })).toEqual({ nullCount: 34, max: "v6" });
    expect(noted({ statistics: { nullCount: true } })).toEqual({ nullCount: 34 });
    expect(noted({ statistics: {} })).toBeUndefined();
    expect(noted({ statistics: false })).toBeUndefined();
  });

  it("cuts row groups of rowGroupSize, and pages by dataPagesizeLimit", () => {
    expect(footer(write(rows(2000), "groups")).groups).toEqual([2000]);
    expect(footer(write(rows(2000), "groups", { rowGroupSize: 1000 })).groups).toEqual([1000, 1000]);
    const paged = write(rows(20_000), "pages", { dataPagesizeLimit: 1000, compression: "uncompressed" });
    const whole = write(rows(20_000), "pages", { compression: "uncompressed" });
    expect(paged.length).toBeGreaterThan(whole.length + 1000);
    expect(read("pages").height).toBe(20_000);
  });

  it("takes the largest numbers that the check lets through", () => {
    write(rows(10), "large", { rowGroupSize: 2 ** 32 - 1, dataPagesizeLimit: 2 ** 30 });
    expect(read("large", { nRows: 2 ** 32 - 1 }).height).toBe(10);
  });

  it("keeps the order of rows unless maintainOrder is false", () => {
    const sorted = pl
      .DataFrame({ a: ints("a", [3, 1, 2]) })
      .lazy()
      .sort("a");
    write(sorted, "order");
    expect(read("order").getColumn("a").toArray()).toEqual([1, 2, 3]);
    write(sorted, "order", { maintainOrder: false });
    expect(read("order").getColumn("a").toArray()).toEqual([3, 1, 2]);
  });

  it("keeps every type", () => {
    const frame = small().select(
      pl.lit(-3).cast(pl.Int8).as("i8"),
      pl.lit("1.50").cast(pl.Decimal(10, 2)).as("decimal"),
      pl.lit(1).cast(pl.Int32).cast(pl.Date).as("date"),
      pl.lit(1).cast(pl.Int64).cast(pl.Time).as("time"),
      pl.lit(1).cast(pl.Int64).cast(pl.Datetime("ns", "UTC")).as("datetime"),
      pl.lit(1).cast(pl.Int64).cast(pl.Duration("us")).as("duration"),
      pl.lit("x").cast(pl.Categorical).as("category"),
      pl.lit(null).as("null"),
    );
    write(frame, "types");
    expect(read("types").dtypes.map(String)).toEqual(frame.collectSync().dtypes.map(String));
    expect(statSync(join(folder, "types")).size).toBeGreaterThan(0);
  });
});

interface Footer {
  readonly groups: readonly number[];
  readonly columns: readonly { readonly codec: number; readonly statistics: object | undefined }[];
}

type Fields = Record<number, unknown>;

/** The metadata at the end of a Parquet file: Thrift's compact protocol, as far as Parquet needs it. */
function footer(file: Buffer): Footer {
  let at = file.length - 8 - file.readUInt32LE(file.length - 8);
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = file[at++] as number;
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  const integer = (): number => {
    const value = varint();
    return Number((value >> 1n) ^ -(value & 1n));
  };
  const list = (): unknown[] => {
    const head = file[at++] as number;
    const length = head >> 4 === 15 ? Number(varint()) : head >> 4;
    return Array.from({ length }, () => ((head & 15) <= 2 ? file[at++] : valueOf(head & 15)));
  };
  const struct = (): Fields => {
    const fields: Fields = {};
    for (let id = 0; ;) {
      const head = file[at++] as number;
      if (head === 0) return fields;
      id = head >> 4 === 0 ? integer() : id + (head >> 4);
      fields[id] = valueOf(head & 15);
    }
  };
  const valueOf = (type: number): unknown => {
    if (type <= 2) return type === 1;
    if (type === 3) return file.readInt8(at++);
    if (type <= 6) return integer();
    if (type === 8) {
      const length = Number(varint());
      at += length;
      return file.toString("latin1", at - length, at);
    }
    return type === 12 ? struct() : list();
  };
  const groups = struct()[4] as Fields[];
  const columns = (groups[0] as Fields)[1] as Fields[];
  return {
    groups: groups.map((group) => group[3] as number),
    columns: columns.map((column) => {
      const data = column[3] as Fields;
      const noted = data[12] as Fields | undefined;
      const statistics = noted && {
        nullCount: noted[3],
        ...(5 in noted ? { max: noted[5] } : {}),
        ...(6 in noted ? { min: noted[6] } : {}),
      };
      return { codec: data[4] as number, statistics };
    }),
  };
}
