import pl from "nodejs-polars";
import { describe, expect, expectTypeOf, it } from "vitest";
import { checkFormatOptions } from "./format.ts";
import type { ParquetScanOptions, ParquetSinkOptions } from "./parquet.ts";

const scan = (options: object) => checkFormatOptions("parquet", "scan", options, "Bucket `lake/x.parquet`");
const sink = (options: object) => checkFormatOptions("parquet", "sink", options, "Bucket `lake/x.parquet`");
const invalid = (message?: string) =>
  expect.objectContaining({ code: "OPTION_INVALID", message: expect.stringContaining(message ?? "") });

describe("options of reading Parquet", () => {
  it("are taken as they are when all is well", () => {
    const options: ParquetScanOptions = {
      nRows: 10,
      rowIndexName: "i",
      rowIndexOffset: 5,
      includeFilePaths: "file",
      parallel: "prefiltered",
      useStatistics: false,
      hivePartitioning: true,
      tryParseHiveDates: false,
      hiddenFilePrefix: ["_", "."],
      missingColumns: "insert",
      extraColumns: "ignore",
      castOptions: { integerCast: ["upcast", "allow-float"], floatCast: "upcast", categoricalToString: "allow" },
    };
    expect(scan(options)).toEqual(options);
  });

  it.each([
    { parallel: "rows" },
    { useStatistics: 1 },
    { hivePartitioning: "yes" },
    { hiddenFilePrefix: "" },
    { hiddenFilePrefix: [] },
    { hiddenFilePrefix: ["_", ""] },
    { missingColumns: "null" },
    { extraColumns: true },
    { castOptions: "upcast" },
    { castOptions: [] },
    { schema: [] },
    { schema: null },
  ])("are refused for %j", (options) => {
    expect(() => scan(options)).toThrow(invalid());
  });

  it.each(["columns", "row_groups"])("have no strategy %s, which is the same as none in this engine", (parallel) => {
    expect(() => scan({ parallel })).toThrow(invalid("must be one of `auto`, `prefiltered` or `none`"));
  });

  it("are checked inside castOptions, with a suggestion", () => {
    expect(() => scan({ castOptions: { integerKast: "upcast" } })).toThrow(
      expect.objectContaining({
        code: "OPTION_UNKNOWN",
        message: "Bucket `lake/x.parquet` (scan): option `castOptions` has no option `integerKast`.",
        hint: expect.stringContaining("Did you mean `integerCast`?"),
      }),
    );
    for (const castOptions of [
      { integerCast: "downcast" },
      { integerCast: [] },
      { integerCast: ["forbid", "upcast"] },
      { floatCast: "allow-float" },
      { datetimeCast: "nanosecond" },
      { missingStructFields: "ignore" },
      { extraStructFields: "insert" },
      { categoricalToString: true },
    ]) {
      expect(() => scan({ castOptions })).toThrow(invalid("option `castOptions`"));
    }
  });

  it("say nothing of hive columns where there are none", () => {
    expect(() => scan({ hivePartitioning: false, hiveSchema: { year: pl.Int32 } })).toThrow(
      invalid("option `hiveSchema` has no meaning without `hivePartitioning`"),
    );
    expect(() => scan({ hivePartitioning: false, tryParseHiveDates: true })).toThrow(invalid("`tryParseHiveDates`"));
    expect(scan({ hivePartitioning: false })).toEqual({ hivePartitioning: false });
    expect(() => scan({ hiveSchema: { year: pl.List(pl.Int8) } })).toThrow(
      invalid("the name of a folder can't be read as"),
    );
  });

  it("keep to their types", () => {
    expectTypeOf<{ schema: { a: typeof pl.Int64 } }>().toExtend<ParquetScanOptions>();
    expectTypeOf<{ parallel: "columns" }>().not.toExtend<ParquetScanOptions>();
    expectTypeOf<{ castOptions: { integerCast: "downcast" } }>().not.toExtend<ParquetScanOptions>();
  });
});

describe("options of writing Parquet", () => {
  it("are taken as they are when all is well", () => {
    const options: ParquetSinkOptions = {
      compression: "zstd",
      compressionLevel: 7,
      statistics: { min: true, max: true, nullCount: true },
      rowGroupSize: 1000,
      dataPagesizeLimit: 65_536,
      maintainOrder: false,
    };
    expect(sink(options)).toEqual(options);
    expect(sink({ statistics: false })).toEqual({ statistics: false });
    expect(sink({ compressionLevel: 3 })).toEqual({ compressionLevel: 3 });
  });

  it.each([
    { compression: "lzo" },
    { compression: "gz" },
    { compression: "zstd", compressionLevel: 0 },
    { compression: "zstd", compressionLevel: 23 },
    { compressionLevel: 23 },
    { compression: "gzip", compressionLevel: 10 },
    { compression: "brotli", compressionLevel: 12 },
    { compression: "lz4", compressionLevel: 3 },
    { compression: "snappy", compressionLevel: 3 },
    { compression: "uncompressed", compressionLevel: 3 },
    { rowGroupSize: 0 },
    { rowGroupSize: -1 },
    { rowGroupSize: 2 ** 32 },
    { rowGroupSize: 1.5 },
    { dataPagesizeLimit: 0 },
    { dataPagesizeLimit: 2 ** 31 },
    { maintainOrder: "yes" },
    { statistics: "full" },
    { statistics: { min: 1 } },
  ])("are refused for %j", (options) => {
    expect(() => sink(options)).toThrow(invalid());
  });

  it("name the range of the codec", () => {
    expect(() => sink({ compression: "brotli", compressionLevel: 12 })).toThrow(
      invalid("option `compressionLevel` must be a whole number from 0 to 11 for `brotli`, not 12."),
    );
  });

  it("are checked inside statistics", () => {
    expect(() => sink({ statistics: { minimum: true } })).toThrow(expect.objectContaining({ code: "OPTION_UNKNOWN" }));
    expect(() => sink({ statistics: { distinctCount: true } })).toThrow(
      expect.objectContaining({ code: "OPTION_UNKNOWN" }),
    );
    expect(() => sink({ statistics: { min: true } })).toThrow(invalid("can't have `min` without `max`"));
    expect(() => sink({ statistics: { max: true, nullCount: false } })).toThrow(
      invalid("can't have `max` without `nullCount`"),
    );
    expect(sink({ statistics: { max: true } })).toEqual({ statistics: { max: true } });
  });

  it("keep to their types", () => {
    expectTypeOf<{ statistics: { min: true; max: true } }>().toExtend<ParquetSinkOptions>();
    expectTypeOf<{ compression: "lzo" }>().not.toExtend<ParquetSinkOptions>();
  });
});
