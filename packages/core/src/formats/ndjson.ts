import { aBoolean, anObject, aWholeNumber, either, type OptionRule, type OptionTable } from "../options.ts";
import { checkLevel, textCodec, textCompression, type TextCompressionOptions, textLevels } from "./compression.ts";
import { checkRowOptions, filePathOptions, type FilePathOptions, rowOptions, type RowOptions } from "./rows.ts";
import { checkSchema, ndjsonTypes, type Schema } from "./schema.ts";
import { refuseBoth } from "./together.ts";

/** How newline-delimited JSON is read. */
export interface NdjsonScanOptions extends RowOptions, FilePathOptions {
  /**
   * How many lines are looked at to find the columns and their types; `null` for all of them, which reads the file
   * twice. A field that comes only later is left out, and a value of another type is an error. Default: 100.
   */
  readonly inferSchemaLength?: number | null;
  /** All columns and their types. Fields that are not in it are left out, and those that a line has not got are null. */
  readonly schema?: Schema;
  /** The types of some columns; the others are found. Not with `schema`. */
  readonly schemaOverrides?: Schema;
  /** Makes null of values that do not have the type of their column. A line that is no JSON stays an error. Default: false. */
  readonly ignoreErrors?: boolean;
}

/** How newline-delimited JSON is written. */
export interface NdjsonSinkOptions extends TextCompressionOptions {
  /** Whether rows keep their order; without it a sort before is left out. Default: true. */
  readonly maintainOrder?: boolean;
}

const aNull: OptionRule = { check: (value) => (value === null ? undefined : "`null`") };

export const ndjsonScan: OptionTable<NdjsonScanOptions> = {
  ...rowOptions,
  ...filePathOptions,
  inferSchemaLength: either(aWholeNumber(1), aNull),
  schema: anObject,
  schemaOverrides: anObject,
  ignoreErrors: aBoolean,
};

export const ndjsonSink: OptionTable<NdjsonSinkOptions> = { ...textCompression, maintainOrder: aBoolean };

export const ndjsonEndings: readonly string[] = [".ndjson", ".jsonl"];

/** What the table can't tell: nested options, and what goes together. */
export function checkNdjsonScan(options: NdjsonScanOptions, subject: string): NdjsonScanOptions {
  checkRowOptions(options, subject);
  refuseBoth(options, "schema", "schemaOverrides", subject);
  refuseBoth(options, "schema", "inferSchemaLength", subject);
  const { schema, schemaOverrides } = options;
  return {
    ...options,
    ...(schema === undefined ? {} : { schema: checkSchema(schema, ndjsonTypes, "schema", subject) }),
    ...(schemaOverrides === undefined
      ? {}
      : { schemaOverrides: checkSchema(schemaOverrides, ndjsonTypes, "schemaOverrides", subject) }),
  };
}

/** What the table can't tell: what goes together, and with the path. */
export function checkNdjsonSink(options: NdjsonSinkOptions, subject: string, path?: string): NdjsonSinkOptions {
  const compression = textCodec(options, path, ndjsonEndings, subject);
  checkLevel(compression, options.compressionLevel, textLevels, subject);
  return compression === "uncompressed" ? options : { ...options, compression };
}
