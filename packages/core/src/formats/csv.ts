import { GlacierError } from "../errors.ts";
import {
  aBoolean,
  anObject,
  anyString,
  aString,
  aWholeNumber,
  either,
  oneOf,
  type OptionRule,
  type OptionTable,
} from "../options.ts";
import { checkLevel, textCodec, textCompression, type TextCompressionOptions, textLevels } from "./compression.ts";
import { checkTemporalFormat } from "./csv-temporal.ts";
import { checkRowOptions, filePathOptions, type FilePathOptions, rowOptions, type RowOptions } from "./rows.ts";
import { checkSchema, csvTypes, type Schema } from "./schema.ts";
import { refuseBoth } from "./together.ts";

/** How CSV files are read. */
export interface CsvScanOptions extends RowOptions, FilePathOptions {
  /** Whether the first line has the names of the columns; else they are `column_1`, `column_2`, … Default: true. */
  readonly hasHeader?: boolean;
  /** One ASCII character. Default: `,`. */
  readonly separator?: string;
  /** One ASCII character; `null` where quotes have no meaning. Default: `"`. */
  readonly quoteChar?: string | null;
  /** What ends a line: one ASCII character. With `\n`, a `\r` before it goes too. Default: `\n`. */
  readonly eolChar?: string;
  /** Lines that start so are left out. Default: none is. */
  readonly commentPrefix?: string;
  /** Skips as many rows before the header; a row may go over several lines in quotes. Default: 0. */
  readonly skipRows?: number;
  /** Skips as many lines before the header, whatever is in them. Not with `skipRows`. Default: 0. */
  readonly skipLines?: number;
  /** Skips as many rows after the header. Default: 0. */
  readonly skipRowsAfterHeader?: number;
  /** What stands for null beside an empty field: a text, several, or one text for each column. Default: none. */
  readonly nullValues?: string | readonly string[] | Readonly<Record<string, string>>;
  /** Reads an empty field of a text column as an empty text, not as null. Default: false. */
  readonly missingUtf8IsEmptyString?: boolean;
  /** Makes null of values that do not have the type of their column. Default: false. */
  readonly ignoreErrors?: boolean;
  /** Drops what a row has more than there are columns; else it is an error. Shorter rows get nulls. Default: false. */
  readonly truncateRaggedLines?: boolean;
  /** Whether a file without any line is an error; else it has no columns. Default: true. */
  readonly raiseIfEmpty?: boolean;
  /** What to do with bytes that are no UTF-8: an error, or a `�` for each. Default: `utf8`, an error. */
  readonly encoding?: "utf8" | "utf8-lossy";
  /** Reads `1,5` as a number. With a comma as separator, such numbers must be in quotes. Default: false. */
  readonly decimalComma?: boolean;
  /** Looks for dates and times where there would be text: ISO 8601, and day before month. Default: false. */
  readonly parseDates?: boolean;
  /**
   * How many rows are looked at to find the types, up to 10,000,000; with 0, every column is text. A value further on
   * that does not have the type is an error. Default: 100.
   */
  readonly inferSchemaLength?: number;
  /**
   * All columns and their types, in the order of the file. It is the order that counts: the names replace those of the
   * header, whatever they are.
   */
  readonly schema?: Schema;
  /** The types of some columns; the others are found. A column that is not there is ignored. Not with `schema`. */
  readonly schemaOverrides?: Schema;
  /**
   * Columns that some of the files do not have: an error, or `insert` nulls. Without a schema, `insert` also goes by the
   * names of columns, so that files may have them in another order. Default: `raise`.
   */
  readonly missingColumns?: "insert" | "raise";
}

