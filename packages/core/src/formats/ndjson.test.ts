import pl from "nodejs-polars";
import { describe, expect, expectTypeOf, it } from "vitest";
import { checkFormatOptions } from "./format.ts";
import type { NdjsonScanOptions, NdjsonSinkOptions } from "./ndjson.ts";

const scan = (options: object) => checkFormatOptions("ndjson", "scan", options, "Bucket `lake/x.ndjson`");
const sink = (options: object) => checkFormatOptions("ndjson", "sink", options, "Bucket `lake/x.ndjson`");
const invalid = (message?: string) =>
  expect.objectContaining({ code: "OPTION_INVALID", message: expect.stringContaining(message ?? "") });

describe("options of reading NDJSON", () => {
  it("are taken as they are when all is well", () => {
    const options: NdjsonScanOptions = {
      inferSchemaLength: null,
      ignoreErrors: true,
      nRows: 1,
      rowIndexName: "i",
      includeFilePaths: "p",
    };
    expect(scan(options)).toEqual(options);
    expect(scan({ inferSchemaLength: 1 })).toEqual({ inferSchemaLength: 1 });
  });

  it.each([
    { inferSchemaLength: 0 },
    { inferSchemaLength: -1 },
    { inferSchemaLength: "5" },
    { ignoreErrors: 1 },
    { schema: null },
    { schemaOverrides: [] },
  ])("are refused for %j", (options) => {
    expect(() => scan(options)).toThrow(invalid());
  });

  it("have no batchSize, which Polars ignores", () => {
    expect(() => scan({ batchSize: 5 })).toThrow(expect.objectContaining({ code: "OPTION_UNKNOWN" }));
  });

  it("can't have a schema together with what it makes pointless", () => {
    const schema = { a: pl.Int64 };
    expect(() => scan({ schema, schemaOverrides: schema })).toThrow(invalid("can't be used together"));
    expect(() => scan({ schema, inferSchemaLength: 5 })).toThrow(invalid("can't be used together"));
    expect(() => scan({ schema, inferSchemaLength: null })).toThrow(invalid("can't be used together"));
  });

  it("keep to their types", () => {
    expectTypeOf<{ inferSchemaLength: null }>().toExtend<NdjsonScanOptions>();
    expectTypeOf<{ compression: "lz4" }>().not.toExtend<NdjsonSinkOptions>();
  });
});

describe("options of writing NDJSON", () => {
  it("are taken as they are when all is well", () => {
    const options: NdjsonSinkOptions = { compression: "zstd", compressionLevel: 5, maintainOrder: false };
    expect(sink(options)).toEqual(options);
  });
});
