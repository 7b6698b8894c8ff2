import {
  type Bucket,
  type BucketSchema,
  label,
  type LazyFrame,
  type ScanAddress,
  type StoredObject,
} from "@glacier/core";
import { type Polars, tableSchemaOf } from "@glacier/plan";
import type { Expr } from "nodejs-polars";
import { columnNamed } from "../column.ts";
import { formatAdapters } from "../formats/format.ts";
import { folderColumns, visible } from "../objects.ts";
import { readOptions } from "../read-options.ts";
import { foundIn } from "../types.ts";
import { type DeclaredBucket, declaredBucket, type InFile, renamed } from "./declared-bucket.ts";
import { columnsOfFiles, type FileColumns } from "./file-columns.ts";
import { differences, refuseDifferences } from "./mismatch.ts";
import { differ, readingOptions } from "./reading-options.ts";

/**
 * How a bucket with a schema is read: the declared columns in the declared order, after they were compared with those of
 * its files. Gives a new frame for each call.
 * @throws SCHEMA_MISMATCH, and errors of Polars as they are
 */
export async function scanDeclared(
  polars: Polars,
  bucket: Bucket,
  schema: BucketSchema,
  objects: readonly StoredObject[],
): Promise<() => LazyFrame> {
  const declared = declaredBucket(bucket, schema, readOptions(bucket), folderColumns(bucket, objects));
  const seen = visible(bucket, objects);
  const filled = seen.filter(({ size }) => size > 0);
  const files = await columnsOfFiles(polars, declared, filled.length > 0 ? filled : seen.slice(0, 1));
  for (const file of files) refuseFile(declared, file);
  const address = bucket.storage.scan(bucket.location);
  const open = (): LazyFrame => openDeclared(polars, declared, address, files);
  const names = refuseWhole(declared, open());
  const isAsDeclared = JSON.stringify(names) === JSON.stringify(schema.columns.map(({ name }) => name));
  const isReadAsIs = declared.inFiles.every(({ name, nameInFile, readAs }) => name === nameInFile && !readAs);
  return () => (isAsDeclared && isReadAsIs ? open() : selectDeclared(polars, declared, open()));
}

function refuseFile({ bucket, schema, columns, inFiles, options, folders }: DeclaredBucket, file: FileColumns): void {
  if (file.columns === undefined) return;
  const inFile = new Map(inFiles.map((column) => [column.name, column]));
  const found = differences(columns, schema, file.columns, {
    passed: new Set([...folders, ...columns.map(({ name }) => name).filter((name) => !inFile.has(name))]),
    // In NDJSON, a field that a line has not got is null.
    mayMiss: (name) =>
      options["missingColumns"] === "insert" || (bucket.format === "ndjson" && inFile.get(name)?.nullable === true),
    anyType: options["castOptions"] !== undefined,
  });
  const isWhole = file.path === bucket.path;
  const subject = isWhole
    ? `\`${label(bucket)}\``
    : `\`${label({ bucket: bucket.bucket, path: file.path })}\` (of \`${label(bucket)}\`)`;
  refuseDifferences(found, { bucket, subject, found: file.columns });
}

/** @returns the names of the columns, as they are */
function refuseWhole({ bucket, schema, ...declared }: DeclaredBucket, frame: LazyFrame): readonly string[] {
  const found = foundIn(frame.limit(0).collectSync());
  const inFile = new Map(declared.inFiles.map((column) => [column.name, column]));
  const columns = schema.columns.map((column) => ({ ...column, type: inFile.get(column.name)?.readAs ?? column.type }));
  const named = renamed({ bucket, schema, ...declared }, found);
  const all = differences(tableSchemaOf({ ...schema, columns }), schema, named);
  refuseDifferences(all, { bucket, subject: `\`${label(bucket)}\``, found: named });
  return found.map(({ name }) => name);
}

/** Only the declared columns, in their order, as what they are declared. */
export function selectDeclared(
  polars: Polars,
  { schema, inFiles }: DeclaredBucket,
  frame: LazyFrame,
  names: readonly string[] = schema.columns.map(({ name }) => name),
): LazyFrame {
  const places = new Map(inFiles.map((column) => [column.name, column]));
  return frame.select(...names.map((name) => expressionFor(polars, name, places.get(name))));
}

function expressionFor(polars: Polars, name: string, inFile: InFile | undefined): Expr {
  const column = columnNamed(polars, inFile?.nameInFile ?? name);
  const typed = inFile?.readAs === undefined ? column : column.cast({ ...inFile.type } as never);
  return inFile === undefined || inFile.nameInFile === name ? typed : typed.alias(name);
}

/** A scan with the columns as the files have them, and maybe others. */
export function openDeclared(
  polars: Polars,
  declared: DeclaredBucket,
  address: ScanAddress,
  files: readonly FileColumns[],
): LazyFrame {
  const { bucket } = declared;
  const adapter = formatAdapters[bucket.format];
  const needsFolders = declared.columns.some(({ name }) => declared.folders.has(name));
  if (bucket.format !== "ipc" || !differ(files) || needsFolders) {
    return adapter.scan(polars, address, readingOptions(declared, files));
  }
  // Polars can't read Arrow IPC files together that have different columns.
  const { nRows, rowIndexName, rowIndexOffset } = declared.options as {
    readonly nRows?: number;
    readonly rowIndexName?: string;
    readonly rowIndexOffset?: number;
  };
  const parts = files.map(({ path }) => {
    const one = bucket.storage.scan({ ...bucket.location, path, glob: false });
    return selectDeclared(
      polars,
      declared,
      adapter.scan(polars, one, {}),
      declared.inFiles.map(({ name }) => name),
    );
  });
  const all = polars.concat(parts);
  const first = nRows === undefined ? all : all.limit(nRows);
  return rowIndexName === undefined ? first : first.withRowIndex(rowIndexName, rowIndexOffset ?? 0);
}
