import { type Bucket, label } from "@glacier/core";
import { withoutAddresses } from "@glacier/plan";

/** Polars' own words on one line, with buckets for the addresses of this machine. */
export function engineMessage(error: unknown, buckets: readonly Bucket[], staged?: string): string {
  let text = messageOf(error).split(/\n\s*\n|\n(?:Resolved plan|This error occurred)/)[0] as string;
  if (staged !== undefined) text = text.replaceAll(staged, "the staged file");
  for (const bucket of buckets) {
    const { location, storage } = bucket;
    for (const glob of [true, false]) {
      const address = storage.scan({ ...location, glob }).uri;
      text = text.replaceAll(address, label(bucket));
      // The files of a folder or a pattern.
      if (address.endsWith(label(bucket))) {
        const above = address.slice(0, -label(bucket).length);
        if (above.length > 1) text = text.replaceAll(above, "");
      }
    }
  }
  return withoutAddresses(text).replaceAll(/\s+/g, " ").trim();
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
