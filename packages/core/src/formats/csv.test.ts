import pl from "nodejs-polars";
import { describe, expect, expectTypeOf, it } from "vitest";
import type { CsvScanOptions, CsvSinkOptions } from "./csv.ts";
import { checkFormatOptions } from "./format.ts";

const scan = (options: object) => checkFormatOptions("csv", "scan", options, "Bucket `lake/x.csv`");
const sink = (options: object) => checkFormatOptions("csv", "sink", options, "Bucket `lake/x.csv`");
const invalid = (message?: string) =>
  expect.objectContaining({ code: "OPTION_INVALID", message: expect.stringContaining(message ?? "") });

describe("options of reading CSV", () => {
  it("are taken as they are when all is well", () => {
    const options: CsvScanOptions = {
      hasHeader: false,
      separator: "\t",
      quoteChar: "'",
      eolChar: "\r",
      commentPrefix: "//",
      skipRows: 1,
      skipRowsAfterHeader: 2,
      nullValues: ["NA", "-"],
      missingUtf8IsEmptyString: true,
      ignoreErrors: true,
      truncateRaggedLines: true,
      raiseIfEmpty: false,
      encoding: "utf8-lossy",
      decimalComma: true,
      parseDates: true,
      inferSchemaLength: 0,
      missingColumns: "insert",
      nRows: 1,
      rowIndexName: "i",
      includeFilePaths: "p",
    };
    expect(scan(options)).toEqual(options);
    expect(scan({ quoteChar: null, nullValues: { a: "-" } })).toEqual({ quoteChar: null, nullValues: { a: "-" } });
    expect(scan({ skipLines: 1, nullValues: "NA" })).toEqual({ skipLines: 1, nullValues: "NA" });
  });

  it.each([
    { separator: "" },
    { separator: ";;" },
    { separator: "é" },
    { separator: "\n" },
    { separator: 3 },
    { separator: null },
    { quoteChar: "" },
    { quoteChar: "''" },
    { quoteChar: "\r" },
    { eolChar: "\r\n" },
    { eolChar: "" },
    { commentPrefix: "" },
    { commentPrefix: "\n" },
    { skipRows: -1 },
    { skipLines: 2 ** 32 },
    { skipRowsAfterHeader: 1.5 },
    { nullValues: 3 },
    { nullValues: [1] },
    { nullValues: { a: 1 } },
    { nullValues: null },
    { encoding: "latin1" },
    { hasHeader: "no" },
    { inferSchemaLength: null },
    { inferSchemaLength: -1 },
    { inferSchemaLength: 10_000_001 },
    { inferSchemaLength: Number.POSITIVE_INFINITY },
    { missingColumns: "null" },
    { schema: "x" },
  ])("are refused for %j", (options) => {
    expect(() => scan(options)).toThrow(invalid());
  });

  it("can't give one character two meanings", () => {
    expect(() => scan({ separator: '"' })).toThrow(
      invalid('options `separator` and `quoteChar` are the same character, "\\""'),
    );
    expect(() => scan({ separator: ";", quoteChar: ";" })).toThrow(invalid("`separator` and `quoteChar`"));
    expect(() => scan({ eolChar: "," })).toThrow(invalid("`separator` and `eolChar`"));
    expect(() => scan({ eolChar: '"' })).toThrow(invalid("`quoteChar` and `eolChar`"));
    expect(scan({ separator: '"', quoteChar: null })).toEqual({ separator: '"', quoteChar: null });
  });

  it.each([
    ["skipRows", "skipLines", { skipRows: 1, skipLines: 1 }],
    ["schema", "schemaOverrides", { schema: { a: pl.Int8 }, schemaOverrides: { a: pl.Int8 } }],
    ["schema", "inferSchemaLength", { schema: { a: pl.Int8 }, inferSchemaLength: 5 }],
    ["schema", "parseDates", { schema: { a: pl.Int8 }, parseDates: true }],
  ])("can't have %s together with %s, of which Polars would ignore one", (one, other, options) => {
    expect(() => scan(options)).toThrow(invalid(`options \`${one}\` and \`${other}\` can't be used together`));
  });

  it("keep to their types", () => {
    expectTypeOf<{ separator: ";"; schemaOverrides: { a: typeof pl.Int64 } }>().toExtend<CsvScanOptions>();
    expectTypeOf<{ inferSchemaLength: null }>().not.toExtend<CsvScanOptions>();
    expectTypeOf<{ encoding: "latin1" }>().not.toExtend<CsvScanOptions>();
  });
});

