import { statSync } from "node:fs";
import {
  GlacierError,
  hasWildcards,
  type IpcScanOptions,
  type IpcSinkOptions,
  type LazyFrame,
  type ScanAddress,
} from "@glacier/core";
import { changeScan, type Polars } from "@glacier/plan";
import { connection, sinkSettings, type SinkAddress } from "./adapter.ts";

type PolarsSink = NonNullable<Parameters<LazyFrame["sinkIpc"]>[1]>;

/**
 * `scanIPC` takes every `name=value` folder of a path for a column, those above the root of a storage too, and puts its
 * value over a column of that name in the file. Only what is in a directory that is read counts here, as for Parquet.
 */
export function scan(polars: Polars, address: ScanAddress, options: IpcScanOptions): LazyFrame {
  if (address.cloudOptions !== undefined) {
    throw new GlacierError("ARGUMENT_INVALID", "Polars takes no settings of a connection when it reads Arrow IPC.", {
      hint: "Set them in the environment, or use Parquet.",
    });
  }
  const { uri, glob } = address;
  const frame = polars.scanIPC(uri, { ...options });
  const mayNameFolders = glob || /(?:^|\/)[^/=]*=[^/=]*\//.test(uri);
  const changes = {
    ...(!glob && hasWildcards(uri) ? { glob: false } : {}),
    ...(mayNameFolders && !isDirectory(address) ? { hivePartitioning: false } : {}),
  };
  return Object.keys(changes).length === 0 ? frame : changeScan(polars, frame, changes);
}

/** Polars' types list other codecs than it has: with `gzip` it writes without compression, and `lz4` is missing. */
export function sink(frame: LazyFrame, address: SinkAddress, options: IpcSinkOptions): LazyFrame {
  const given = { ...options, ...connection(address), ...sinkSettings };
  return frame.sinkIpc(address.uri, given as PolarsSink);
}

function isDirectory({ uri, glob }: ScanAddress): boolean {
  if (glob) return false;
  return uri.endsWith("/") || (statSync(uri, { throwIfNoEntry: false })?.isDirectory() ?? false);
}
