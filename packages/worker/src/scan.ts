import { posix } from "node:path";
import { type Bucket, formats, GlacierError, label, type LazyFrame, type StoredObject } from "@glacier/core";
import { loadPolars } from "@glacier/plan";
import { scanDeclared } from "./contract/declared-scan.ts";
import { hasNoLine } from "./contract/file-columns.ts";
import { engineMessage } from "./engine-message.ts";
import { formatAdapters } from "./formats/format.ts";
import { visible } from "./objects.ts";
import { readOptions } from "./read-options.ts";

/** A bucket as it is read: what there is, and a query over it. */
export interface Scanned {
  readonly frame: LazyFrame;
  readonly objects: readonly StoredObject[];
  /** Their names, in order. */
  readonly columns: readonly string[];
  /** The same query once more, for who needs one beside the first. */
  readonly again: () => LazyFrame;
}

/**
 * A bucket as a lazy frame. Only metadata are read: what there is, and its columns. Once a query over the frame has run,
 * Polars keeps what it learnt of the files: after they have been replaced, scan again. A bucket with a schema gives what
 * is declared, and its columns are compared with that.
 * @throws SOURCE_NOT_FOUND, SOURCE_UNREADABLE, SCHEMA_MISMATCH, ENGINE_NOT_INSTALLED, and what the storage throws
 */
export async function scanBucket(bucket: Bucket): Promise<LazyFrame> {
  const { frame } = await scanWithObjects(bucket);
  return frame;
}

/** @throws as {@link scanBucket} */
export async function scanWithObjects(bucket: Bucket): Promise<Scanned> {
  const polars = await loadPolars();
  const objects = await bucket.storage.list(bucket.location);
  if (objects.length === 0) throw notFound(bucket);
  refuseMixed(bucket, objects);
  const address = bucket.storage.scan(bucket.location);
  const scan = (): LazyFrame => formatAdapters[bucket.format].scan(polars, address, readOptions(bucket));
  try {
    if (bucket.schema !== undefined) {
      const scanAgain = await scanDeclared(polars, bucket, bucket.schema, objects);
      const columns = bucket.schema.columns.map(({ name }) => name);
      return { frame: scanAgain(), objects, columns, again: scanAgain };
    }
    const frame = scan();
    // Reads the columns, so that a file in another format, or an empty one, is noticed here and by its name. A frame that
    // was asked for its columns keeps where everything is in the file, which is wrong when the file is replaced before the
    // query runs; so another one is asked. Text has no such places, and looking at it again may take long.
    const isText = bucket.format === "csv" || bucket.format === "ndjson";
    const { columns } = isText ? frame : scan();
    return { frame, objects, columns, again: scan };
  } catch (cause) {
    if (GlacierError.is(cause)) throw cause;
    throw unreadable(bucket, objects, cause);
  }
}

/** Polars refuses it too, but not where there are wildcards in the root that are part of its name. */
function refuseMixed(bucket: Bucket, objects: readonly StoredObject[]): void {
  if (bucket.isPattern) return;
  const names = visible(bucket, objects).map(({ path }) => posix.basename(path));
  const [first = "", ...others] = names;
  const other = others.find((name) => posix.extname(name) !== posix.extname(first));
  if (other === undefined) return;
  throw new GlacierError(
    "SOURCE_UNREADABLE",
    `\`${label(bucket)}\` has files with different endings in it: \`${first}\` and \`${other}\`.`,
    {
      hint: `Read a pattern, such as \`${bucket.path}/**/*${formats[bucket.format].extensions[0]}\`.`,
      details: { ...detailsOf(bucket), format: bucket.format },
    },
  );
}

function notFound(bucket: Bucket): GlacierError {
  const what = bucket.isPattern ? "matches no file that has something in it" : "does not exist or is an empty folder";
  return new GlacierError("SOURCE_NOT_FOUND", `\`${label(bucket)}\` ${what} in provider \`${bucket.provider.name}\`.`, {
    hint:
      bucket.step === undefined
        ? "Check the bucket, the path and the provider's root. If another pipeline writes it, run that first."
        : `Step \`${bucket.step.task.name}\` writes it: run that first.`,
    details: detailsOf(bucket),
  });
}

function unreadable(bucket: Bucket, objects: readonly StoredObject[], cause: unknown): GlacierError {
  const details = { ...detailsOf(bucket), format: bucket.format };
  if (bucket.format === "ndjson" && hasNoLine(cause)) {
    return new GlacierError(
      "SOURCE_UNREADABLE",
      `\`${label(bucket)}\` has no line, and without one NDJSON has no columns.`,
      {
        hint: "Say which there are, with the bucket's `schema: { id: pl.Int64 }`, or use Parquet, which keeps them.",
        cause,
        details,
      },
    );
  }
  const isEmpty = objects.every(({ size }) => size === 0);
  return new GlacierError(
    "SOURCE_UNREADABLE",
    `\`${label(bucket)}\` can't be read as ${formats[bucket.format].label}: ${isEmpty ? "the file is empty." : engineMessage(cause, [bucket])}`,
    {
      hint: "Check that the file is whole and in that format; `{ format, scan }` of the bucket say how it is read.",
      cause,
      details,
    },
  );
}

function detailsOf({ provider, bucket, path }: Bucket): Readonly<Record<string, unknown>> {
  return { provider: provider.name, bucket, path };
}
