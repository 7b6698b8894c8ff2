import { type Bucket, type BucketSchema, csvNamesInFile, type PlainType } from "@glacier/core";
import { type TableSchema, tableSchemaOf } from "@glacier/plan";
import type { FoundColumn } from "../types.ts";

type Options = Readonly<Record<string, unknown>>;

/** A column that is declared and is in the files of a bucket. */
export interface InFile {
  readonly name: string;
  /** What it is called there. */
  readonly nameInFile: string;
  readonly type: PlainType;
  /** Another type that it has to be read as. */
  readonly readAs?: PlainType;
  readonly nullable: boolean;
}

/** A bucket with a schema, and what is to be known to read it. */
export interface DeclaredBucket {
  readonly bucket: Bucket;
  readonly schema: BucketSchema;
  readonly columns: TableSchema;
  /** How it is read. */
  readonly options: Options;
  readonly inFiles: readonly InFile[];
  /** The names of columns that come from folders. */
  readonly folders: ReadonlySet<string>;
}

export const isText = ({ format }: Bucket): boolean => format === "csv" || format === "ndjson";

export function declaredBucket(
  bucket: Bucket,
  schema: BucketSchema,
  options: Options,
  folders: ReadonlySet<string>,
): DeclaredBucket {
  const made = new Set([bucket.scanOptions["rowIndexName"], bucket.scanOptions["includeFilePaths"]]);
  const columns = schema.columns.filter(({ name }) => !made.has(name) && !folders.has(name));
  const names = columns.map(({ name }) => name);
  const inFile = bucket.format === "csv" ? csvNamesInFile(names, options) : names;
  return {
    bucket,
    schema,
    columns: tableSchemaOf(schema),
    options,
    inFiles: columns.map(({ name, type, nullable }, at) => ({
      name,
      nameInFile: inFile[at] as string,
      type,
      ...readAs(bucket, type),
      nullable,
    })),
    folders,
  };
}

/** At which places of a CSV file the columns are, from 0; `undefined` where they are known by their names. */
export function csvPlaces({ bucket, inFiles, options }: DeclaredBucket): readonly number[] | undefined {
  if (bucket.format !== "csv") return undefined;
  const all = options["schema"] === undefined ? undefined : Object.keys(options["schema"] as object);
  if (all !== undefined) return inFiles.map(({ nameInFile }) => all.indexOf(nameInFile));
  if (options["hasHeader"] !== false) return undefined;
  return inFiles.map(({ nameInFile }) => Number(nameInFile.slice("column_".length)) - 1);
}

/** Polars makes a wrong time of a text without seconds in a column of CSV, unless it is to be microseconds. */
function readAs({ format }: Bucket, type: PlainType): { readAs?: PlainType } {
  const isAffected = format === "csv" && type.variant === "Datetime" && type.timeUnit !== "us";
  return isAffected ? { readAs: { ...type, timeUnit: "us" } } : {};
}

/** What is in a file, by the names that are declared. */
export function renamed({ inFiles }: DeclaredBucket, found: readonly FoundColumn[]): readonly FoundColumn[] {
  const names = new Map(inFiles.map(({ name, nameInFile }) => [nameInFile, name]));
  return found.map(({ name, type }) => ({ name: names.get(name) ?? name, type }));
}

/** The options without those that number, limit or mark rows. */
export function withoutRows(options: Options): Options {
  const { nRows: _rows, rowIndexName: _name, rowIndexOffset: _offset, includeFilePaths: _paths, ...others } = options;
  return others;
}
