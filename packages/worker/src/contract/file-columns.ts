import type { LazyFrame, StoredObject } from "@glacier/core";
import type { Polars } from "@glacier/plan";
import { formatAdapters } from "../formats/format.ts";
import { messageOf } from "../engine-message.ts";
import { foundIn, type FoundColumn } from "../types.ts";
import { type DeclaredBucket, isText, renamed, withoutRows } from "./declared-bucket.ts";

/** The columns of one file of a bucket. */
export interface FileColumns {
  readonly path: string;
  /** By the names that are declared. Without one where the file has no line, and so no columns. */
  readonly columns: readonly FoundColumn[] | undefined;
}

/** So many files are looked at together. */
const atOnce = 32;

/** What each file has by itself, from its metadata; of text its header, or its first lines. */
export async function columnsOfFiles(
  polars: Polars,
  declared: DeclaredBucket,
  objects: readonly StoredObject[],
): Promise<readonly FileColumns[]> {
  const files: FileColumns[] = [];
  for (let start = 0; start < objects.length; start += atOnce) {
    const part = objects.slice(start, start + atOnce);
    files.push(...(await Promise.all(part.map(async ({ path }) => columnsOfFile(polars, declared, path, start > 0)))));
  }
  return files;
}

async function columnsOfFile(
  polars: Polars,
  declared: DeclaredBucket,
  path: string,
  isLater: boolean,
): Promise<FileColumns> {
  const { bucket } = declared;
  const address = bucket.storage.scan({ ...bucket.location, path, glob: false });
  const frame = formatAdapters[bucket.format].scan(polars, address, ownOptions(declared));
  if (isText(bucket)) return { path, columns: namesIn(declared, frame) };
  const nothing = frame.limit(0);
  // A panic in Polars would end the process, if it were async: what can't be read at all is noticed at the first files.
  return { path, columns: foundIn(isLater ? await nothing.collect() : nothing.collectSync()) };
}

/** Options that change neither what the columns of a file are nor what they are called, but could hide it, left out. */
function ownOptions({ bucket, options }: DeclaredBucket): Readonly<Record<string, unknown>> {
  const { schemaOverrides: _types, missingColumns: _missing, parseDates: _dates, ...others } = withoutRows(options);
  switch (bucket.format) {
    case "parquet":
      return { hivePartitioning: false };
    case "ipc":
      return {};
    case "csv":
      return options["schema"] === undefined ? { ...others, inferSchemaLength: 0 } : others;
    case "ndjson":
      return others;
  }
}

function namesIn(declared: DeclaredBucket, frame: LazyFrame): readonly FoundColumn[] | undefined {
  const types = new Map(declared.columns.map(({ name, type }) => [name, type]));
  try {
    const found = renamed(
      declared,
      frame.columns.map((name) => ({ name, type: undefined })),
    );
    if (found.length === 0) return undefined;
    return found.map(({ name }) => ({ name, type: types.get(name) }));
  } catch (error) {
    if (declared.bucket.format === "ndjson" && hasNoLine(error)) return undefined;
    throw error;
  }
}

/** Whether an error of Polars says that an NDJSON file has no line. */
export const hasNoLine = (error: unknown): boolean =>
  /empty (?:reader|string|NDJSON)|^could not infer data-type/i.test(messageOf(error));
