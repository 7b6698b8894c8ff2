import { GlacierError } from "../errors.ts";
import { checkOptions, type OptionTable } from "../options.ts";
import { compressionEndings } from "./compression.ts";
import {
  checkCsvScan,
  checkCsvSink,
  csvEndings,
  csvScan,
  type CsvScanOptions,
  csvSink,
  type CsvSinkOptions,
} from "./csv.ts";
import { checkIpcScan, ipcScan, type IpcScanOptions, ipcSink, type IpcSinkOptions } from "./ipc.ts";
import {
  checkNdjsonScan,
  checkNdjsonSink,
  ndjsonEndings,
  ndjsonScan,
  type NdjsonScanOptions,
  ndjsonSink,
  type NdjsonSinkOptions,
} from "./ndjson.ts";
import {
  checkParquetScan,
  checkParquetSink,
  parquetScan,
  type ParquetScanOptions,
  parquetSink,
  type ParquetSinkOptions,
} from "./parquet.ts";

/** The file formats that buckets can have. */
export type FormatName = "parquet" | "csv" | "ndjson" | "ipc";

/** Reading, or writing. */
export type FormatFace = "scan" | "sink";

export interface FormatSpec {
  readonly name: FormatName;
  /** As people write it: `Arrow IPC`. */
  readonly label: string;
  /** What its files end with, in small letters. */
  readonly extensions: readonly string[];
  readonly scan: OptionTable;
  readonly sink: OptionTable;
}

const withCompressed = (endings: readonly string[]): readonly string[] =>
  endings.flatMap((ending) => [ending, ...Object.keys(compressionEndings).map((end) => ending + end)]);

export const formats: Readonly<Record<FormatName, FormatSpec>> = {
  parquet: { name: "parquet", label: "Parquet", extensions: [".parquet", ".pq"], scan: parquetScan, sink: parquetSink },
  csv: { name: "csv", label: "CSV", extensions: withCompressed(csvEndings), scan: csvScan, sink: csvSink },
  ndjson: {
    name: "ndjson",
    label: "NDJSON",
    extensions: withCompressed(ndjsonEndings),
    scan: ndjsonScan,
    sink: ndjsonSink,
  },
  ipc: { name: "ipc", label: "Arrow IPC", extensions: [".arrow", ".ipc", ".feather"], scan: ipcScan, sink: ipcSink },
};

interface ScanOptionsByFormat {
  readonly parquet: ParquetScanOptions;
  readonly csv: CsvScanOptions;
  readonly ndjson: NdjsonScanOptions;
  readonly ipc: IpcScanOptions;
}

interface SinkOptionsByFormat {
  readonly parquet: ParquetSinkOptions;
  readonly csv: CsvSinkOptions;
  readonly ndjson: NdjsonSinkOptions;
  readonly ipc: IpcSinkOptions;
}

/** How files of a format are read. */
export type ScanOptions<Format extends FormatName> = ScanOptionsByFormat[Format];

/** How files of a format are written. */
export type SinkOptions<Format extends FormatName> = SinkOptionsByFormat[Format];

/** The format that the ending of a path stands for: of its last part, which may be a glob. */
export function formatOfPath(path: string): FormatName | undefined {
  const name = path.toLowerCase().replace(/\/$/, "");
  return Object.values(formats).find(({ extensions }) => extensions.some((ending) => name.endsWith(ending)))?.name;
}

type TextEnding<Ending extends string> = `${string}${Ending}` | `${string}${Ending}${keyof typeof compressionEndings}`;

type FormatOfName<Name extends string> = Name extends `${string}${".parquet" | ".pq"}`
  ? "parquet"
  : Name extends TextEnding<".csv">
    ? "csv"
    : Name extends TextEnding<".ndjson" | ".jsonl">
      ? "ndjson"
      : Name extends `${string}${".arrow" | ".ipc" | ".feather"}`
        ? "ipc"
        : FormatName;

/** {@link formatOfPath} for the compiler. Any format, where the path is not known to it or its ending means none. */
export type FormatOfPath<Path extends string> =
  Lowercase<Path> extends `${infer Name}/` ? FormatOfName<Name> : FormatOfName<Lowercase<Path>>;