/** How CSV files are written. */
export interface CsvSinkOptions extends TextCompressionOptions {
  /** Whether the first line has the names of the columns. Default: true. */
  readonly includeHeader?: boolean;
  /** Whether the file starts with a byte order mark, by which some spreadsheets know UTF-8. Default: false. */
  readonly includeBom?: boolean;
  /** One ASCII character that is in no number, date or time. Default: `,`. */
  readonly separator?: string;
  /** One ASCII character that is in no number, date or time. Default: `"`. */
  readonly quoteChar?: string;
  /**
   * What is put in quotes. `necessary`: texts with a separator, quote or line break in them, and empty ones.
   * `non_numeric`: all but numbers and nulls. `always`: all. `never`: nothing, so that a text with a separator in it
   * breaks its row. Default: `necessary`.
   */
  readonly quoteStyle?: "necessary" | "non_numeric" | "always" | "never";
  /** Default: `\n`. */
  readonly lineTerminator?: "\n" | "\r\n";
  /** What is written for null. Default: nothing. */
  readonly nullValue?: string;
  /** How dates are written, as in `%d.%m.%Y`: see https://docs.rs/chrono/latest/chrono/format/strftime/. Default: `%F`. */
  readonly dateFormat?: string;
  /** How times are written. Default: `%T%.9f`. */
  readonly timeFormat?: string;
  /** How dates with times are written. Default: `%FT%H:%M:%S` with as many digits as the unit has, and the offset. */
  readonly datetimeFormat?: string;
  /** Writes every float as `1.5e0`, or none. Default: neither, `10000000000.0`. */
  readonly floatScientific?: boolean;
  /** Digits after the point of a float, from 0 to 100. Default: as many as needed. */
  readonly floatPrecision?: number;
  /** Writes `1,5` for 1.5. Default: false. */
  readonly decimalComma?: boolean;
  /** Whether rows keep their order; without it a sort before is left out. Default: true. */
  readonly maintainOrder?: boolean;
}

const isAscii = (value: unknown): value is string =>
  // oxlint-disable-next-line no-control-regex -- all of ASCII but line breaks
  typeof value === "string" && /^[\u0000-\u007f]$/.test(value);

const aCharacter: OptionRule = {
  check: (value) =>
    isAscii(value) && value !== "\n" && value !== "\r" ? undefined : "one ASCII character that is no line break",
};

const aLineEnd: OptionRule = { check: (value) => (isAscii(value) ? undefined : "one ASCII character") };

/** Polars puts numbers, dates and times into quotes for no character that is in them. */
const aDelimiter: OptionRule = {
  check: (value) =>
    isAscii(value) && !/[A-Za-z0-9.:+\r\n-]/.test(value)
      ? undefined
      : "one ASCII character that is no letter, digit or line break, and none of `.:+-`",
};

const aPrefix: OptionRule = {
  check: (value) =>
    typeof value === "string" && /^[^\r\n]+$/.test(value) ? undefined : "a text that is not empty, without line breaks",
};

const aNull: OptionRule = { check: (value) => (value === null ? undefined : "`null`") };

const nullValues: OptionRule = {
  check: (value) => {
    const texts: unknown[] = typeof value === "object" && value !== null ? Object.values(value) : [value];
    return texts.every((text) => typeof text === "string")
      ? undefined
      : "a text, a list of texts, or an object with a text for each column";
  },
};

const count = aWholeNumber(0, 2 ** 32 - 1);

export const csvScan: OptionTable<CsvScanOptions> = {
  ...rowOptions,
  ...filePathOptions,
  hasHeader: aBoolean,
  separator: aCharacter,
  quoteChar: either(aCharacter, aNull),
  eolChar: aLineEnd,
  commentPrefix: aPrefix,
  skipRows: count,
  skipLines: count,
  skipRowsAfterHeader: count,
  nullValues,
  missingUtf8IsEmptyString: aBoolean,
  ignoreErrors: aBoolean,
  truncateRaggedLines: aBoolean,
  raiseIfEmpty: aBoolean,
  encoding: oneOf("utf8", "utf8-lossy"),
  decimalComma: aBoolean,
  parseDates: aBoolean,
  // Polars takes room for so many rows at once: a number in the billions ends the process.
  inferSchemaLength: aWholeNumber(0, 10_000_000),
  schema: anObject,
  schemaOverrides: anObject,
  missingColumns: oneOf("insert", "raise"),
};

