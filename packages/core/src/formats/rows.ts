import { GlacierError } from "../errors.ts";
import { aString, aWholeNumber, type OptionTable } from "../options.ts";

/** Which rows are read, and whether they are numbered: the same for every format. */
export interface RowOptions {
  /** Reads no more rows than this, counted over all files together. Default: all. */
  readonly nRows?: number;
  /** Puts a column of this name first, with the number of each row as `UInt32`. Default: no such column. */
  readonly rowIndexName?: string;
  /** The number of the first row, from 0 to 2,147,483,648. Needs `rowIndexName`. Default: 0. */
  readonly rowIndexOffset?: number;
}

/** For the formats that can say which file a row is from. */
export interface FilePathOptions {
  /** Puts a column of this name last, with the path of the file that the row is from. Default: no such column. */
  readonly includeFilePaths?: string;
}

/** Polars cuts what is above to 32 bits, without a word. */
const largest = 2 ** 32 - 1;

export const rowOptions: OptionTable<RowOptions> = {
  nRows: aWholeNumber(0, largest),
  rowIndexName: aString,
  // Numbers above 32 bits are a panic in Polars; this leaves room for two billion rows.
  rowIndexOffset: aWholeNumber(0, 2 ** 31),
};

export const filePathOptions: OptionTable<FilePathOptions> = { includeFilePaths: aString };

/** @throws OPTION_INVALID */
export function checkRowOptions(options: RowOptions & FilePathOptions, subject: string): void {
  if (options.rowIndexOffset !== undefined && options.rowIndexName === undefined) {
    throw new GlacierError("OPTION_INVALID", `${subject}: option \`rowIndexOffset\` needs \`rowIndexName\`.`, {
      hint: "Rows are numbered only when the column for their numbers has a name.",
      details: { option: "rowIndexOffset" },
    });
  }
  if (options.includeFilePaths !== undefined && options.includeFilePaths === options.rowIndexName) {
    throw new GlacierError(
      "OPTION_INVALID",
      `${subject}: options \`includeFilePaths\` and \`rowIndexName\` give two columns the name \`${options.includeFilePaths}\`.`,
      { hint: "Give one of them another name.", details: { option: "includeFilePaths" } },
    );
  }
}
