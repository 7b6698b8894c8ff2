import pl from "nodejs-polars";
import { ExpressionError } from "./error.ts";

/** Of Polars' Decimal. */
const mostDigits = 38;

const pattern = /^-?(\d+)(?:\.(\d+))?$/;

/**
 * An exact decimal number: `decimal("19.99")` is a Decimal with 4 digits, 2 of them after the point.
 *
 * `pl.lit(19.99)` is a Float64, and makes Float64 of every Decimal column that meets it. The number is a text, since
 * 19.99 as a JavaScript number is not exact. Zeros at the end count: `"1.50"` has two digits after the point.
 *
 * @param text digits, with a point and a minus sign where needed; no exponent. 38 digits at most.
 * @throws ExpressionError DECIMAL_INVALID, DECIMAL_TOO_LONG
 */
export function decimal(text: string): pl.Expr {
  const match = typeof text === "string" ? pattern.exec(text) : null;
  if (match === null) {
    throw new ExpressionError(
      "DECIMAL_INVALID",
      `${typeof text === "string" ? JSON.stringify(text) : String(text)} is not a decimal number.`,
      'Write it as a text of digits, such as "19.99" or "-0.05".',
    );
  }
  const [, whole = "", fraction = ""] = match;
  const digits = Math.max(1, whole.replace(/^0+/, "").length + fraction.length);
  if (digits > mostDigits) {
    throw new ExpressionError(
      "DECIMAL_TOO_LONG",
      `${JSON.stringify(text)} has ${digits} digits.`,
      `A Decimal of Polars holds ${mostDigits} digits, before and after the point together.`,
    );
  }
  return pl.lit(text).cast(pl.Decimal(digits, fraction.length), true);
}
