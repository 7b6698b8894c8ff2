import { aBoolean, oneOf, type OptionTable } from "../options.ts";
import { checkRowOptions, rowOptions, type RowOptions } from "./rows.ts";

/** How Arrow IPC files (Feather version 2; not IPC streams) are read. */
export interface IpcScanOptions extends RowOptions {}

/** How Arrow IPC files are written. */
export interface IpcSinkOptions {
  /** Default: `uncompressed`, which other processes can map into memory. */
  readonly compression?: "uncompressed" | "lz4" | "zstd";
  /** `oldest` writes text in the way that readers from before 2024 know. Default: `newest`. */
  readonly compatLevel?: "newest" | "oldest";
  /** Whether rows keep their order; without it a sort before is left out. Default: true. */
  readonly maintainOrder?: boolean;
}

export const ipcScan: OptionTable<IpcScanOptions> = rowOptions;

export const ipcSink: OptionTable<IpcSinkOptions> = {
  compression: oneOf("uncompressed", "lz4", "zstd"),
  compatLevel: oneOf("newest", "oldest"),
  maintainOrder: aBoolean,
};

/** What the table can't tell: what goes together. */
export function checkIpcScan(options: IpcScanOptions, subject: string): IpcScanOptions {
  checkRowOptions(options, subject);
  return options;
}
