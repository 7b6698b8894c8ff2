import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { checkFormatOptions, type LazyFrame, type NdjsonScanOptions, type NdjsonSinkOptions } from "@glacier/core";
import pl from "nodejs-polars";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { formatAdapters } from "./format.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "glacier-ndjson-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const { ndjson } = formatAdapters;
const put = (path: string, content: string | Buffer): string => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
  return path;
};
const scan = (path: string, options: NdjsonScanOptions = {}, glob = false): LazyFrame =>
  ndjson.scan(pl, { uri: join(folder, path), glob }, checkFormatOptions("ndjson", "scan", options, "Test"));
const read = (content: string | Buffer, options: NdjsonScanOptions = {}): unknown[][] => {
  const frame = scan(put("in", content), options).collectSync();
  return [frame.columns, ...frame.rows()];
};
const bytes = (frame: LazyFrame, options: NdjsonSinkOptions = {}): Buffer => {
  ndjson.sink(frame, { uri: join(folder, "out") }, checkFormatOptions("ndjson", "sink", options, "Test")).collectSync();
  return readFileSync(join(folder, "out"));
};

describe("reading NDJSON", () => {
  it("finds columns and types in the first lines, or in all with inferSchemaLength: null", () => {
    const content = `${'{"a":1}\n'.repeat(150)}{"a":1.5,"b":2}\n`;
    expect(() => read(content)).toThrow("cannot parse '1.5' (f64) as Int64");
    expect(read(content, { inferSchemaLength: null }).at(-1)).toEqual([1.5, 2]);
    expect(read(content, { inferSchemaLength: 151 })[0]).toEqual(["a", "b"]);
    // What comes only later is left out, without a word.
    expect(read('{"a":1}\n{"a":2,"b":3}\n', { inferSchemaLength: 1 })).toEqual([["a"], [1], [2]]);
  });

  it("takes the columns of schema, and no others", () => {
    expect(read('{"a":1,"b":2}\n{"a":3}\n', { schema: { b: pl.Float64, c: pl.String } })).toEqual([
      ["b", "c"],
      [2, null],
      [null, null],
    ]);
    expect(read("", { schema: { a: pl.Int64 } })).toEqual([["a"]]);
  });

  it("gives some columns types with schemaOverrides", () => {
    const frame = scan(put("in", '{"day":"2024-01-02","n":1}\n'), { schemaOverrides: { day: pl.Date } }).collectSync();
    expect(frame.dtypes.map(String)).toEqual(["DataType(Date)", "DataType(Int64)"]);
    expect(() => read('{"a":1}\n', { schemaOverrides: { b: pl.Int64 } })).toThrow("field not found: b");
  });

  it("can be given every type that the check lets through", () => {
    const schema = {
      b: pl.Bool,
      i: pl.Int32,
      u: pl.UInt64,
      f: pl.Float32,
      s: pl.String,
      c: pl.Categorical,
      d: pl.Date,
      t: pl.Datetime("us", "UTC"),
      l: pl.List(pl.Int8),
      o: pl.Struct({ x: pl.UInt16, y: pl.List(pl.Date) }),
    };
    const line =
      '{"b":true,"i":1,"u":2,"f":1.5,"s":"x","c":"y","d":"2024-01-02","t":"2024-01-02T03:04:05Z","l":[1],"o":{"x":3,"y":["2024-01-02"]}}\n';
    const frame = scan(put("in", line), { schema }).collectSync();
    expect(frame.dtypes.map(String)).toEqual(Object.values(schema).map(String));
    expect(frame.nullCount().row(0)).toEqual(Object.keys(schema).map(() => 0));
  });

  it("makes null of values that do not fit with ignoreErrors, but not of broken lines", () => {
    const content = '{"a":1}\n{"a":"x"}\n';
    expect(() => read(content, { schema: { a: pl.Int64 } })).toThrow("cannot parse 'x' (string) as Int64");
    expect(read(content, { schema: { a: pl.Int64 }, ignoreErrors: true })).toEqual([["a"], [1], [null]]);
    expect(() => read("nonsense\n", { schema: { a: pl.Int64 }, ignoreErrors: true })).toThrow(/error parsing line/);
  });

  it("reads the first rows, numbers them, and names their file", () => {
    expect(read('{"a":1}\n{"a":2}\n', { nRows: 1 })).toEqual([["a"], [1]]);
    expect(read('{"a":1}\n', { rowIndexName: "i", rowIndexOffset: 5 })).toEqual([
      ["i", "a"],
      [5, 1],
    ]);
    expect(read('{"a":1}\n', { includeFilePaths: "p" })).toEqual([
      ["a", "p"],
      [1, join(folder, "in")],
    ]);
  });

  it("counts rows, blank lines not", () => {
    const frame = scan(put("in", '{"a":1}\n\n{"a":2}'));
    expect(frame.select(pl.len()).collectSync().row(0)).toEqual([2]);
    expect(frame.collectSync().height).toBe(2);
  });

  it("reads compressed files by their content, those of several parts too", () => {
    const part = gzipSync('{"a":1}\n');
    expect(read(Buffer.concat([part, part]))).toEqual([["a"], [1], [1]]);
  });
});

