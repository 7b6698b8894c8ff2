import {
  hasWildcards,
  type LazyFrame,
  type NdjsonScanOptions,
  type NdjsonSinkOptions,
  type ScanAddress,
} from "@glacier/core";
import { changeScan, type Polars } from "@glacier/plan";
import { connection, sinkSettings, type SinkAddress } from "./adapter.ts";

type PolarsSink = NonNullable<Parameters<LazyFrame["sinkNdJson"]>[1]>;

/** `scanJson` has no option for it, and takes every `*`, `?` and `[` for a wildcard. */
export function scan(polars: Polars, address: ScanAddress, options: NdjsonScanOptions): LazyFrame {
  const given = { ...structuredClone(options), ...connection(address) };
  const frame = polars.scanJson(address.uri, given);
  return address.glob || !hasWildcards(address.uri) ? frame : changeScan(polars, frame, { glob: false });
}

/** Staged files have no ending, so Polars must not look for one. */
export function sink(frame: LazyFrame, address: SinkAddress, options: NdjsonSinkOptions): LazyFrame {
  const given: PolarsSink = { ...options, ...connection(address), ...sinkSettings, checkExtension: false };
  return frame.sinkNdJson(address.uri, given);
}
