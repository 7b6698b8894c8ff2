import { ExpressionError } from "./error.ts";

export interface WholeNumberRange {
  readonly smallest: bigint;
  readonly largest: bigint;
}

/**
 * A number or bigint as an exact bigint.
 * @throws ExpressionError INTEGER_INVALID, INTEGER_UNSAFE, INTEGER_OUT_OF_RANGE
 */
export function wholeNumber(value: number | bigint, { smallest, largest }: WholeNumberRange): bigint {
  if (typeof value !== "bigint" && !Number.isInteger(value)) {
    throw new ExpressionError(
      "INTEGER_INVALID",
      `${shown(value)} is not a whole number.`,
      "Give a whole number or a bigint; for a fraction use `pl.lit(value)` or `decimal(text)`.",
    );
  }
  if (typeof value === "number" && !Number.isSafeInteger(value)) {
    throw new ExpressionError(
      "INTEGER_UNSAFE",
      `${value} is beyond 2^53 - 1, where a JavaScript number may already have been rounded.`,
      `Write it as a bigint, with an n at its end.`,
    );
  }
  const exact = BigInt(value);
  if (exact < smallest || exact > largest) {
    throw new ExpressionError(
      "INTEGER_OUT_OF_RANGE",
      `${exact} is not between ${smallest} and ${largest}.`,
      "Polars has no integer type for it that reaches JavaScript. For more digits use `decimal(text)`.",
    );
  }
  return exact;
}

const shown = (value: unknown): string => (typeof value === "string" ? JSON.stringify(value) : String(value));
