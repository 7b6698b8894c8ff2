import type { FormatName, ScanOptions, SinkOptions } from "@glacier/core";
import type { FormatAdapter } from "./adapter.ts";
import * as csv from "./csv.ts";
import * as ipc from "./ipc.ts";
import * as ndjson from "./ndjson.ts";
import * as parquet from "./parquet.ts";

export type { FormatAdapter } from "./adapter.ts";

const adapters: { readonly [Format in FormatName]: FormatAdapter<ScanOptions<Format>, SinkOptions<Format>> } = {
  parquet,
  csv,
  ndjson,
  ipc,
};

/** The formats in Polars. Each takes the options that core has checked for it. */
export const formatAdapters: Readonly<Record<FormatName, FormatAdapter>> = adapters;
