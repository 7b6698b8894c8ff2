import { GlacierError, type LazyFrame } from "@glacier/core";
import type { Polars } from "./load.ts";

/** What `scanJson` and `scanIPC` can't be told, and their plans have a place for. */
interface ScanChanges {
  readonly glob?: boolean;
  readonly hivePartitioning?: boolean;
}

interface ScanPlan {
  readonly Scan?: {
    readonly unified_scan_args?: { glob?: unknown; readonly hive_options?: { enabled?: unknown } };
  };
}

/**
 * The same scan with other settings. `frame` must be what a scan function gave.
 * @throws QUERY_FAILED where the plan is not as nodejs-polars 0.26 writes it
 */
export function changeScan(polars: Polars, frame: LazyFrame, changes: ScanChanges): LazyFrame {
  const plan = JSON.parse(frame.serialize("json").toString("utf8")) as ScanPlan;
  const settings = plan.Scan?.unified_scan_args;
  if (typeof settings?.glob !== "boolean" || typeof settings.hive_options?.enabled !== "boolean") {
    throw new GlacierError(
      "QUERY_FAILED",
      "This version of Polars writes its plans in another way than Glacier knows.",
      {
        hint: "Use nodejs-polars 0.26.1. Or take `*`, `?`, `[` and `=` out of the names of files and folders.",
      },
    );
  }
  if (changes.glob !== undefined) settings.glob = changes.glob;
  if (changes.hivePartitioning !== undefined) settings.hive_options.enabled = changes.hivePartitioning;
  return polars.LazyDataFrame.deserialize(Buffer.from(JSON.stringify(plan)), "json");
}
