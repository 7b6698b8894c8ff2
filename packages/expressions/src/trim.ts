import pl from "nodejs-polars";
import { type ExprOrColumn, toExpr } from "./column.ts";

/** Polars trims white space when it is given null. */
const charsOf = (chars: string | undefined): pl.Expr => pl.lit(chars ?? null);

/**
 * Without white space at both ends, in a plan that can be serialised.
 *
 * The same as `.str.strip()`, whose plan can't; the white space is Unicode's, so no-break spaces and line ends go too.
 *
 * @param column an expression, or the name of a column.
 * @param chars remove these characters instead, in any order and number: `trim("code", "-_")`. It is a set, not a prefix.
 * @throws ExpressionError ARGUMENT_INVALID
 */
export function trim(column: ExprOrColumn, chars?: string): pl.Expr {
  return toExpr(column).str.stripChars(charsOf(chars));
}

/** `trim`, at the start alone. The same as `.str.lstrip()`, whose plan can't be serialised. */
export function trimStart(column: ExprOrColumn, chars?: string): pl.Expr {
  return toExpr(column).str.stripCharsStart(charsOf(chars));
}

/** `trim`, at the end alone. The same as `.str.rstrip()`, whose plan can't be serialised. */
export function trimEnd(column: ExprOrColumn, chars?: string): pl.Expr {
  return toExpr(column).str.stripCharsEnd(charsOf(chars));
}