/** Checked options: plain, frozen data that JSON can carry. */
export type CheckedOptions<Options> = Readonly<Options> & Readonly<Record<string, unknown>>;

type OptionsOf<Format extends FormatName, Face extends FormatFace> = {
  readonly scan: ScanOptions<Format>;
  readonly sink: SinkOptions<Format>;
}[Face];

type Check<Options> = (options: Options, subject: string, path?: string) => Options;

/** What the option tables can't tell. */
const checks: { readonly [Format in FormatName]: { readonly [Face in FormatFace]: Check<OptionsOf<Format, Face>> } } = {
  parquet: { scan: checkParquetScan, sink: checkParquetSink },
  csv: { scan: checkCsvScan, sink: checkCsvSink },
  ndjson: { scan: checkNdjsonScan, sink: checkNdjsonSink },
  ipc: { scan: checkIpcScan, sink: (options) => options },
};

/** Options of Polars that go by another name here. */
const renamed: Readonly<Record<string, string>> = {
  sep: "separator",
  delimiter: "separator",
  dtypes: "schemaOverrides",
  overwriteDtype: "schemaOverrides",
  tryParseDates: "parseDates",
  allowMissingColumns: "missingColumns",
};

/** Options of Polars that Glacier sets, and where it says so. */
const owned: Readonly<Record<string, string>> = {
  cloudOptions: "Connections are the provider's; see its options.",
  glob: "It is an option of the bucket itself: `{ glob: false }`.",
  mkdir: "Glacier makes the folders of a target.",
  syncOnClose: "Glacier always waits until a target is on the disk.",
  checkExtension: "Glacier checks the ending of the path itself.",
  nThreads: "Threads are shared out between the steps that run.",
};

/**
 * Checks the options of a format. Polars itself ignores what it does not know, and fails late, panics, or writes broken
 * files for some values: all that is refused here.
 *
 * @param subject What they belong to, as the start of a sentence: ``Bucket `lake/raw.csv` ``.
 * @param path Where a target is: it says how text is compressed (`.csv.gz`).
 * @returns A deeply frozen copy, as plain data.
 * @throws OPTION_UNKNOWN, OPTION_INVALID, ARGUMENT_INVALID
 */
export function checkFormatOptions<Format extends FormatName, Face extends FormatFace>(
  format: Format,
  face: Face,
  options: unknown,
  subject: string,
  path?: string,
): CheckedOptions<OptionsOf<Format, Face>> {
  const where = `${subject} (${face})`;
  refuseElsewhere(formats[format], face, options, where);
  const given = checkOptions(options, formats[format][face], where) as OptionsOf<Format, Face>;
  const check = checks[format][face] as Check<OptionsOf<Format, Face>>;
  return frozenCopy(check(given, where, path)) as CheckedOptions<OptionsOf<Format, Face>>;
}

function refuseElsewhere(spec: FormatSpec, face: FormatFace, options: unknown, subject: string): void {
  const table = spec[face];
  const other = face === "scan" ? "sink" : "scan";
  for (const name of Object.keys(options ?? {})) {
    if (Object.hasOwn(table, name)) continue;
    const newName = Object.hasOwn(renamed, name) ? renamed[name] : undefined;
    let hint: string | undefined;
    if (Object.hasOwn(spec[other], name)) hint = `It is an option of \`${other}\`.`;
    else if (newName !== undefined && Object.hasOwn(table, newName)) hint = `It is called \`${newName}\` here.`;
    else if (Object.hasOwn(owned, name)) hint = owned[name];
    if (hint === undefined) continue;
    throw new GlacierError("OPTION_UNKNOWN", `${subject} has no option \`${name}\`.`, {
      hint,
      details: { option: name, known: Object.keys(table) },
    });
  }
}

function frozenCopy(value: unknown): unknown {
  if (Array.isArray(value)) return Object.freeze(value.map(frozenCopy));
  if (typeof value !== "object" || value === null) return value;
  return Object.freeze(Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, frozenCopy(inner)])));
}