describe("writing NDJSON", () => {
  it("writes a line for each row", () => {
    const frame = pl.DataFrame({ a: ["x", null], l: [[1, 2], [3]] }).lazy();
    expect(bytes(frame).toString("utf8")).toBe('{"a":"x","l":[1.0,2.0]}\n{"a":null,"l":[3.0]}\n');
  });

  it("compresses, and reads what it has compressed", () => {
    const many = pl.DataFrame({ a: Array.from({ length: 20_000 }, (_, i) => (i * 7919) % 1013) }).lazy();
    const plain = bytes(many);
    for (const [compression, start, low, high] of [
      ["gzip", "1f8b", 1, 9],
      ["zstd", "28b5", 1, 5],
    ] as const) {
      const packed = bytes(many, { compression });
      expect(packed.length).toBeLessThan(plain.length / 5);
      expect(packed.toString("hex", 0, 2)).toBe(start);
      expect(scan("out").collectSync().height).toBe(20_000);
      expect(bytes(many, { compression, compressionLevel: high }).length).not.toBe(
        bytes(many, { compression, compressionLevel: low }).length,
      );
    }
  });

  it("keeps the order of rows unless maintainOrder is false", () => {
    const sorted = pl
      .DataFrame({ a: ["b", "a"] })
      .lazy()
      .sort("a");
    expect(bytes(sorted).toString()).toBe('{"a":"a"}\n{"a":"b"}\n');
    expect(bytes(sorted, { maintainOrder: false }).toString()).toBe('{"a":"b"}\n{"a":"a"}\n');
  });

  it("gives dates, times, durations and decimals back as text, and NaN as null", () => {
    const frame = pl
      .DataFrame({ x: [1] })
      .lazy()
      .select(
        pl.lit(1).cast(pl.Int32).cast(pl.Date).as("date"),
        pl.lit(1).cast(pl.Int64).cast(pl.Datetime("ms")).as("datetime"),
        pl.lit(3_661_000_000_000).cast(pl.Int64).cast(pl.Time).as("time"),
        pl.lit(90_061_001).cast(pl.Int64).cast(pl.Duration("ms")).as("duration"),
        pl.lit("1.50").cast(pl.Decimal(10, 2)).as("decimal"),
        pl.lit(0).div(pl.lit(0)).as("nan"),
      );
    expect(JSON.parse(bytes(frame).toString())).toEqual({
      date: "1970-01-02",
      datetime: "1970-01-01 00:00:00.001",
      time: "01:01:01",
      duration: "PT90061.001S",
      decimal: "1.50",
      nan: null,
    });
  });
});
