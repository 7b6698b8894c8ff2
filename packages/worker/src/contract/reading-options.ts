import type { PlainType } from "@glacier/core";
import type { DeclaredBucket } from "./declared-bucket.ts";
import type { FileColumns } from "./file-columns.ts";

type Options = Readonly<Record<string, unknown>>;
type Types = Readonly<Record<string, PlainType>>;

/** Whether files of one bucket have different columns, or the same in another order. */
export function differ(files: readonly FileColumns[]): boolean {
  const known = files.flatMap(({ columns }) => (columns === undefined ? [] : [columns]));
  return new Set(known.map((columns) => JSON.stringify(columns.map(({ name }) => name)))).size > 1;
}

/** How Polars reads the files so that their columns get the declared types, and may differ in what is not declared. */
export function readingOptions(declared: DeclaredBucket, files: readonly FileColumns[]): Options {
  const { bucket, options, inFiles } = declared;
  const types = Object.fromEntries(inFiles.map(({ nameInFile, type, readAs }) => [nameInFile, readAs ?? type]));
  switch (bucket.format) {
    case "parquet":
      return parquetOptions(declared, types, files);
    case "csv":
      return files.every(({ columns }) => columns === undefined)
        ? withSchema(options, types)
        : csvOptions(options, types, files);
    case "ndjson":
      return withSchema(options, types);
    case "ipc":
      return options;
  }
}

/** A schema is only given where it changes something: then it is the files that have to fit. */
function parquetOptions(
  { options, schema: { strict } }: DeclaredBucket,
  types: Types,
  files: readonly FileColumns[],
): Options {
  const { schema, castOptions, missingColumns } = options;
  if (schema === undefined && castOptions === undefined && missingColumns !== "insert" && !differ(files))
    return options;
  return { extraColumns: strict ? "raise" : "ignore", ...options, schema: schema ?? types };
}

function csvOptions(options: Options, types: Types, files: readonly FileColumns[]): Options {
  const { schema, schemaOverrides } = options as { readonly schema?: Types; readonly schemaOverrides?: Types };
  return {
    ...(differ(files) ? { missingColumns: "insert" } : {}),
    ...options,
    ...(schema === undefined
      ? { schemaOverrides: { ...schemaOverrides, ...types } }
      : { schema: { ...schema, ...types } }),
  };
}

/** All columns, so that nothing has to be found in the file. */
function withSchema(options: Options, schema: Types): Options {
  const { schemaOverrides: _types, inferSchemaLength: _length, parseDates: _dates, ...others } = options;
  return { ...others, schema };
}
