import type { Bucket } from "@glacier/core";
import { formatAdapters } from "./formats/format.ts";

/** A bucket is read as it is written, and where `scan` says otherwise, as that says. */
export function readOptions(bucket: Bucket): Readonly<Record<string, unknown>> {
  return { ...writtenAs(bucket), ...bucket.scanOptions };
}

/** What a reader has to know of how the bucket is written. */
export function writtenAs(bucket: Bucket): Readonly<Record<string, unknown>> {
  return formatAdapters[bucket.format].readBack?.(bucket.sinkOptions) ?? {};
}
