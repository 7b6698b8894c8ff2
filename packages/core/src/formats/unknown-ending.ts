import { quoted } from "../suggest.ts";
import { formats } from "./format.ts";

/** What to say of endings that people expect, and that stand for no format by themselves. */
const knownEndings: readonly (readonly [RegExp, string])[] = [
  [
    /\.tsv$/i,
    'Values between tabs are CSV: `{ format: "csv", scan: { separator: "\\t" }, sink: { separator: "\\t" } }`.',
  ],
  [/\.json$/i, 'A file with one JSON object a line is `{ format: "ndjson" }`. One JSON array can\'t be read.'],
  [/\.xlsx?$/i, "Spreadsheets can't be read; save the sheet as CSV."],
  [/\.avro$|\.orc$/i, "That format can't be read; convert it to Parquet."],
];

/** What to do about a path whose ending stands for no format. */
export function unknownEndingHint(path: string): string {
  const known = knownEndings.find(([ending]) => ending.test(path))?.[1];
  return known ?? `Say which it is: \`{ format: "parquet" }\`. There are ${quoted(Object.keys(formats))}.`;
}