export const csvSink: OptionTable<CsvSinkOptions> = {
  ...textCompression,
  includeHeader: aBoolean,
  includeBom: aBoolean,
  separator: aDelimiter,
  quoteChar: aDelimiter,
  quoteStyle: oneOf("necessary", "non_numeric", "always", "never"),
  lineTerminator: {
    check: (value) => (value === "\n" || value === "\r\n" ? undefined : 'either "\\n" or "\\r\\n"'),
  },
  nullValue: anyString,
  dateFormat: aString,
  timeFormat: aString,
  datetimeFormat: aString,
  floatScientific: aBoolean,
  // Far above, Polars panics.
  floatPrecision: aWholeNumber(0, 100),
  decimalComma: aBoolean,
  maintainOrder: aBoolean,
};

export const csvEndings: readonly string[] = [".csv"];

/** What the table can't tell: nested options, and what goes together. */
export function checkCsvScan(options: CsvScanOptions, subject: string): CsvScanOptions {
  checkRowOptions(options, subject);
  const { separator = ",", quoteChar = '"', eolChar = "\n", schema, schemaOverrides } = options;
  refuseSame({ separator, quoteChar, eolChar }, subject);
  refuseBoth(options, "skipRows", "skipLines", subject);
  refuseBoth(options, "schema", "schemaOverrides", subject);
  refuseBoth(options, "schema", "inferSchemaLength", subject);
  refuseBoth(options, "schema", "parseDates", subject);
  return {
    ...options,
    ...(schema === undefined ? {} : { schema: checkSchema(schema, csvTypes, "schema", subject) }),
    ...(schemaOverrides === undefined
      ? {}
      : { schemaOverrides: checkSchema(schemaOverrides, csvTypes, "schemaOverrides", subject) }),
  };
}

/** What the table can't tell: what goes together, and with the path. */
export function checkCsvSink(options: CsvSinkOptions, subject: string, path?: string): CsvSinkOptions {
  const { separator = ",", quoteChar = '"', quoteStyle = "necessary", nullValue = "" } = options;
  const compression = textCodec(options, path, csvEndings, subject);
  checkLevel(compression, options.compressionLevel, textLevels, subject);
  refuseSame({ separator, quoteChar }, subject);
  if (quoteStyle === "never") refuseWithoutQuotes(options, separator, subject);
  const unquoted = quoteStyle === "necessary" || quoteStyle === "never";
  if ([separator, quoteChar, "\n", "\r"].some((character) => nullValue.includes(character))) {
    throw new GlacierError(
      "OPTION_INVALID",
      `${subject}: option \`nullValue\` has a separator, a quote or a line break in it.`,
      { hint: "It is written without quotes, so it would break its row.", details: { option: "nullValue" } },
    );
  }
  for (const option of ["dateFormat", "timeFormat", "datetimeFormat"] as const) {
    const format = options[option];
    if (format !== undefined) {
      checkTemporalFormat(format, { option, forbidden: unquoted ? [quoteChar, separator] : [quoteChar], subject });
    }
  }
  return compression === "uncompressed" ? options : { ...options, compression };
}

function refuseSame(characters: Readonly<Record<string, string | null>>, subject: string): void {
  const seen = new Map<string, string>();
  for (const [option, character] of Object.entries(characters)) {
    if (character === null) continue;
    const other = seen.get(character);
    if (other !== undefined) {
      throw new GlacierError(
        "OPTION_INVALID",
        `${subject}: options \`${other}\` and \`${option}\` are the same character, ${JSON.stringify(character)}.`,
        { hint: "Choose another for one of them.", details: { option } },
      );
    }
    seen.set(character, option);
  }
}

function refuseWithoutQuotes(options: CsvSinkOptions, separator: string, subject: string): void {
  refuseNever(options.quoteChar !== undefined, "quoteChar", "Without quotes it has no meaning.", subject);
  refuseNever(
    options.decimalComma === true && separator === ",",
    "decimalComma",
    'Every number would be two fields. Set `separator: ";"`.',
    subject,
  );
}

function refuseNever(isRefused: boolean, option: string, hint: string, subject: string): void {
  if (!isRefused) return;
  throw new GlacierError(
    "OPTION_INVALID",
    `${subject}: option \`${option}\` can't be used with \`quoteStyle: "never"\`.`,
    {
      hint,
      details: { option },
    },
  );
}
