import type { LazyFrame, OutcomeColumn } from "@glacier/core";
import type { DataFrame, DataType } from "nodejs-polars";

/** The properties of Polars' types that tell one from another. */
interface TypeShape {
  readonly variant: string;
  readonly inner?: readonly unknown[] | null;
  readonly timeUnit?: string;
  readonly timeZone?: string | null;
  readonly fields?: readonly { readonly name: string; readonly dtype: TypeShape }[];
}

/**
 * A type as it is written with Polars, without the `pl.`: `Int64`, `Datetime(us, UTC)`, `List(String)`. Durations have no
 * unit: nodejs-polars says `ms` of every one.
 */
export function typeName(type: DataType): string {
  return nameOf(type as unknown as TypeShape);
}

function nameOf({ variant, inner, timeUnit, timeZone, fields }: TypeShape): string {
  switch (variant) {
    case "Utf8":
      return "String";
    case "Datetime":
      return `Datetime(${[timeUnit, timeZone].filter(Boolean).join(", ")})`;
    case "Decimal":
      return `Decimal(${inner?.join(", ")})`;
    case "List":
      return `List(${nameOf(inner?.[0] as TypeShape)})`;
    case "FixedSizeList":
      return `FixedSizeList(${nameOf(inner?.[0] as TypeShape)}, ${String(inner?.[1])})`;
    case "Struct":
      return `Struct(${(fields ?? []).map(({ name, dtype }) => `${name}: ${nameOf(dtype)}`).join(", ")})`;
    default:
      return variant;
  }
}

/** The columns of a frame and their types. */
export function columnsOf(frame: DataFrame): OutcomeColumn[] {
  const types = typesOf(frame);
  return frame.columns.map((name, at) => ({ name, type: types[at] ?? "unknown" }));
}

function typesOf(frame: DataFrame): string[] {
  try {
    return frame.dtypes.map(typeName);
  } catch {
    return frame.columns.map((name) => typeOf(frame, name));
  }
}

/**
 * nodejs-polars has no objects for some types of Polars (`Binary`, `Enum`, `Int128`) and refuses to tell any type of a
 * frame that has one. Its refusal names the type, or for a nested one the type inside.
 */
function typeOf(frame: DataFrame, column: string): string {
  try {
    return typeName(frame.getColumn(column).dtype);
  } catch (error) {
    return /DataType (\w+)/.exec(error instanceof Error ? error.message : "")?.[1] ?? "unknown";
  }
}

/** The columns that a query will give, without running it; `undefined` where Polars can't tell or refuses the query. */
export function plannedColumns(frame: LazyFrame): OutcomeColumn[] | undefined {
  try {
    // Not async: there, a panic in Polars ends the process.
    return columnsOf(frame.limit(0).collectSync());
  } catch {
    return undefined;
  }
}
