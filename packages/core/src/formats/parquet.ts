import { GlacierError } from "../errors.ts";
import {
  aBoolean,
  anObject,
  aWholeNumber,
  checkOptions,
  either,
  oneOf,
  type OptionRule,
  type OptionTable,
} from "../options.ts";
import { quoted } from "../suggest.ts";
import { checkLevel, type LevelRanges } from "./compression.ts";
import { checkRowOptions, filePathOptions, type FilePathOptions, rowOptions, type RowOptions } from "./rows.ts";
import { checkSchema, csvTypes, parquetTypes, type Schema } from "./schema.ts";

/** How Parquet files are read. */
export interface ParquetScanOptions extends RowOptions, FilePathOptions {
  /**
   * How rows are filtered while they are read. `prefiltered` decodes the columns of the filter first, and of the others
   * only the rows that are left; `none` decodes all of them. Default: `auto`, which is `prefiltered` where there is a
   * filter.
   */
  readonly parallel?: "auto" | "prefiltered" | "none";
  /** Skips the parts of a file that can't match a filter, by the statistics in the file. Default: true. */
  readonly useStatistics?: boolean;
  /**
   * Makes a column of each `name=value` folder in a path. A column of that name in the file is replaced. Default: for a
   * directory, of the folders in it; for a file or a glob, not. With `true`, folders above count for these too.
   */
  readonly hivePartitioning?: boolean;
  /** The types of all the columns that `name=value` folders make. Default: by their values. */
  readonly hiveSchema?: Schema;
  /** Reads dates and times in the names of `name=value` folders as such, not as text. Default: true. */
  readonly tryParseHiveDates?: boolean;
  /** Leaves out files whose name (without its folders) starts so. Default: none is left out. */
  readonly hiddenFilePrefix?: string | readonly string[];
  /** The columns and their types. Default: those of the first file. */
  readonly schema?: Schema;
  /** A column of the schema that is not in a file: an error, or `insert` nulls. Default: `raise`. */
  readonly missingColumns?: "insert" | "raise";
  /** A column of a file that is not in the schema: an error, or left out. Default: `raise`. */
  readonly extraColumns?: "ignore" | "raise";
  /** What to do where a file has another type than the schema. Default: an error. */
  readonly castOptions?: ParquetCastOptions;
}

/** Which types of a file may be turned into those of the schema. */
export interface ParquetCastOptions {
  /** `upcast`: to wider integers. `allow-float`: to floats. Default: `forbid`. */
  readonly integerCast?: OneOrMore<"upcast" | "allow-float" | "forbid">;
  /** `upcast`: to `Float64`. `downcast`: to `Float32`. Default: `forbid`. */
  readonly floatCast?: OneOrMore<"upcast" | "downcast" | "forbid">;
  /** To coarser time units, or to another time zone. Default: `forbid`. */
  readonly datetimeCast?: OneOrMore<
    "nanosecond-downcast" | "microsecond-downcast" | "downcast" | "convert-timezone" | "forbid"
  >;
  /** A field of a struct that is not in a file. Default: `raise`. */
  readonly missingStructFields?: "insert" | "raise";
  /** A field of a struct that is not in the schema. Default: `raise`. */
  readonly extraStructFields?: "ignore" | "raise";
  /** Whether a categorical column may become text. Default: `forbid`. */
  readonly categoricalToString?: "allow" | "forbid";
}

type OneOrMore<Value> = Value | readonly Value[];

/** How Parquet files are written. */
export interface ParquetSinkOptions {
  /** Default: `zstd`. `lz4` takes the least time, and some more room. */
  readonly compression?: "uncompressed" | "snappy" | "gzip" | "brotli" | "lz4" | "zstd";
  /** How hard to try: 1 to 22 for zstd (default 3), 0 to 9 for gzip (default 6), 0 to 11 for brotli (default 1). */
  readonly compressionLevel?: number;
  /** What is noted of each part of a column, so that readers can skip it. Default: true, which is all three. */
  readonly statistics?: boolean | ParquetStatistics;
  /** Rows in a row group: what is skipped, or read, as one. Default: chosen by Polars. */
  readonly rowGroupSize?: number;
  /** Bytes of a data page before it is compressed; a hint, not a limit. Default: 1,048,576. */
  readonly dataPagesizeLimit?: number;
  /** Whether rows keep their order; without it a sort before is left out. Default: true. */
  readonly maintainOrder?: boolean;
}

/** Each is left out unless it is true. */
export interface ParquetStatistics {
  /** The smallest value. Needs `max`. */
  readonly min?: boolean;
  /** The largest value. */
  readonly max?: boolean;
  /** How many values are null. Always noted with the largest value. */
  readonly nullCount?: boolean;
}

