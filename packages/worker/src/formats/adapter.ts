import type { CheckedOptions, LazyFrame, ScanAddress } from "@glacier/core";
import type { Polars } from "@glacier/plan";

/** Where Polars writes: a path or URI, and the settings of its connection. */
export type SinkAddress = Pick<ScanAddress, "uri" | "cloudOptions">;

/**
 * One format in Polars' own functions. Options are those that core has checked; what is handed to Polars is always a
 * new object, because Polars changes the objects that it is given.
 */
export interface FormatAdapter<ScanOptions = Readonly<Record<string, unknown>>, SinkOptions = ScanOptions> {
  /**
   * A plan that reads. It looks at no file before its columns are asked for.
   *
   * What an address can be is the same for all formats, as far as Polars has its way:
   *
   * | address                   | is read as                                                                          |
   * | ------------------------- | ----------------------------------------------------------------------------------- |
   * | a directory, `/` or not   | all files in it and further down, hidden ones and links too, sorted by path          |
   * | one with several endings  | an error: "directory contained paths with different file extensions"                 |
   * | a glob                    | all files that match, hidden ones too, sorted by path; directories that match are not |
   * | a file, without `glob`    | that file, whatever is in its name                                                    |
   * | an empty file             | an error of the format's own; among others it is skipped                              |
   * | nothing at that path      | an error: "No such file or directory (os error 2): …"                                 |
   * | a glob without a match,   | an error: "expanded paths were empty"                                                 |
   * | or only with empty files  |                                                                                       |
   *
   * `name=value` folders in a directory become columns for Parquet and IPC, and never for CSV and NDJSON.
   */
  scan(polars: Polars, address: ScanAddress, options: ScanOptions): LazyFrame;
  /** A plan that writes when it is collected, to a file whose name may end as it likes. Its folder must be there. */
  sink(frame: LazyFrame, address: SinkAddress, options: SinkOptions): LazyFrame;
  /** What a reader has to know to read what was written so. */
  readBack?(options: SinkOptions): CheckedOptions<ScanOptions>;
}

/** What every sink gets. That the file is on the disk is for the storage to see to, before it publishes. */
export const sinkSettings = { syncOnClose: "none", mkdir: false } as const;

/** The settings of a connection, in a new object. */
export function connection(address: SinkAddress): { cloudOptions?: Record<string, string> } {
  return address.cloudOptions === undefined ? {} : { cloudOptions: { ...address.cloudOptions } };
}