describe("options of writing CSV", () => {
  it("are taken as they are when all is well", () => {
    const options: CsvSinkOptions = {
      includeHeader: false,
      includeBom: true,
      separator: ";",
      quoteChar: "'",
      quoteStyle: "non_numeric",
      lineTerminator: "\r\n",
      nullValue: "NA",
      dateFormat: "%d.%m.%Y",
      timeFormat: "%H:%M:%S%.3f",
      datetimeFormat: "%Y-%m-%dT%H:%M:%S%:z",
      floatScientific: false,
      floatPrecision: 2,
      decimalComma: true,
      compression: "gzip",
      compressionLevel: 9,
      maintainOrder: false,
    };
    expect(sink(options)).toEqual(options);
    expect(sink({ nullValue: "" })).toEqual({ nullValue: "" });
  });

  it.each([
    { separator: "" },
    { separator: ";;" },
    { separator: "é" },
    { separator: "." },
    { separator: "-" },
    { separator: ":" },
    { separator: "+" },
    { separator: "1" },
    { separator: "e" },
    { separator: "\n" },
    { quoteChar: "" },
    { quoteChar: "ab" },
    { quoteChar: "1" },
    { quoteChar: null },
    { quoteStyle: "nonnumeric" },
    { lineTerminator: "" },
    { lineTerminator: "|" },
    { lineTerminator: "\r" },
    { nullValue: 3 },
    { floatPrecision: -1 },
    { floatPrecision: 65_536 },
    { includeHeader: 3 },
    { batchSize: 0 } as never,
  ])("are refused for %j", (options) => {
    expect(() => sink(options)).toThrow(
      expect.objectContaining({ code: expect.stringMatching(/^OPTION_(INVALID|UNKNOWN)$/) }),
    );
  });

  it("can't have a null that breaks its row", () => {
    for (const options of [
      { nullValue: "a,b" },
      { nullValue: ";", separator: ";" },
      { nullValue: '"' },
      { nullValue: "'", quoteChar: "'" },
      { nullValue: "a\nb" },
    ]) {
      expect(() => sink(options)).toThrow(invalid("option `nullValue` has a separator, a quote or a line break in it"));
    }
    expect(sink({ nullValue: "a,b", separator: ";" })).toEqual({ nullValue: "a,b", separator: ";" });
  });

  it("can't do without quotes where they are needed", () => {
    expect(() => sink({ quoteStyle: "never", quoteChar: "'" })).toThrow(invalid("`quoteChar` can't be used"));
    expect(() => sink({ quoteStyle: "never", decimalComma: true })).toThrow(invalid("`decimalComma` can't be used"));
    expect(sink({ quoteStyle: "never", decimalComma: true, separator: ";" })).toMatchObject({ separator: ";" });
    expect(() => sink({ separator: ";", quoteChar: ";" })).toThrow(invalid("are the same character"));
  });

  describe("that say how dates and times are written", () => {
    it.each([
      ["dateFormat", "%H", "has the unknown field `%H`"],
      ["timeFormat", "%Y", "has the unknown field `%Y`"],
      ["dateFormat", "%z", "has the unknown field `%z`"],
      ["dateFormat", "%3f", "has the unknown field `%3f`"],
      ["timeFormat", "%:z", "has the unknown field `%:z`"],
      ["datetimeFormat", "%Q", "has the unknown field `%Q`"],
      ["datetimeFormat", "%Y%", "has a `%` without a field"],
      ["datetimeFormat", "%9999Y", "has a `%` without a field"],
      ["dateFormat", "iso", "has no field"],
      ["dateFormat", "100%%", "has no field"],
      ["datetimeFormat", "%Y,%m", 'writes the character ","'],
      ["datetimeFormat", '"%Y"', 'writes the character "\\""'],
      ["timeFormat", "%H\n%M", 'writes the character "\\n"'],
    ])("refuse %s %j: it %s", (option, format, message) => {
      expect(() => sink({ [option]: format })).toThrow(invalid(`option \`${option}\` ${message}`));
    });

    it("must not be empty", () => {
      expect(() => sink({ dateFormat: "" })).toThrow(invalid("must be a text that is not empty"));
    });

    it("may have a separator where it comes into quotes", () => {
      for (const quoteStyle of ["always", "non_numeric"]) {
        expect(sink({ datetimeFormat: "%Y,%m", quoteStyle })).toMatchObject({ datetimeFormat: "%Y,%m" });
        expect(() => sink({ datetimeFormat: '%Y"%m', quoteStyle })).toThrow(invalid("writes the character"));
      }
      expect(() => sink({ datetimeFormat: "%Y,%m", quoteStyle: "never" })).toThrow(invalid("writes the character"));
    });

    it("are seen to write spaces and slashes through their fields", () => {
      expect(() => sink({ dateFormat: "%e", separator: " " })).toThrow(invalid('writes the character " "'));
      expect(() => sink({ dateFormat: "%D", separator: "/" })).toThrow(invalid('writes the character "/"'));
      expect(sink({ dateFormat: "%e", separator: "/" })).toMatchObject({ dateFormat: "%e" });
    });
  });

  it("keep to their types", () => {
    expectTypeOf<{ separator: ";"; quoteStyle: "always" }>().toExtend<CsvSinkOptions>();
    expectTypeOf<{ lineTerminator: "|" }>().not.toExtend<CsvSinkOptions>();
  });
});
