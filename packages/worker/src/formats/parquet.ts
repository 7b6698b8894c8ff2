import type { LazyFrame, ParquetScanOptions, ParquetSinkOptions, ScanAddress } from "@glacier/core";
import type { Polars } from "@glacier/plan";
import { connection, sinkSettings, type SinkAddress } from "./adapter.ts";

type PolarsScan = NonNullable<Parameters<Polars["scanParquet"]>[1]>;
type PolarsSink = NonNullable<Parameters<LazyFrame["sinkParquet"]>[1]>;

export function scan(polars: Polars, address: ScanAddress, options: ParquetScanOptions): LazyFrame {
  const given: PolarsScan = { ...(structuredClone(options) as PolarsScan), ...connection(address), glob: address.glob };
  return polars.scanParquet(address.uri, given);
}

export function sink(frame: LazyFrame, address: SinkAddress, options: ParquetSinkOptions): LazyFrame {
  const given: PolarsSink = { ...structuredClone(options), ...connection(address), ...sinkSettings };
  return frame.sinkParquet(address.uri, given);
}