const oneOrMore = (...values: readonly string[]): OptionRule => {
  const one = oneOf(...values);
  const expected = `${one.check(undefined)}, or a list of these (\`forbid\` only alone)`;
  const isList = (list: readonly unknown[]): boolean =>
    list.length > 0 &&
    list.every((value) => one.check(value) === undefined) &&
    (list.length === 1 || !list.includes("forbid"));
  return {
    check: (value) => {
      if (Array.isArray(value)) return isList(value) ? undefined : expected;
      return one.check(value) === undefined ? undefined : expected;
    },
  };
};

const prefixes: OptionRule = {
  check: (value) => {
    const list: unknown[] = Array.isArray(value) ? value : [value];
    return list.length > 0 && list.every((prefix) => typeof prefix === "string" && prefix !== "")
      ? undefined
      : "a text that is not empty, or a list of such";
  },
};

export const parquetScan: OptionTable<ParquetScanOptions> = {
  ...rowOptions,
  ...filePathOptions,
  parallel: oneOf("auto", "prefiltered", "none"),
  useStatistics: aBoolean,
  hivePartitioning: aBoolean,
  hiveSchema: anObject,
  tryParseHiveDates: aBoolean,
  hiddenFilePrefix: prefixes,
  schema: anObject,
  missingColumns: oneOf("insert", "raise"),
  extraColumns: oneOf("ignore", "raise"),
  castOptions: anObject,
};

const castTable: OptionTable<ParquetCastOptions> = {
  integerCast: oneOrMore("upcast", "allow-float", "forbid"),
  floatCast: oneOrMore("upcast", "downcast", "forbid"),
  datetimeCast: oneOrMore("nanosecond-downcast", "microsecond-downcast", "downcast", "convert-timezone", "forbid"),
  missingStructFields: oneOf("insert", "raise"),
  extraStructFields: oneOf("ignore", "raise"),
  categoricalToString: oneOf("allow", "forbid"),
};

export const parquetSink: OptionTable<ParquetSinkOptions> = {
  compression: oneOf("uncompressed", "snappy", "gzip", "brotli", "lz4", "zstd"),
  compressionLevel: aWholeNumber(0, 22),
  statistics: either(aBoolean, anObject),
  // Above 32 bits, Polars panics; 0 it takes for its own default.
  rowGroupSize: aWholeNumber(1, 2 ** 32 - 1),
  dataPagesizeLimit: aWholeNumber(1, 2 ** 30),
  maintainOrder: aBoolean,
};

const statisticsTable: OptionTable<ParquetStatistics> = { min: aBoolean, max: aBoolean, nullCount: aBoolean };

const levels: LevelRanges = { zstd: [1, 22], gzip: [0, 9], brotli: [0, 11] };

/** What the table can't tell: nested options, and what goes together. */
export function checkParquetScan(options: ParquetScanOptions, subject: string): ParquetScanOptions {
  checkRowOptions(options, subject);
  for (const option of ["hiveSchema", "tryParseHiveDates"] as const) {
    if (options[option] === undefined || options.hivePartitioning !== false) continue;
    throw new GlacierError(
      "OPTION_INVALID",
      `${subject}: option \`${option}\` has no meaning without \`hivePartitioning\`.`,
      {
        hint: `Leave out ${quoted(["hivePartitioning: false", option], "or")}.`,
        details: { option },
      },
    );
  }
  const { schema, hiveSchema, castOptions } = options;
  return {
    ...options,
    ...(schema === undefined ? {} : { schema: checkSchema(schema, parquetTypes, "schema", subject) }),
    ...(hiveSchema === undefined
      ? {}
      : { hiveSchema: checkSchema(hiveSchema, { ...csvTypes, label: "the name of a folder" }, "hiveSchema", subject) }),
    ...(castOptions === undefined
      ? {}
      : { castOptions: checkOptions(castOptions, castTable, `${subject}: option \`castOptions\``) }),
  };
}

/** What the table can't tell: nested options, and what goes together. */
export function checkParquetSink(options: ParquetSinkOptions, subject: string): ParquetSinkOptions {
  checkLevel(options.compression ?? "zstd", options.compressionLevel, levels, subject);
  const given = options.statistics;
  if (given === undefined || typeof given === "boolean") return options;
  const statistics = checkOptions(given, statisticsTable, `${subject}: option \`statistics\``);
  const refuse = (message: string, hint: string): never => {
    throw new GlacierError("OPTION_INVALID", `${subject}: option \`statistics\` ${message}.`, {
      hint,
      details: { option: "statistics" },
    });
  };
  // Polars fails on it at the end of the first row group.
  if (statistics.min === true && statistics.max !== true) refuse("can't have `min` without `max`", "Set both to true.");
  if (statistics.max === true && statistics.nullCount === false) {
    refuse("can't have `max` without `nullCount`", "Leave out `nullCount: false`.");
  }
  return { ...options, statistics };
}
