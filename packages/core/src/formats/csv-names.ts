import type { CsvScanOptions } from "./csv.ts";

/**
 * What columns are called in a CSV file, by what they are declared as. A file without a header has no names: its columns
 * go by their place, which Polars calls `column_1`, `column_2`, …, unless they are declared by these names.
 */
export function csvNamesInFile(declared: readonly string[], options: CsvScanOptions): readonly string[] {
  if (options.hasHeader !== false || options.schema !== undefined) return declared;
  const goByPlace = !declared.every((name) => /^column_\d+$/.test(name));
  return goByPlace ? declared.map((_, at) => `column_${at + 1}`) : declared;
}
