import { posix } from "node:path";
import type { Bucket, StoredObject } from "@glacier/core";

/** Those that are read: `hiddenFilePrefix` leaves some out. */
export function visible(bucket: Bucket, objects: readonly StoredObject[]): readonly StoredObject[] {
  const prefixes = (bucket.scanOptions["hiddenFilePrefix"] ?? []) as string | readonly string[];
  const hidden = typeof prefixes === "string" ? [prefixes] : prefixes;
  return objects.filter(({ path }) => !hidden.some((prefix) => posix.basename(path).startsWith(prefix)));
}

/** The names of the columns that folders called `name=value` make where the bucket is read. */
export function folderColumns(bucket: Bucket, objects: readonly { readonly path: string }[]): ReadonlySet<string> {
  const { format, path } = bucket;
  const isFolder = !bucket.isPattern && objects.some((object) => object.path !== path);
  const asked = format === "parquet" ? bucket.scanOptions["hivePartitioning"] : undefined;
  const isRead = format === "parquet" ? (asked ?? isFolder) : format === "ipc" && isFolder;
  if (isRead !== true) return new Set();
  const above = asked === true ? 0 : path.length;
  const folders = objects.flatMap((object) => posix.dirname(object.path.slice(above)).split("/"));
  return new Set(folders.flatMap((folder) => /^([^=]+)=/.exec(folder)?.[1] ?? []));
}
