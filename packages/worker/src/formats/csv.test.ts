import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { checkFormatOptions, type CsvScanOptions, type CsvSinkOptions, type LazyFrame } from "@glacier/core";
import pl from "nodejs-polars";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { formatAdapters } from "./format.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "glacier-csv-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const { csv } = formatAdapters;
const put = (path: string, content: string | Buffer): string => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
  return path;
};
const scan = (path: string, options: CsvScanOptions = {}, glob = false): LazyFrame =>
  csv.scan(pl, { uri: join(folder, path), glob }, checkFormatOptions("csv", "scan", options, "Test"));
/** The columns and rows of a file of this content. */
const read = (content: string | Buffer, options: CsvScanOptions = {}): unknown[][] => {
  const frame = scan(put("in", content), options).collectSync();
  return [frame.columns, ...frame.rows()];
};
const types = (content: string, options: CsvScanOptions = {}): string[] =>
  scan(put("in", content), options).collectSync().dtypes.map(String);
const bytes = (frame: LazyFrame, options: CsvSinkOptions = {}): Buffer => {
  csv.sink(frame, { uri: join(folder, "out") }, checkFormatOptions("csv", "sink", options, "Test")).collectSync();
  return readFileSync(join(folder, "out"));
};
const text = (frame: LazyFrame, options: CsvSinkOptions = {}): string => bytes(frame, options).toString("utf8");

