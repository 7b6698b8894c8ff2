import { describe, expect, expectTypeOf, it } from "vitest";
import {
  checkFormatOptions,
  type CheckedOptions,
  type FormatName,
  type FormatOfPath,
  formatOfPath,
  formats,
  type ScanOptions,
  type SinkOptions,
} from "./format.ts";
import type { CsvScanOptions } from "./csv.ts";
import type { ParquetSinkOptions } from "./parquet.ts";

const names: readonly FormatName[] = ["parquet", "csv", "ndjson", "ipc"];

describe("formatOfPath", () => {
  it.each([
    ["raw/orders.parquet", "parquet"],
    ["orders.pq", "parquet"],
    ["raw/*.csv", "csv"],
    ["raw/**/[ab]?.csv", "csv"],
    ["orders.csv.gz", "csv"],
    ["orders.csv.zst", "csv"],
    ["events.ndjson", "ndjson"],
    ["events.jsonl", "ndjson"],
    ["events.jsonl.gz", "ndjson"],
    ["table.arrow", "ipc"],
    ["table.ipc", "ipc"],
    ["table.feather", "ipc"],
    ["RAW/Orders.CSV", "csv"],
    ["orders.parquet/", "parquet"],
  ] as const)("takes %s for %s", (path, format) => {
    expect(formatOfPath(path)).toBe(format);
  });

  it.each(["orders", "orders.txt", "orders.tsv", "orders.parquet.gz", "orders.gz", "raw.csv/orders", "orderscsv", ""])(
    "knows no format for %j",
    (path) => {
      expect(formatOfPath(path)).toBeUndefined();
    },
  );

  it("is known to the compiler for literal paths", () => {
    expectTypeOf<FormatOfPath<"raw/orders.parquet">>().toEqualTypeOf<"parquet">();
    expectTypeOf<FormatOfPath<"raw/*.csv">>().toEqualTypeOf<"csv">();
    expectTypeOf<FormatOfPath<"RAW/Orders.CSV">>().toEqualTypeOf<"csv">();
    expectTypeOf<FormatOfPath<"orders.csv.gz">>().toEqualTypeOf<"csv">();
    expectTypeOf<FormatOfPath<"events.jsonl.zst">>().toEqualTypeOf<"ndjson">();
    expectTypeOf<FormatOfPath<"table.feather">>().toEqualTypeOf<"ipc">();
    expectTypeOf<FormatOfPath<"orders.parquet/">>().toEqualTypeOf<"parquet">();
    expectTypeOf<FormatOfPath<`${string}.csv`>>().toEqualTypeOf<"csv">();
    expectTypeOf<FormatOfPath<"a.csv" | "b.pq">>().toEqualTypeOf<"csv" | "parquet">();
  });

  it("is any format to the compiler where the path is not known or its ending means none", () => {
    expectTypeOf<FormatOfPath<string>>().toEqualTypeOf<FormatName>();
    expectTypeOf<FormatOfPath<"raw/orders">>().toEqualTypeOf<FormatName>();
    expectTypeOf<FormatOfPath<`raw/${string}`>>().toEqualTypeOf<FormatName>();
  });
});

describe("formats", () => {
  it("has every format under its own name, and no ending twice", () => {
    expect(Object.keys(formats)).toEqual(names);
    for (const [name, spec] of Object.entries(formats)) expect(spec.name).toBe(name);
    const endings = Object.values(formats).flatMap(({ extensions }) => extensions);
    expect(new Set(endings).size).toBe(endings.length);
  });
});

