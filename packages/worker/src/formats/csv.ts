import type { CheckedOptions, CsvScanOptions, CsvSinkOptions, LazyFrame, ScanAddress } from "@glacier/core";
import type { Polars } from "@glacier/plan";
import { connection, sinkSettings, type SinkAddress } from "./adapter.ts";

type PolarsScan = NonNullable<Parameters<Polars["scanCSV"]>[1]>;
type PolarsSink = NonNullable<Parameters<LazyFrame["sinkCSV"]>[1]>;

/** Three options have other names in Polars; `overwriteDtype` is one that its types leave out. */
export function scan(polars: Polars, address: ScanAddress, options: CsvScanOptions): LazyFrame {
  const { separator, quoteChar, schemaOverrides, ...others } = structuredClone(options);
  const given = {
    ...others,
    ...(separator === undefined ? {} : { sep: separator }),
    // For "no quotes" Polars wants the property to be there and undefined; it refuses null.
    ...(quoteChar === undefined ? {} : { quoteChar: quoteChar ?? undefined }),
    ...(schemaOverrides === undefined ? {} : { overwriteDtype: schemaOverrides }),
    ...connection(address),
    glob: address.glob,
  };
  return polars.scanCSV(address.uri, given as PolarsScan);
}

/** Staged files have no ending, so Polars must not look for one. */
export function sink(frame: LazyFrame, address: SinkAddress, options: CsvSinkOptions): LazyFrame {
  const given: PolarsSink = { ...options, ...connection(address), ...sinkSettings, checkExtension: false };
  return frame.sinkCSV(address.uri, given);
}

/** Without a header nobody knows the columns, so a file without a line is none that could not be read. */
export function readBack(options: CsvSinkOptions): CheckedOptions<CsvScanOptions> {
  const { separator, quoteChar, quoteStyle, includeHeader, nullValue, decimalComma } = options;
  // Where everything is in quotes, a null is an empty text, which would make text of its column.
  const nulls = nullValue ?? (quoteStyle === "always" ? "" : undefined);
  return {
    ...(separator === undefined ? {} : { separator }),
    ...(quoteChar === undefined ? {} : { quoteChar }),
    ...(quoteStyle === "never" ? { quoteChar: null } : {}),
    ...(nulls === undefined ? {} : { nullValues: nulls }),
    ...(decimalComma === undefined ? {} : { decimalComma }),
    ...(includeHeader === false ? { hasHeader: false, raiseIfEmpty: false } : {}),
  };
}
