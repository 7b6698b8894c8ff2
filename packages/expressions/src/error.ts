/**
 * What can be wrong. The list is closed and stable: a code is never renamed or reused.
 *
 * - `ARGUMENT_INVALID`: an argument is not of the kind that the function takes.
 * - `INTEGER_INVALID`: a value is not a whole number (1.5, NaN, Infinity, or no number at all).
 * - `INTEGER_UNSAFE`: a whole number is above 2^53 - 1 or below -(2^53 - 1), where JavaScript has already rounded it.
 * - `INTEGER_OUT_OF_RANGE`: a whole number does not fit the integers that Polars can compute with.
 * - `DECIMAL_INVALID`: a text is not a decimal number.
 * - `DECIMAL_TOO_LONG`: a decimal number has more digits than Polars can hold.
 * - `POLARS_UNSUPPORTED`: the installed nodejs-polars does not know the expression.
 */
export type ExpressionErrorCode =
  | "ARGUMENT_INVALID"
  | "INTEGER_INVALID"
  | "INTEGER_UNSAFE"
  | "INTEGER_OUT_OF_RANGE"
  | "DECIMAL_INVALID"
  | "DECIMAL_TOO_LONG"
  | "POLARS_UNSUPPORTED";

/** The one error that this package throws: a stable `code`, one sentence as `message`, and the next step as `hint`. */
export class ExpressionError extends Error {
  override readonly name = "ExpressionError";
  readonly code: ExpressionErrorCode;
  /** What to do about it. */
  readonly hint: string;

  constructor(code: ExpressionErrorCode, message: string, hint: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.hint = hint;
  }
}
