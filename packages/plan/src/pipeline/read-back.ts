import type { Bucket, PlainType } from "@glacier/core";
import { tableSchemaOf } from "../declared-schema.ts";
import { type Column, type ColumnType, isFloat, isInteger, type TableSchema } from "../model/column-type.ts";
import type { ReadSchema } from "./read-schema.ts";

/**
 * What a step will get when it reads a bucket that is not written yet, from the columns that another step writes there.
 * Parquet and Arrow IPC keep types. CSV and NDJSON don't: a reader finds them from the values, so what is said of them
 * here is what they mostly become.
 * @returns undefined where the options of `scan` change more than can be told without the file
 */
export function readBack(bucket: Bucket, written: ReadSchema): ReadSchema | undefined {
  const options = bucket.scanOptions as ScanOptions;
  if (changesColumns(options)) return undefined;
  const { columns, guessed } = overridden(options, throughFormat(bucket, options, written));
  return { schema: [...rowIndexOf(options), ...columns, ...filePathsOf(options)], guessed };
}

interface ScanOptions {
  readonly schema?: object;
  readonly schemaOverrides?: Readonly<Record<string, PlainType>>;
  readonly hasHeader?: boolean;
  readonly skipRows?: number;
  readonly skipLines?: number;
  readonly inferSchemaLength?: number;
  readonly parseDates?: boolean;
  readonly rowIndexName?: string;
  readonly includeFilePaths?: string;
}

const changesColumns = ({ schema, hasHeader, skipRows = 0, skipLines = 0 }: ScanOptions): boolean =>
  schema !== undefined || hasHeader === false || skipRows > 0 || skipLines > 0;

const rowIndexOf = ({ rowIndexName }: ScanOptions): readonly Column[] =>
  rowIndexName === undefined ? [] : [{ name: rowIndexName, type: { kind: "UInt32" } }];

const filePathsOf = ({ includeFilePaths }: ScanOptions): readonly Column[] =>
  includeFilePaths === undefined ? [] : [{ name: includeFilePaths, type: { kind: "String" } }];

interface Kept {
  readonly columns: TableSchema;
  readonly guessed: ReadonlySet<string>;
}

function throughFormat({ format }: Bucket, options: ScanOptions, { schema, guessed }: ReadSchema): Kept {
  if (format === "parquet" || format === "ipc") return { columns: schema, guessed };
  if (format === "csv" && options.inferSchemaLength === 0) {
    return { columns: schema.map(({ name }) => ({ name, type: text })), guessed: new Set() };
  }
  const becomes = format === "csv" ? asCsv : asJson;
  const isCertain = (type: ColumnType): boolean => alwaysText.has(type.kind) && options.parseDates !== true;
  return {
    columns: schema.map(({ name, type }) => ({ name, type: becomes(type) })),
    guessed: new Set(schema.filter(({ name, type }) => guessed.has(name) || !isCertain(type)).map(({ name }) => name)),
  };
}

/** The user says which types some columns have. */
function overridden({ schemaOverrides = {} }: ScanOptions, { columns, guessed }: Kept): Kept {
  const given = Object.entries(schemaOverrides).map(([name, type]) => ({ name, type, nullable: true }));
  const types = new Map(tableSchemaOf({ columns: given, strict: false }).map(({ name, type }) => [name, type]));
  return {
    columns: columns.map(({ name, type }) => ({ name, type: types.get(name) ?? type })),
    guessed: new Set([...guessed].filter((name) => !types.has(name))),
  };
}

const text: ColumnType = { kind: "String" };

/** Their values never look like numbers; a column without any value is text too. */
const alwaysText: ReadonlySet<ColumnType["kind"]> = new Set(["Date", "Datetime", "Time"]);

function asCsv(type: ColumnType): ColumnType {
  if (isInteger(type)) return { kind: "Int64" };
  if (isFloat(type) || type.kind === "Decimal") return { kind: "Float64" };
  return type.kind === "Boolean" ? type : text;
}

function asJson(type: ColumnType): ColumnType {
  if (type.kind === "List" || type.kind === "Array") return { kind: "List", inner: asJson(type.inner) };
  if (type.kind === "Struct") {
    return { kind: "Struct", fields: type.fields.map((field) => ({ name: field.name, type: asJson(field.type) })) };
  }
  return type.kind === "Decimal" ? text : asCsv(type);
}
