import { type ColumnType, isFloat, isNumeric, isTemporal, sameType } from "../model/column-type.ts";

/**
 * Whether a cast that is not strict can make null of a value that is none. Where that is not certain, it is not said:
 * rounding, cutting and the like lose no values.
 */
export function canLose(from: ColumnType, to: ColumnType): boolean {
  if (sameType(from, to) || from.kind === "Null") return false;
  if (from.kind === "String") return isNumeric(to) || isTemporal(to) || to.kind === "Enum";
  if (from.kind === "Categorical" || from.kind === "Enum") return to.kind === "Enum";
  if (from.kind === "List" || from.kind === "Array") return "inner" in to && canLose(from.inner, to.inner);
  const range = rangeOf(from);
  if (to.kind === "Decimal") return !fitsDecimal(from, to);
  const wanted = rangeOf(to);
  if (wanted === undefined) return false;
  if (isFloat(from)) return true;
  // Years far from ours are not worth a word.
  if (range === undefined || (isTemporal(from) && isTemporal(to))) return false;
  return range.least < wanted.least || range.most > wanted.most;
}

interface Range {
  readonly least: bigint;
  readonly most: bigint;
}

const signed = (bits: bigint): Range => ({ least: -(2n ** (bits - 1n)), most: 2n ** (bits - 1n) - 1n });
const unsigned = (bits: bigint): Range => ({ least: 0n, most: 2n ** bits - 1n });

/** The whole numbers that a type has; times are numbers too. */
function rangeOf(type: ColumnType): Range | undefined {
  const integer = /^(U?)Int(\d+)$/.exec(type.kind);
  if (integer !== null) return (integer[1] === "U" ? unsigned : signed)(BigInt(integer[2] ?? 64));
  switch (type.kind) {
    case "Date":
      return signed(32n);
    case "Datetime":
    case "Duration":
      return signed(64n);
    case "Time":
      return { least: 0n, most: 86_400_000_000_000n - 1n };
    case "Decimal": {
      const most = 10n ** BigInt(type.precision - type.scale) - 1n;
      return { least: -most, most };
    }
    default:
      return undefined;
  }
}

function fitsDecimal(from: ColumnType, { precision, scale }: ColumnType & { readonly kind: "Decimal" }): boolean {
  if (isFloat(from)) return false;
  const range = rangeOf(from);
  if (range === undefined) return true;
  return range.most < 10n ** BigInt(precision - scale) && range.least > -(10n ** BigInt(precision - scale));
}
