import pl from "nodejs-polars";
import type { Type } from "./program.ts";

/** What stands between the brackets of a type, by commas that stand in no brackets of their own. */
function innerOf(type: Type): readonly string[] {
  const inner = type.slice(type.indexOf("(") + 1, -1);
  const parts: string[] = [""];
  let depth = 0;
  for (const character of inner) {
    if (character === "(") depth += 1;
    if (character === ")") depth -= 1;
    if (character === "," && depth === 0) parts.push("");
    else parts[parts.length - 1] += character;
  }
  return parts.map((part) => part.trim());
}

const kindOf = (type: Type): string => type.split("(")[0] as string;

export const elementOf = (type: Type): Type => innerOf(type)[0] as Type;

export const fieldsOf = (type: Type): readonly { readonly name: string; readonly type: Type }[] =>
  innerOf(type).map((field) => {
    const at = field.indexOf(": ");
    return { name: field.slice(0, at), type: field.slice(at + 2) };
  });

/** The type of nodejs-polars. */
export function polarsType(type: Type): pl.DataType {
  switch (kindOf(type)) {
    case "List":
      return pl.List(polarsType(elementOf(type)));
    case "Struct":
      return pl.Struct(Object.fromEntries(fieldsOf(type).map((field) => [field.name, polarsType(field.type)])));
    case "Decimal":
      return pl.Decimal(...(innerOf(type).map(Number) as [number, number]));
    case "Datetime":
      return pl.Datetime(elementOf(type) as "us");
    default:
      return pl[type as "Int64"];
  }
}

/** As it is written. */
export function typeCode(type: Type): string {
  switch (kindOf(type)) {
    case "List":
      return `pl.List(${typeCode(elementOf(type))})`;
    case "Struct":
      return `pl.Struct({ ${fieldsOf(type)
        .map((field) => `${field.name}: ${typeCode(field.type)}`)
        .join(", ")} })`;
    case "Datetime":
      return `pl.Datetime("${elementOf(type)}")`;
    default:
      return `pl.${type}`;
  }
}

const integers: ReadonlySet<Type> = new Set(["Int8", "Int16", "Int32", "Int64", "UInt32"]);

export const isInteger = (type: Type): boolean => integers.has(type);
export const isNumber = (type: Type): boolean => isInteger(type) || type === "Float64";
export const isDecimal = (type: Type): boolean => kindOf(type) === "Decimal";
export const isDay = (type: Type): boolean => type === "Date";
export const isTime = (type: Type): boolean => kindOf(type) === "Datetime";
export const isList = (type: Type): boolean => kindOf(type) === "List";
export const isStruct = (type: Type): boolean => kindOf(type) === "Struct";
export const isText = (type: Type): boolean => type === "String";
export const isFlag = (type: Type): boolean => type === "Bool";
/** What can be a key, be sorted and be counted without surprises. */
export const isPlain = (type: Type): boolean => isInteger(type) || isText(type) || isDay(type) || isTime(type);

/** The type of `+`, `-` and `*` of two numbers, as measured. */
export function together(one: Type, other: Type): Type {
  if (one === other) return one;
  const both = new Set([one, other]);
  if (both.has("Float64")) return "Float64";
  if (both.has("Int64")) return "Int64";
  if (both.has("UInt32")) return "Int64";
  if (both.has("Int32")) return "Int32";
  return "Int16";
}
