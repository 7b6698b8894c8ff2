import { didYouMean } from "@glacier/core";

/** A column that was asked for and is not there. */
export interface MissingColumn {
  readonly column: string;
  /** What there is; not every message says. */
  readonly columns: readonly string[] | undefined;
}

/** A name as Rust prints texts: in quotes, with `\"` for a quote. */
const quotedName = /"((?:[^"\\]|\\.)*)"/g;

/**
 * The ways in which Polars says it, each from its start: a message may quote values of the user's data. The first group
 * is the column, the second what there is.
 */
const asQuoted = [
  /^not found: unable to find column "((?:[^"\\]|\\.)*)"; valid columns: \[(.*)\]$/m,
  /^not found: "((?:[^"\\]|\\.)*)" not found$/m,
];
const asIs = [
  /^field not found: ([^]*?)(?=$|\n\nResolved plan)/,
  /^not found: 'asof_join' on column: '([^]*?)' is invalid$/m,
  // From SQL.
  /^no column named '([^]*?)' found in table '.*'$/m,
];

/** What a message of Polars says of a missing column; `undefined` if it is about something else. */
export function missingColumn(message: string): MissingColumn | undefined {
  for (const pattern of asQuoted) {
    const match = pattern.exec(message);
    if (match?.index === 0) return { column: plain(match[1] as string), columns: namesIn(match[2]) };
  }
  for (const pattern of asIs) {
    const match = pattern.exec(message);
    if (match?.index === 0) return { column: match[1] as string, columns: undefined };
  }
  return undefined;
}

/** What to do about it, in a sentence or two. */
export function missingColumnHint({ column, columns }: MissingColumn): string {
  if (columns === undefined) return "Check the spelling, and that an earlier step keeps the column.";
  if (columns.length === 0) return "There are no columns.";
  return `${didYouMean(column, columns)}There are ${shortList(columns)}.`;
}

function namesIn(list: string | undefined): readonly string[] | undefined {
  if (list === undefined) return undefined;
  const names = [...list.matchAll(quotedName)].map((match) => plain(match[1] as string));
  // Polars' own, where the fields of a struct are changed.
  return names.filter((name) => name !== "__PL_STRUCTFIELDS");
}

const plain = (name: string): string => name.replaceAll(/\\(["\\])/g, "$1");

/** Wide tables have hundreds. */
function shortList(columns: readonly string[]): string {
  const most = 30;
  const shown = columns.slice(0, most).map((name) => `\`${name}\``);
  return columns.length <= most ? shown.join(", ") : `${shown.join(", ")} and ${columns.length - most} more`;
}
