import pl from "nodejs-polars";
import { type ExprOrColumn, toExpr } from "./column.ts";
import { callOn, hashing } from "./polars-format.ts";
import { wholeNumber } from "./whole-number.ts";

const seedRange = { smallest: 0n, largest: 2n ** 64n - 1n };

/** Its plan states a text as its type, so the type is given again. It takes a bigint, though typed as a number. */
const nativeHash = (input: pl.Expr, seed: bigint): pl.Expr =>
  input.hash({ k0: seed as unknown as number }).cast(pl.UInt64);

/**
 * A UInt64 hash of each value, in a plan that can be serialised. For sharding and comparing within one version of
 * Polars: another version may hash otherwise, and it is no cryptographic hash. Null has a hash too.
 *
 * The same as `.hash(seed)`, whose plan can't be serialised. Where `column` itself can't be serialised, or is nested
 * more than some 300 expressions deep, it is that method.
 *
 * @param column an expression, or the name of a column.
 * @param seed from 0 to 2^64 - 1.
 * @throws ExpressionError ARGUMENT_INVALID, INTEGER_INVALID, INTEGER_UNSAFE, INTEGER_OUT_OF_RANGE
 */
export function hash(column: ExprOrColumn, seed: number | bigint = 0): pl.Expr {
  const input = toExpr(column);
  const first = wholeNumber(seed, seedRange);
  return callOn(input, hashing([first, 1n, 2n, 3n])) ?? nativeHash(input, first);
}