describe("checkFormatOptions", () => {
  it("has a type for each format and face", () => {
    expectTypeOf(checkFormatOptions("csv", "scan", {}, "x")).toEqualTypeOf<CheckedOptions<CsvScanOptions>>();
    expectTypeOf(checkFormatOptions("parquet", "sink", {}, "x")).toEqualTypeOf<CheckedOptions<ParquetSinkOptions>>();
    expectTypeOf<ScanOptions<"csv">>().toEqualTypeOf<CsvScanOptions>();
    expectTypeOf<SinkOptions<"parquet">["compression"]>().toExtend<string | undefined>();
    expectTypeOf<{ separator: ";" }>().not.toExtend<ScanOptions<"parquet">>();
  });

  it("can be kept as plain data whatever the format is", () => {
    const format = formatOfPath("a.csv") as FormatName;
    const kept: Readonly<Record<string, unknown>> = checkFormatOptions(format, "scan", {}, "x");
    expect(kept).toEqual({});
  });

  it.each(names)("gives a frozen copy for %s", (format) => {
    const given = { nRows: 5, rowIndexName: undefined };
    const checked = checkFormatOptions(format, "scan", given, "Bucket `lake/x`");
    expect(checked).toEqual({ nRows: 5 });
    expect(checked).not.toBe(given);
    expect(Object.isFrozen(checked)).toBe(true);
    expect(Object.isFrozen(given)).toBe(false);
    expect(Object.isFrozen(checkFormatOptions(format, "sink", {}, "x"))).toBe(true);
  });

  it("freezes what is inside, and leaves what was given as it was", () => {
    const given = { nullValues: { a: "-" }, schemaOverrides: { a: { variant: "List", inner: [{ variant: "Int8" }] } } };
    const { nullValues } = checkFormatOptions("csv", "scan", { nullValues: given.nullValues }, "x");
    expect(nullValues).toEqual({ a: "-" });
    expect(Object.isFrozen(nullValues)).toBe(true);
    expect(Object.isFrozen(given.nullValues)).toBe(false);
    const hidden = ["_", "."];
    expect(
      Object.isFrozen(checkFormatOptions("parquet", "scan", { hiddenFilePrefix: hidden }, "x").hiddenFilePrefix),
    ).toBe(true);
    expect(Object.isFrozen(hidden)).toBe(false);
  });

  it("refuses what does not exist, with a suggestion and the face", () => {
    expect(() => checkFormatOptions("csv", "scan", { separatr: ";" }, "Bucket `lake/x.csv`")).toThrow(
      expect.objectContaining({
        code: "OPTION_UNKNOWN",
        message: "Bucket `lake/x.csv` (scan) has no option `separatr`.",
        hint: expect.stringContaining("Did you mean `separator`?"),
      }),
    );
  });

  it("says where an option belongs that the other face has", () => {
    expect(() => checkFormatOptions("csv", "scan", { includeHeader: false }, "x")).toThrow(
      expect.objectContaining({ code: "OPTION_UNKNOWN", hint: "It is an option of `sink`." }),
    );
    expect(() => checkFormatOptions("parquet", "sink", { nRows: 1 }, "x")).toThrow(
      expect.objectContaining({ code: "OPTION_UNKNOWN", hint: "It is an option of `scan`." }),
    );
  });

  it.each([
    ["sep", "separator"],
    ["overwriteDtype", "schemaOverrides"],
    ["dtypes", "schemaOverrides"],
    ["tryParseDates", "parseDates"],
  ])("says what Polars' option %s is called here", (name, ours) => {
    expect(() => checkFormatOptions("csv", "scan", { [name]: ";" }, "x")).toThrow(
      expect.objectContaining({ code: "OPTION_UNKNOWN", hint: `It is called \`${ours}\` here.` }),
    );
  });

  it.each(["cloudOptions", "glob", "mkdir", "syncOnClose", "checkExtension", "nThreads"])(
    "refuses %s, which Glacier sets itself, and says so",
    (name) => {
      for (const face of ["scan", "sink"] as const) {
        expect(() => checkFormatOptions("csv", face, { [name]: true }, "x")).toThrow(
          expect.objectContaining({ code: "OPTION_UNKNOWN", hint: expect.not.stringContaining("It takes") }),
        );
      }
    },
  );

  it.each(["cache", "rechunk", "lowMemory"])("refuses %s, which Polars takes and ignores", (name) => {
    for (const format of names) {
      expect(() => checkFormatOptions(format, "scan", { [name]: true }, "x")).toThrow(
        expect.objectContaining({ code: "OPTION_UNKNOWN" }),
      );
    }
  });

  it.each([null, undefined, "x", 3, []])("refuses %j for options", (options) => {
    expect(() => checkFormatOptions("csv", "scan", options, "x")).toThrow(
      expect.objectContaining({ code: "ARGUMENT_INVALID" }),
    );
  });
});

