import type { DataType } from "nodejs-polars";
import { GlacierError } from "./errors.ts";
import type { CsvScanOptions } from "./formats/csv.ts";
import { csvNamesInFile } from "./formats/csv-names.ts";
import type { FormatName } from "./formats/format.ts";
import {
  checkSchema,
  csvTypes,
  isSamePlainType,
  ndjsonTypes,
  parquetTypes,
  type PlainType,
  type Schema,
  type TypeSupport,
} from "./formats/schema.ts";
import { isNullable, type Nullable } from "./nullable.ts";

/** Columns and their types, in order: `{ id: pl.Int64, note: nullable(pl.String) }`. */
export type SchemaColumns = Readonly<Record<string, DataType | Nullable>>;

/** What a bucket's `schema` declares. Plain, frozen data that JSON can carry. */
export interface BucketSchema {
  /** In the order in which a task gets them. */
  readonly columns: readonly DeclaredColumn[];
  /** Whether other columns are an error. */
  readonly strict: boolean;
}

export interface DeclaredColumn {
  readonly name: string;
  readonly type: PlainType;
  /** Whether it may have nulls. */
  readonly nullable: boolean;
}

/** As {@link csvTypes}, less what Polars reads wrong: with nanoseconds, a text without seconds becomes another time. */
const declaredCsvTypes: TypeSupport = { ...csvTypes, datetimeUnits: ["us", "ms"] };

const typesOf: Readonly<Record<FormatName, TypeSupport>> = {
  parquet: parquetTypes,
  csv: declaredCsvTypes,
  ndjson: ndjsonTypes,
  ipc: { ...parquetTypes, label: "Arrow IPC" },
};

interface SchemaOptions {
  readonly schema?: SchemaColumns | undefined;
  readonly strict?: boolean | undefined;
}

interface CheckedBucket {
  readonly format: FormatName;
  /** Checked. */
  readonly scan: Readonly<Record<string, unknown>>;
  /** Checked. */
  readonly sink: Readonly<Record<string, unknown>>;
  /** As the start of a sentence: ``Bucket `lake/raw.csv` ``. */
  readonly subject: string;
}

/**
 * Checks the `schema` of a bucket, by itself and against what its `scan` options say of columns.
 * @throws OPTION_INVALID
 */
export function checkBucketSchema(given: SchemaOptions, bucket: CheckedBucket): BucketSchema | undefined {
  const { schema, strict = false } = given;
  if (schema === undefined) {
    if (given.strict === undefined) return undefined;
    throw refused(bucket, "strict", "option `strict` has no meaning without `schema`", {
      hint: "It says whether columns that are not in the schema are an error. Declare one: `schema: { id: pl.Int64 }`.",
    });
  }
  const types = Object.fromEntries(
    Object.entries(schema).map(([name, type]) => [name, isNullable(type) ? type.nullable : type]),
  );
  const checked = checkSchema(types, typesOf[bucket.format], "schema", bucket.subject);
  const columns = Object.entries(checked).map(([name, type]): DeclaredColumn =>
    Object.freeze({ name, type: type as unknown as PlainType, nullable: isNullable(schema[name]) }),
  );
  const declared: BucketSchema = Object.freeze({ columns: Object.freeze(columns), strict });
  refuseContradictions(declared, bucket);
  return declared;
}

function refuseContradictions(declared: BucketSchema, bucket: CheckedBucket): void {
  const made = madeByReading(bucket.scan);
  for (const [option, name, type] of made) {
    const column = declared.columns.find((each) => each.name === name);
    const hint = `Declare \`${name}: pl.${type}\`, or leave out \`${option}\`.`;
    if (column === undefined) {
      throw refused(
        bucket,
        option,
        `\`scan.${option}\` makes a column \`${name}\`, which \`schema\` does not declare`,
        {
          hint,
          column: name,
        },
      );
    }
    if (column.type.variant !== type) throw differs(bucket, option, name, hint);
  }
  const inFiles = declared.columns.filter(({ name }) => !made.some(([, other]) => other === name));
  const names = inFiles.map(({ name }) => name);
  const namesInFile = bucket.format === "csv" ? csvNamesInFile(names, asRead(bucket)) : names;
  for (const option of ["schema", "schemaOverrides", "hiveSchema"] as const) {
    const types = bucket.scan[option] as Schema | undefined;
    if (types === undefined) continue;
    for (const [at, { name, type }] of inFiles.entries()) {
      const nameInFile = namesInFile[at] as string;
      if (!Object.hasOwn(types, nameInFile)) continue;
      if (isSamePlainType(type, types[nameInFile] as unknown as PlainType)) continue;
      throw differs(bucket, option, name, "Say it once: leave the column out of `scan`.");
    }
  }
  refuseOtherColumns(declared, names, bucket);
}

/** A `scan.schema` says which columns there are at all. */
function refuseOtherColumns({ strict }: BucketSchema, names: readonly string[], bucket: CheckedBucket): void {
  const given = bucket.scan["schema"] as Schema | undefined;
  // What Parquet has not got in its files may be in the names of folders.
  const missing =
    given === undefined || bucket.format === "parquet" ? undefined : names.find((name) => !Object.hasOwn(given, name));
  if (missing !== undefined) {
    throw refused(bucket, "schema", `\`schema\` declares column \`${missing}\`, and \`scan.schema\` leaves it out`, {
      hint: "`scan.schema` says all columns of the file. Add it there, or leave `scan.schema` out.",
      column: missing,
    });
  }
  if (!strict) return;
  const extra = Object.keys(given ?? {}).find((name) => !names.includes(name));
  if (extra !== undefined) {
    throw refused(
      bucket,
      "strict",
      `with \`strict\`, \`scan.schema\` has a column \`${extra}\` that \`schema\` has not`,
      {
        hint: "Declare it, or leave out `strict`.",
        column: extra,
      },
    );
  }
  if (bucket.scan["extraColumns"] === "ignore") {
    throw refused(bucket, "strict", '`strict` and `scan.extraColumns: "ignore"` say the opposite', {
      hint: "Leave one of them out.",
    });
  }
}

/** Columns that are in no file. */
function madeByReading(scan: Readonly<Record<string, unknown>>): readonly (readonly [string, string, string])[] {
  const made = [
    ["rowIndexName", scan["rowIndexName"], "UInt32"],
    ["includeFilePaths", scan["includeFilePaths"], "String"],
  ] as const;
  return made.flatMap(([option, name, type]) => (typeof name === "string" ? [[option, name, type] as const] : []));
}

/** A bucket is read as it is written. */
const asRead = ({ scan, sink }: CheckedBucket): CsvScanOptions => ({
  ...(sink["includeHeader"] === false ? { hasHeader: false } : {}),
  ...scan,
});

const differs = (bucket: CheckedBucket, option: string, column: string, hint: string): GlacierError =>
  refused(bucket, option, `\`schema\` and \`scan.${option}\` give column \`${column}\` different types`, {
    hint,
    column,
  });

function refused(
  { subject }: CheckedBucket,
  option: string,
  problem: string,
  { hint, column }: { readonly hint: string; readonly column?: string },
): GlacierError {
  return new GlacierError("OPTION_INVALID", `${subject}: ${problem}.`, {
    hint,
    details: { option, ...(column === undefined ? {} : { column }) },
  });
}
