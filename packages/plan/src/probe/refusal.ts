import { missingColumn, type MissingColumn } from "../polars/missing-column.ts";

/** Why Polars refuses a query, whatever the data are. */
export interface Refusal {
  readonly code: "COLUMN_NOT_FOUND" | "TYPE_MISMATCH" | "QUERY_FAILED";
  /** In Polars' words, on one line. */
  readonly words: string;
  readonly missing?: MissingColumn;
  /** Whether it may work all the same where a list is empty. */
  readonly unlessLists?: boolean;
}

/** What was in the tables that the query was tried on: no rows, or one row that was made up. */
export type TriedOn = "nothing" | "row";

/**
 * Texts of Polars that speak of types and of nothing else. Each stands at the start of a message, as later on a message
 * may quote names and values of the user. They were found by experiment: 300 operations over 21 types, alone and in
 * pairs, in selections, groups and windows, each over no rows, over one row and over several tables of real ones. A text
 * is here only if no query that gave it over no rows, or over one, ran over any of those tables.
 */
const aboutTypes: readonly RegExp[] = [
  /^arithmetic on dtypes .+ and .+ is not allowed/,
  /^(?:[-+*/%&|^]|\w+_div) not allowed on .+ and /,
  /^cannot \S+ two (?:list|array) columns with non-numeric inner types/,
  /^`[\w.]+` operation not supported for dtype `/,
  /^[\w./-]+ operation not supported for dtypes? `/,
  /^operation `\w+` is not supported for `/,
  /^dtype .+ not supported in '\w+' operation/,
  /^(?:ceil|floor|rounding \('\w+'\)) can only be used on numeric types/,
  /^`\w+` only supports physical numeric types/,
  /^`\w+` must be numeric for `\w+`/,
  /^expected numerical input for '/,
  /^expected boolean input for '/,
  /^expected \w+ (?:or \w+ )?(?:data )?type(?: for \w+ operation)?, got/,
  /^expected Datetime, got /,
  /^invalid series dtype: expected `/,
  /^invalid dtype: expected '/,
  /^attempted (?:list|array) (?:join|to_struct) (?:with|on) non-/,
  /^cannot reinterpret from /,
  /^cannot determine (?:lower|upper) bound for dtype/,
  /^cannot compare (?:string with numeric type|'date\/datetime\/time' to a string|categorical with )/,
  /^could not evaluate (?:'\S+' )?comparison between series '/,
  /^cannot perform '\S+' comparison between series '/,
  /^'[\w.]+' cannot check for /,
  /^failed to determine supertype of /,
  /^could not determine supertype of: /,
  /^got invalid or ambiguous dtypes: /,
  /^filter predicate must be of type `Boolean`/,
  /^format ".*" not supported for Duration type/,
  /^unsupported data type: .+ for temporal\/index column/,
  /^datatypes of join keys don't match/,
  /^mismatching dtypes in 'by' parameter of asof-join/,
  /^type .+ is incompatible with expected type /,
  // A cast that works for no value. One that works for some says "conversion … failed".
  /^casting from .+ not supported/,
  /^[Cc]annot cast (?:List|Array|categorical|Boolean|from struct) /,
  // A part of Polars that nodejs-polars is built without.
  /^activate '\w+(?:, )?' feature/,
];

/** The same of names, and of how a query is put together. */
const aboutQueries: readonly RegExp[] = [
  /^duplicate: /,
  /^schema lengths differ/,
  /^schema names differ: /,
  /^not found: cannot get the \d+-th column/,
  /^named columns are not allowed in `eval` functions/,
  /^relation '.*' was not found/,
  /^sql parser error: /,
  /^unsupported function '/,
];

/** What is wrong with a constant of the query, unless a row brought it along. */
const aboutConstants: readonly RegExp[] = [
  /^regex error: /,
  /^invalid regex in selector /,
  /^quantile should be between /,
  /^unit: '.*' not supported; available units are/,
  /^expected leading integer in the duration string/,
  /^(?:Error: )?unable to parse time zone: /,
];

/** Where a struct meets something else. */
const structMeetsOther = /^must specify one field in the struct/;

/** Why a query is refused that gave this message. `undefined`: it may run over other data. */
export function refusalOf(message: string, triedOn: TriedOn): Refusal | undefined {
  const text = withoutPanic(message);
  const words = firstLine(text);
  const missing = missingColumn(text);
  if (missing !== undefined) return { code: "COLUMN_NOT_FOUND", words, missing };
  const fits = (patterns: readonly RegExp[]): boolean => patterns.some((pattern) => pattern.test(text));
  if (fits(aboutTypes)) return { code: "TYPE_MISMATCH", words };
  if (fits(aboutQueries)) return { code: "QUERY_FAILED", words };
  if (structMeetsOther.test(text)) {
    return { code: "TYPE_MISMATCH", words: "a struct meets something else", unlessLists: triedOn === "row" };
  }
  return triedOn === "nothing" && fits(aboutConstants) ? { code: "QUERY_FAILED", words } : undefined;
}

/** Errors that Polars did not expect are panics, and stand in their texts as Rust prints them. */
function withoutPanic(message: string): string {
  const inner = /^called `Result::unwrap\(\)` on an `Err` value: \w+\(ErrString\("([^]*)"\)\)$/.exec(message)?.[1];
  return inner === undefined ? message : inner.replaceAll("\\n", "\n").replaceAll(/\\(["'\\])/g, "$1");
}

/** Without where in the plan it was noticed, and without advice. */
function firstLine(message: string): string {
  const [line = ""] = message.split(/\n\s*\n|\n(?=Resolved plan)/);
  return line
    .replaceAll(/\s+/g, " ")
    .replace(/ \((?:lhs: |and no other type was available).*$/, "")
    .replace(/; (?:try|consider) .*$/, "")
    .replace(/^Error: /, "")
    .replace(/^duplicate: (.*?)\. .*$/, "duplicate: $1")
    .replace(/[.\s]+$/, "");
}
