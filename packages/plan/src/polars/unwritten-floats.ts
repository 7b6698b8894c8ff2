import { objectsIn } from "./json-walk.ts";
import type { Polars } from "./load.ts";

/**
 * The values of float literals that stand as null in JSON: NaN and the infinities. Polars' binary form has them, at
 * the same places in the same order.
 */
export function unwrittenFloats(
  polars: Polars,
  plan: unknown,
  binary: () => Buffer,
): (literal: object) => string | undefined {
  const literals = literalsWithoutValue(plan);
  if (literals.length === 0) return () => undefined;
  const found = notFinite(binary(), formsOf(polars));
  // What looks like such a literal may be something else, such as part of a text. Then nothing is certain.
  const certain = found.length === literals.length && found.every(({ type }, index) => type === literals[index]?.type);
  const values = new Map(literals.map(({ literal }, index) => [literal, found[index]?.value]));
  return (literal) => (certain ? values.get(literal) : undefined);
}

type FloatType = "Float" | "Float32" | "Float64";

interface Unwritten {
  readonly type: FloatType;
  readonly literal: object;
}

/** `{"Literal":{"Scalar":{"Float64":null}}}` and its like, in the order in which they are written. */
function literalsWithoutValue(plan: unknown): readonly Unwritten[] {
  const found: Unwritten[] = [];
  for (const { Literal: literal } of objectsIn(plan)) {
    const [[form, value] = []] = entriesOf(literal);
    const [[type, float] = []] = entriesOf(value);
    const isFloat = form === "Dyn" ? type === "Float" : form === "Scalar" && (type === "Float32" || type === "Float64");
    if (isFloat && float === null) found.push({ type: type as FloatType, literal: value as object });
  }
  return found;
}

const entriesOf = (value: unknown): readonly (readonly [string, unknown])[] =>
  typeof value === "object" && value !== null ? Object.entries(value) : [];

interface Form {
  readonly type: FloatType;
  /** What is before the number in the binary form. */
  readonly prefix: Buffer;
  readonly size: 4 | 8;
}

function formsOf(polars: Polars): readonly Form[] {
  const form = (type: FloatType, size: 4 | 8): Form => {
    const literal = type === "Float" ? { Dyn: { [type]: 1 } } : { Scalar: { [type]: 1 } };
    const bytes = polars.Expr.deserialize(Buffer.from(JSON.stringify({ Literal: literal })), "json").serialize(
      "bincode",
    );
    return { type, prefix: bytes.subarray(0, bytes.length - size), size };
  };
  return [form("Float", 8), form("Float32", 4), form("Float64", 8)];
}

interface Found {
  readonly type: FloatType;
  readonly at: number;
  readonly value: string;
}

function notFinite(bytes: Buffer, forms: readonly Form[]): readonly Found[] {
  const found: Found[] = [];
  for (const { type, prefix, size } of forms) {
    for (let at = bytes.indexOf(prefix); at !== -1; at = bytes.indexOf(prefix, at + 1)) {
      const number = at + prefix.length;
      if (number + size > bytes.length) break;
      const value = size === 8 ? bytes.readDoubleLE(number) : bytes.readFloatLE(number);
      if (!Number.isFinite(value)) found.push({ type, at, value: String(value) });
    }
  }
  return found.toSorted((one, other) => one.at - other.at);
}
