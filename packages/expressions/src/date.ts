import type pl from "nodejs-polars";
import { type ExprOrColumn, toExpr } from "./column.ts";
import { ExpressionError } from "./error.ts";
import { callOn, nativeStrictDate, nativeStrictDatetime, strictParsing } from "./polars-format.ts";

/** The precision of a point in time: thousandths, millionths or billionths of a second. */
export type TimeUnit = "ms" | "us" | "ns";

const units = { ms: "Milliseconds", us: "Microseconds", ns: "Nanoseconds" } as const;

/**
 * Dates from texts, where each text must have the format and nothing else. Null stays null.
 *
 * `.str.strptime(pl.Date, format)` takes a date from anywhere in a text ("on 2024-02-03 it"), and makes null of
 * what it can't read. This one fails when the query runs; the error names the column and the values.
 *
 * @param column an expression, or the name of a column.
 * @param format as in chrono: https://docs.rs/chrono/latest/chrono/format/strftime/ ; `"%Y-%m-%d"` for ISO dates.
 * @throws ExpressionError ARGUMENT_INVALID
 */
export function toDate(column: ExprOrColumn, format: string): pl.Expr {
  const input = toExpr(column);
  checkFormat(format);
  return callOn(input, strictParsing("Date", format)) ?? nativeStrictDate(input, format);
}

/**
 * Points in time from texts, where each text must have the format and nothing else. Null stays null. With a time zone in
 * the format (`%z`) the result is in UTC; without one it has no zone.
 *
 * `.str.strptime(pl.Datetime("ms"), format)` takes a time from anywhere in a text, makes null of what it can't read, and
 * gives microseconds whatever it is asked for. This one fails when the query runs; the error names the column and the values.
 *
 * @param column an expression, or the name of a column.
 * @param format as in chrono: https://docs.rs/chrono/latest/chrono/format/strftime/ ; `"%Y-%m-%dT%H:%M:%S%.f%z"` for ISO times.
 * @param unit of the result; microseconds unless given.
 * @throws ExpressionError ARGUMENT_INVALID
 */
export function toDatetime(column: ExprOrColumn, format: string, unit: TimeUnit = "us"): pl.Expr {
  const input = toExpr(column);
  checkFormat(format);
  if (!Object.hasOwn(units, unit)) {
    throw new ExpressionError(
      "ARGUMENT_INVALID",
      `${JSON.stringify(unit)} is not a unit of time.`,
      'Give one of "ms", "us" and "ns".',
    );
  }
  const type = { Datetime: [units[unit], null] } as const;
  return callOn(input, strictParsing(type, format)) ?? nativeStrictDatetime(input, format, unit);
}

/** Without a format Polars would guess one from the first values. */
function checkFormat(format: string): void {
  if (typeof format === "string" && format !== "") return;
  throw new ExpressionError(
    "ARGUMENT_INVALID",
    "A format is needed to read dates and times from texts.",
    'Give a text such as "%Y-%m-%d".',
  );
}
