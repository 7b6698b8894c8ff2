import type { Bucket, LazyFrame } from "@glacier/core";
import { loadPolars } from "@glacier/plan";
import { scanBucket } from "@glacier/worker";
import type { RowEstimate } from "./rows.ts";

/** How much a source holds, from metadata and of text formats from a sample. */
export interface SourceSize {
  readonly files: number;
  /** As they are stored. */
  readonly bytes: number;
  /** Counted in the metadata of Parquet and Arrow IPC; of text an estimate from the first lines. */
  readonly rows?: RowEstimate;
}

/** Lines of a text format that are looked at, to know how long they are. */
const sampledLines = 1_000;

/**
 * Reads how much there is in a bucket, without reading all of it.
 * @throws what the storage throws, SOURCE_NOT_FOUND, SOURCE_UNREADABLE
 */
export async function sizeOf(bucket: Bucket): Promise<SourceSize> {
  const objects = await bucket.storage.list(bucket.location);
  const bytes = objects.reduce((sum, { size }) => sum + size, 0);
  const size = { files: objects.length, bytes };
  const frame = await scanBucket(bucket);
  if (bucket.format === "parquet" || bucket.format === "ipc") {
    const { len } = await loadPolars();
    const counted = await frame.select(len()).collect();
    const rows = Number(counted.row(0)[0]);
    return { ...size, rows: { expected: rows, atMost: rows } };
  }
  const isCompressed = objects.some(({ path }) => /\.(?:gz|zst|zz)$/i.test(path));
  const length = isCompressed ? undefined : await lineLength(bucket, frame);
  return length === undefined ? size : { ...size, rows: { expected: Math.round(bytes / length) } };
}

/** Bytes of an average line among the first ones, as Polars would write them. */
async function lineLength(bucket: Bucket, frame: LazyFrame): Promise<number | undefined> {
  const sample = await frame.limit(sampledLines).collect();
  if (sample.height === 0) return undefined;
  const text: Buffer =
    bucket.format === "csv" ? sample.writeCSV({ includeHeader: false }) : sample.writeJSON({ format: "lines" });
  return text.length / sample.height;
}
