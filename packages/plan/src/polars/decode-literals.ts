import { createHash } from "node:crypto";
import type { ColumnType, SimpleKind } from "../model/column-type.ts";
import type { Literal } from "../model/expression.ts";
import type { DecodeContext } from "./decode-context.ts";
import { timeUnit, timeZone } from "./option-shapes.ts";
import { columnType, flag, float, integer, integerText, list, nullable, text, tuple, variant } from "./shape.ts";
import { decodeType } from "./types.ts";
import { Unknown } from "./unknown.ts";

const bytes = list(integer);
const integers: ReadonlySet<string> = new Set<SimpleKind>([
  "Int8",
  "Int16",
  "Int32",
  "Int64",
  "Int128",
  "UInt8",
  "UInt16",
  "UInt32",
  "UInt64",
  "UInt128",
]);
const floats: ReadonlySet<string> = new Set<SimpleKind>(["Float32", "Float64"]);

/** @throws Unknown */
export function decodeLiteral(given: unknown, context: DecodeContext): Literal {
  const [name, value] = variant(given, "a literal");
  switch (name) {
    case "Dyn":
      return decodeUntyped(value, context);
    case "Scalar":
      return decodeScalar(value, context);
    case "Series":
      return { kind: "values", ...contentOf(value, context), polars: given };
    default:
      throw new Unknown(`the literal \`${name}\``);
  }
}

function decodeUntyped(given: unknown, context: DecodeContext): Literal {
  const [name, value] = variant(given, "a literal");
  switch (name) {
    case "Int":
      return { kind: "untyped-integer", value: integerText(value, "a whole number") };
    case "Float":
      return { kind: "untyped-float", value: floatText(given as object, value, context) };
    default:
      throw new Unknown(`the literal \`${name}\``);
  }
}

/** @throws Unknown */
export function decodeScalar(given: unknown, context: DecodeContext): Literal {
  const [name, value] = variant(given, "a literal");
  if (integers.has(name)) {
    return { kind: "integer", value: integerText(value, "a whole number"), type: { kind: name as SimpleKind } };
  }
  if (floats.has(name)) {
    return { kind: "float", value: floatText(given as object, value, context), type: { kind: name as SimpleKind } };
  }
  const other = (type: ColumnType, content: unknown): Literal => {
    const hash = createHash("sha256").update(JSON.stringify(content)).digest("hex");
    return { kind: "values", type, hash, polars: { Scalar: given } };
  };
  switch (name) {
    case "Boolean":
      return { kind: "boolean", value: flag(value, "a boolean") };
    case "String":
      return { kind: "text", value: text(value, "a text") };
    case "Date":
    case "Time":
      return { kind: "temporal", value: integerText(value, "a point in time"), type: { kind: name } };
    case "Datetime": {
      const [count, unit, zone] = tuple(integerText, timeUnit, nullable(timeZone))(value, "a point in time");
      return { kind: "temporal", value: count, type: decodeType({ Datetime: [unit, zone] }) };
    }
    case "Duration": {
      const [count, unit] = tuple(integerText, timeUnit)(value, "a duration");
      return { kind: "temporal", value: count, type: decodeType({ Duration: unit }) };
    }
    case "Null": {
      const type = columnType(value, "a null");
      return type.kind === "Null" ? { kind: "null" } : other(type, null);
    }
    case "Binary":
      return other({ kind: "Binary" }, bytes(value, "a literal of bytes"));
    case "Decimal": {
      const [digits, precision, scale] = tuple(integerText, integer, integer)(value, "a decimal number");
      return other({ kind: "Decimal", precision, scale }, digits);
    }
    case "List": {
      const { hash, type } = contentOf(value, context);
      return { kind: "values", type: { kind: "List", inner: type }, hash, polars: { Scalar: given } };
    }
    default:
      throw new Unknown(`a literal of the type ${name}`);
  }
}

function floatText(literal: object, value: unknown, context: DecodeContext): string {
  if (value !== null) return Object.is(value, -0) ? "-0" : String(float(value, "a number"));
  const unwritten = context.unwritten(literal);
  if (unwritten === undefined) throw new Unknown("whether a number is NaN or infinite");
  return unwritten;
}

/** Several values are written as a frame of one column. */
function contentOf(given: unknown, context: DecodeContext): { readonly type: ColumnType; readonly hash: string } {
  const { schema, hash } = context.frame(bytes(given, "a literal of several values"));
  const [column, ...more] = schema;
  if (column === undefined || more.length > 0) throw new Unknown("the form of a literal of several values");
  return { type: column.type, hash };
}