describe("reading CSV", () => {
  it("takes the first line for names unless hasHeader is false", () => {
    expect(read("a,b\n1,2\n")).toEqual([
      ["a", "b"],
      [1, 2],
    ]);
    expect(read("1,2\n", { hasHeader: false })).toEqual([
      ["column_1", "column_2"],
      [1, 2],
    ]);
  });

  it("splits at separator, and at nothing between quoteChar", () => {
    expect(read("a;b\n1;2\n", { separator: ";" })).toEqual([
      ["a", "b"],
      [1, 2],
    ]);
    expect(read("a,b\n'x,y',2\n", { quoteChar: "'" })).toEqual([
      ["a", "b"],
      ["x,y", 2],
    ]);
    expect(read('a,b\n"x",2\n', { quoteChar: null })).toEqual([
      ["a", "b"],
      ['"x"', 2],
    ]);
  });

  it("ends lines at eolChar", () => {
    expect(read("a,b|1,2|", { eolChar: "|" })).toEqual([
      ["a", "b"],
      [1, 2],
    ]);
    expect(read("a,b\r\n1,2\r\n")).toEqual([
      ["a", "b"],
      [1, 2],
    ]);
  });

  it("leaves out lines with commentPrefix", () => {
    expect(read("// hi\na\n1\n//2\n", { commentPrefix: "//" })).toEqual([["a"], [1]]);
  });

  it("skips rows, lines, and rows after the header", () => {
    expect(read("junk\na\n1\n2\n", { skipRows: 1 })).toEqual([["a"], [1], [2]]);
    expect(read('"two\nlines"\na\n1\n', { skipRows: 1 })).toEqual([["a"], [1]]);
    expect(read('"two\nlines"\na\n1\n', { skipLines: 2 })).toEqual([["a"], [1]]);
    expect(read("a\n1\n2\n", { skipRowsAfterHeader: 1 })).toEqual([["a"], [2]]);
  });

  it("reads nullValues as null: one, several, or one for each column", () => {
    expect(read("a,b\nNA,-\n1,NA\n", { nullValues: "NA" })).toEqual([
      ["a", "b"],
      [null, "-"],
      [1, null],
    ]);
    expect(read("a,b\nNA,-\n1,NA\n", { nullValues: ["NA", "-"] })).toEqual([
      ["a", "b"],
      [null, null],
      [1, null],
    ]);
    expect(read("a,b\nNA,-\n1,NA\n", { nullValues: { a: "NA" } })).toEqual([
      ["a", "b"],
      [null, "-"],
      [1, "NA"],
    ]);
  });

  it("reads empty fields as null unless missingUtf8IsEmptyString", () => {
    expect(read("a,b\nx,1\n,\n")).toEqual([
      ["a", "b"],
      ["x", 1],
      [null, null],
    ]);
    expect(read("a,b\nx,1\n,\n", { missingUtf8IsEmptyString: true })).toEqual([
      ["a", "b"],
      ["x", 1],
      ["", null],
    ]);
  });

  it("makes null of what does not fit with ignoreErrors", () => {
    const content = "a\n1\nx\n";
    expect(() => read(content, { inferSchemaLength: 1 })).toThrow(/could not parse `x` as dtype `i64`/);
    expect(read(content, { inferSchemaLength: 1, ignoreErrors: true })).toEqual([["a"], [1], [null]]);
  });

  it("drops what a row has too much with truncateRaggedLines", () => {
    expect(() => read("a,b\n1,2,3\n")).toThrow(/more fields than defined/);
    expect(read("a,b\n1,2,3\n4\n", { truncateRaggedLines: true })).toEqual([
      ["a", "b"],
      [1, 2],
      [4, null],
    ]);
  });

  it("refuses a file without a line unless raiseIfEmpty is false", () => {
    expect(() => read("")).toThrow("no data: empty CSV");
    expect(read("", { raiseIfEmpty: false })).toEqual([[]]);
    expect(read("", { raiseIfEmpty: false, schema: { a: pl.Int8 } })).toEqual([["a"]]);
  });

  it("replaces bytes that are no UTF-8 with encoding utf8-lossy", () => {
    const content = Buffer.from([97, 10, 0xe9, 10]);
    expect(() => read(content)).toThrow("invalid utf-8 sequence");
    expect(read(content, { encoding: "utf8-lossy" })).toEqual([["a"], ["�"]]);
  });

  it("reads decimalComma, dates with parseDates, and types from inferSchemaLength rows", () => {
    expect(read("a;b\n1,5;2\n", { separator: ";", decimalComma: true })).toEqual([
      ["a", "b"],
      [1.5, 2],
    ]);
    expect(types("a,b,c\n2024-01-02,2024-01-02T03:04:05,03:04:05\n", { parseDates: true })).toEqual([
      "DataType(Date)",
      "DataType(Datetime(us,))",
      "DataType(Time)",
    ]);
    expect(types("a\n1\n", { inferSchemaLength: 0 })).toEqual(["DataType(String)"]);
    expect(types(`a\n${"1\n".repeat(150)}x\n`, { inferSchemaLength: 10_000_000 })).toEqual(["DataType(String)"]);
  });

  it("gives columns the names and types of schema, by their order", () => {
    expect(read("a,b\n1,2\n", { schema: { x: pl.Float64, y: pl.String } })).toEqual([
      ["x", "y"],
      [1, "2"],
    ]);
    expect(() => read("a,b\n1,2\n", { schema: { a: pl.Int8 } })).toThrow(/provided schema does not match/);
    expect(
      types("a,b,c\n1.5,03:04:05,x\n", { schema: { a: pl.Decimal(5, 2), b: pl.Time, c: pl.Categorical } }),
    ).toEqual(["DataType(Decimal(5,2))", "DataType(Time)", "DataType(Categorical)"]);
  });

  it("gives some columns types with schemaOverrides, which Polars' own types do not list", () => {
    expect(types("a,b\n1,2\n", { schemaOverrides: { b: pl.String } })).toEqual(["DataType(Int64)", "DataType(String)"]);
    expect(types("a,b\n1,2\n", { schemaOverrides: { b: pl.Float32, other: pl.Int8 } })).toEqual([
      "DataType(Int64)",
      "DataType(Float32)",
    ]);
  });

  it("takes files with other columns, or other orders, with missingColumns: insert", () => {
    put("parts/1.csv", "a,b\n1,2\n");
    put("parts/2.csv", "a\n3\n");
    put("parts/3.csv", "b,a\n4,5\n");
    expect(() => scan("parts/[12].csv", {}, true).collectSync()).toThrow("schema lengths differ");
    expect(() => scan("parts/[13].csv", {}, true).collectSync()).toThrow("schema names differ");
    const all = scan("parts/*.csv", { missingColumns: "insert" }, true).collectSync();
    expect(all.toRecords()).toEqual([
      { a: 1, b: 2 },
      { a: 3, b: null },
      { a: 5, b: 4 },
    ]);
  });

  it("reads the first rows, numbers them, and names their file", () => {
    expect(read("a\n1\n2\n3\n", { nRows: 2 })).toEqual([["a"], [1], [2]]);
    expect(read("a\n7\n", { rowIndexName: "i", rowIndexOffset: 5 })).toEqual([
      ["i", "a"],
      [5, 7],
    ]);
    expect(read("a\n7\n", { includeFilePaths: "p" })).toEqual([
      ["a", "p"],
      [7, join(folder, "in")],
    ]);
  });

  it("takes the largest numbers that the check lets through", () => {
    const most = 2 ** 32 - 1;
    expect(read("a\n1\n", { skipRowsAfterHeader: most })).toEqual([["a"]]);
    expect(() => read("a\n1\n", { skipRows: most })).toThrow("no data: empty CSV");
    expect(() => read("a\n1\n", { skipLines: most })).toThrow(/larger than total number of lines/);
    expect(read("a\n1\n", { nRows: most, rowIndexName: "i", rowIndexOffset: 2 ** 31 })).toEqual([
      ["i", "a"],
      [2 ** 31, 1],
    ]);
  });

  it("counts rows as it reads them, whatever is in quotes", () => {
    for (const [content, height] of [
      ['a,b\n1,"x\ny"\n2,z\n', 2],
      ["a\n1\n\n3", 3],
      ["a,b\n", 0],
    ] as const) {
      const frame = scan(put("in", content));
      expect(frame.select(pl.len()).collectSync().row(0)).toEqual([height]);
      expect(frame.collectSync().height).toBe(height);
    }
  });

  it("reads compressed files by their content, those of several parts too", () => {
    expect(read(gzipSync("a\n1\n"))).toEqual([["a"], [1]]);
    expect(read(Buffer.concat([gzipSync("a\n1\n"), gzipSync("2\n")]))).toEqual([["a"], [1], [2]]);
  });
});