describe("row options of every format", () => {
  it.each(names)("are checked for %s", (format) => {
    const check = (options: object) => checkFormatOptions(format, "scan", options, "x");
    expect(check({ nRows: 0, rowIndexName: "i", rowIndexOffset: 2 ** 31 })).toEqual({
      nRows: 0,
      rowIndexName: "i",
      rowIndexOffset: 2 ** 31,
    });
    for (const options of [
      { nRows: -1 },
      { nRows: 1.5 },
      { nRows: 2 ** 32 },
      { nRows: "2" },
      { nRows: null },
      { rowIndexName: "" },
      { rowIndexName: "i", rowIndexOffset: -1 },
      { rowIndexName: "i", rowIndexOffset: 2 ** 31 + 1 },
    ]) {
      expect(() => check(options)).toThrow(expect.objectContaining({ code: "OPTION_INVALID" }));
    }
    expect(() => check({ rowIndexOffset: 5 })).toThrow(
      expect.objectContaining({
        code: "OPTION_INVALID",
        message: "x (scan): option `rowIndexOffset` needs `rowIndexName`.",
      }),
    );
  });

  it.each(["parquet", "csv", "ndjson"] as const)("can't name two columns alike for %s", (format) => {
    expect(() => checkFormatOptions(format, "scan", { includeFilePaths: "p", rowIndexName: "p" }, "x")).toThrow(
      expect.objectContaining({ code: "OPTION_INVALID", message: expect.stringContaining("two columns the name `p`") }),
    );
  });
});

describe("compression of text", () => {
  describe.each(["csv", "ndjson"] as const)("%s", (format) => {
    const check = (options: object, path?: string) => checkFormatOptions(format, "sink", options, "x", path);

    it("has levels in the range of its codec", () => {
      expect(check({ compression: "gzip", compressionLevel: 0 })).toEqual({ compression: "gzip", compressionLevel: 0 });
      expect(check({ compression: "zstd", compressionLevel: 22 })).toEqual({
        compression: "zstd",
        compressionLevel: 22,
      });
      for (const options of [
        { compression: "gzip", compressionLevel: 10 },
        { compression: "zstd", compressionLevel: 0 },
        { compression: "gzip", compressionLevel: 1.5 },
        { compression: "zstd", compressionLevel: 23 },
        { compression: "zstd", compressionLevel: -5 },
        { compression: "lz4" },
      ]) {
        expect(() => check(options)).toThrow(expect.objectContaining({ code: "OPTION_INVALID" }));
      }
    });

    it("has no level without a codec", () => {
      for (const options of [{ compressionLevel: 5 }, { compression: "uncompressed", compressionLevel: 5 }]) {
        expect(() => check(options)).toThrow(
          expect.objectContaining({
            code: "OPTION_INVALID",
            message: "x (sink): option `compressionLevel` has no meaning for `uncompressed`.",
            hint: "Leave it out, or set `compression` to `gzip` or `zstd`.",
          }),
        );
      }
    });

    it("follows the ending of the path", () => {
      expect(check({}, `a.${format}`)).toEqual({});
      expect(check({}, `a.${format}.gz`)).toEqual({ compression: "gzip" });
      expect(check({}, `A.${format}.ZST`)).toEqual({ compression: "zstd" });
      expect(check({ compressionLevel: 9 }, `a.${format}.gz`)).toEqual({ compression: "gzip", compressionLevel: 9 });
      expect(check({ compression: "gzip" }, "staged")).toEqual({ compression: "gzip" });
    });

    it("can't be another than the path says", () => {
      expect(() => check({ compression: "uncompressed" }, `a.${format}.gz`)).toThrow(
        expect.objectContaining({
          code: "OPTION_INVALID",
          message: "x (sink): option `compression` is `uncompressed`, and the path ends with `.gz`.",
        }),
      );
      expect(() => check({ compression: "zstd" }, `a.${format}`)).toThrow(
        expect.objectContaining({
          code: "OPTION_INVALID",
          message: "x (sink): option `compression` is `zstd`, and the path does not end with `.zst`.",
        }),
      );
    });
  });
});