describe("writing CSV", () => {
  const frame = () =>
    pl.DataFrame({ n: pl.Series("n", [1, -2, null], pl.Int64), t: ["x", 'y,"z', null], f: [1.5, 2.25, 1e10] }).lazy();
  const moment = () =>
    pl
      .DataFrame({ x: [1] })
      .lazy()
      .select(
        pl.lit(1).cast(pl.Int32).cast(pl.Date).as("d"),
        pl.lit(3_661_000_000_001).cast(pl.Int64).cast(pl.Time).as("t"),
        pl.lit(86_400_000).cast(pl.Int64).cast(pl.Datetime("ms")).as("dt"),
      );

  it("writes plain text by default", () => {
    expect(text(frame())).toBe('n,t,f\n1,x,1.5\n-2,"y,""z",2.25\n,,10000000000.0\n');
    expect(text(moment())).toBe("d,t,dt\n1970-01-02,01:01:01.000000001,1970-01-02T00:00:00.000\n");
  });

  it("writes header, byte order mark and line ends as asked for", () => {
    const one = () => pl.DataFrame({ a: ["x"] }).lazy();
    expect(text(one(), { includeHeader: false })).toBe("x\n");
    expect(text(one(), { includeBom: true })).toBe("\uFEFFa\nx\n");
    expect(text(one(), { lineTerminator: "\r\n" })).toBe("a\r\nx\r\n");
  });

  it("writes separators, quotes and nulls as asked for", () => {
    const one = () => pl.DataFrame({ a: ["x;'y", null], b: [1, 2] }).lazy();
    expect(text(one(), { separator: ";" })).toBe('a;b\n"x;\'y";1.0\n;2.0\n');
    expect(text(one(), { quoteChar: "'" })).toBe("a,b\n'x;''y',1.0\n,2.0\n");
    expect(text(one(), { nullValue: "NA" })).toBe("a,b\nx;'y,1.0\nNA,2.0\n");
  });

  it.each([
    ["necessary", 'a,b\n"x,y",1.0\n,2.0\n'],
    ["non_numeric", '"a","b"\n"x,y",1.0\n,2.0\n'],
    ["always", '"a","b"\n"x,y","1.0"\n"","2.0"\n'],
    ["never", "a,b\nx,y,1.0\n,2.0\n"],
  ] as const)("quotes with quoteStyle: %s", (quoteStyle, expected) => {
    expect(text(pl.DataFrame({ a: ["x,y", null], b: [1, 2] }).lazy(), { quoteStyle })).toBe(expected);
  });

  it("writes dates and times in formats", () => {
    const formats = { dateFormat: "%d.%m.%Y", timeFormat: "%H:%M", datetimeFormat: "%s" };
    expect(text(moment(), formats)).toBe("d,t,dt\n02.01.1970,01:01,86400\n");
    expect(text(moment(), { datetimeFormat: "%Y,%m", quoteStyle: "non_numeric" })).toContain('"1970,01"');
  });

  it("takes exactly the fields of formats that Polars takes", () => {
    const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".split("");
    const fields = [
      ...letters,
      "-d",
      "_d",
      "0d",
      "-H",
      "_H",
      ".f",
      "3f",
      "6f",
      "9f",
      ".3f",
      ".6f",
      ".9f",
      ":z",
      "::z",
      ":::z",
    ];
    const zoned = moment().select(pl.col("d"), pl.col("t"), pl.col("dt").cast(pl.Datetime("ms", "UTC")));
    let looked = 0;
    for (const option of ["dateFormat", "timeFormat", "datetimeFormat"] as const) {
      for (const field of fields.filter((name) => name !== "n" && name !== "t")) {
        const column = { dateFormat: "d", timeFormat: "t", datetimeFormat: "dt" }[option];
        const options = { [option]: `%${field}`, quoteStyle: "always" };
        const isKnown = succeeds(() => checkFormatOptions("csv", "sink", options, "Test"));
        const isWritten = succeeds(() =>
          csv.sink(zoned.select(pl.col(column)), { uri: join(folder, "format") }, options).collectSync(),
        );
        expect(isKnown).toBe(isWritten);
        looked++;
      }
    }
    expect(looked).toBe(3 * (fields.length - 2));
  });

  it("writes floats as asked for", () => {
    const one = () => pl.DataFrame({ f: [1.25, 1e10] }).lazy();
    expect(text(one(), { floatScientific: true })).toBe("f\n1.25e0\n1e10\n");
    expect(text(one(), { floatScientific: false })).toBe("f\n1.25\n10000000000\n");
    expect(text(one(), { floatPrecision: 1 })).toBe("f\n1.2\n10000000000.0\n");
    expect(text(one(), { floatPrecision: 100 }).length).toBeGreaterThan(200);
    expect(text(one(), { decimalComma: true, separator: ";" })).toBe("f\n1,25\n10000000000,0\n");
    expect(text(one(), { decimalComma: true })).toBe('f\n"1,25"\n"10000000000,0"\n');
  });

  it("compresses, and reads what it has compressed", () => {
    const many = pl.DataFrame({ a: Array.from({ length: 20_000 }, (_, i) => (i * 7919) % 1013) }).lazy();
    const plain = bytes(many);
    for (const [compression, start, low, high] of [
      ["gzip", "1f8b", 1, 9],
      ["zstd", "28b5", 1, 22],
    ] as const) {
      const packed = bytes(many, { compression });
      expect(packed.length).toBeLessThan(plain.length / 5);
      expect(packed.toString("hex", 0, 2)).toBe(start);
      expect(scan("out").collectSync().height).toBe(20_000);
      const size = (compressionLevel: number) => bytes(many, { compression, compressionLevel }).length;
      expect(size(high)).toBeLessThan(size(low));
    }
  });

  it("keeps the order of rows unless maintainOrder is false", () => {
    const sorted = pl
      .DataFrame({ a: ["c", "a", "b"] })
      .lazy()
      .sort("a");
    expect(text(sorted)).toBe("a\na\nb\nc\n");
    expect(text(sorted, { maintainOrder: false })).toBe("a\nc\na\nb\n");
  });

  it("refuses durations and what is nested, and gives other types back as text or numbers", () => {
    for (const type of [pl.Duration("ms"), pl.List(pl.Int8), pl.FixedSizeList(pl.Int8, 1), pl.Struct({ a: pl.Int8 })]) {
      expect(() => text(moment().select(pl.lit(null).cast(type).as("v")))).toThrow(/CSV/);
    }
    text(moment().withColumns(pl.lit("1.50").cast(pl.Decimal(10, 2)).as("decimal")));
    expect(scan("out").collectSync().dtypes.map(String)).toEqual([
      "DataType(String)",
      "DataType(String)",
      "DataType(String)",
      "DataType(Float64)",
    ]);
  });

  it.each<CsvSinkOptions & Readonly<Record<string, unknown>>>([
    {},
    { separator: ";", decimalComma: true, nullValue: "NA" },
    { quoteChar: "'", lineTerminator: "\r\n", includeBom: true },
    { quoteStyle: "always" },
    { includeHeader: false },
    { compression: "zstd" },
  ])("knows how to read back what it wrote with %j", (options) => {
    bytes(pl.DataFrame({ a: ["x'y", "p;q", 'r"s\nt'], b: [1.5, 2.5, null] }).lazy(), options);
    const back = csv.scan(pl, { uri: join(folder, "out"), glob: false }, csv.readBack?.(options) ?? {}).collectSync();
    expect(back.rows()).toEqual([
      ["x'y", 1.5],
      ["p;q", 2.5],
      ['r"s\nt', null],
    ]);
  });

  it("reads back a file without rows, with a header or without", () => {
    for (const options of [{}, { includeHeader: false, compression: "gzip" }] as const) {
      bytes(pl.DataFrame({ a: pl.Series("a", [], pl.Int64) }).lazy(), options);
      const back = csv.scan(pl, { uri: join(folder, "out"), glob: false }, csv.readBack?.(options) ?? {});
      expect(back.select(pl.len()).collectSync().row(0)).toEqual([0]);
    }
  });

  it("reads back texts without quotes", () => {
    const options = { quoteStyle: "never" } as const;
    bytes(pl.DataFrame({ a: ['"x', "y"] }).lazy(), options);
    const back = csv.scan(pl, { uri: join(folder, "out"), glob: false }, csv.readBack?.(options) ?? {});
    expect(back.collectSync().rows()).toEqual([['"x'], ["y"]]);
  });
});

function succeeds(work: () => unknown): boolean {
  try {
    work();
    return true;
  } catch {
    return false;
  }
}
