/** The type of a column, as Polars has it. */
export type ColumnType =
  | { readonly kind: SimpleKind }
  | { readonly kind: "Decimal"; readonly precision: number; readonly scale: number }
  | { readonly kind: "Datetime"; readonly unit: TimeUnit; readonly zone: string | undefined }
  | { readonly kind: "Duration"; readonly unit: TimeUnit }
  | { readonly kind: "List"; readonly inner: ColumnType }
  | { readonly kind: "Array"; readonly inner: ColumnType; readonly size: number }
  | { readonly kind: "Struct"; readonly fields: readonly Column[] }
  /** Categories in Polars' own form, which nodejs-polars can't make. */
  | { readonly kind: "Categorical" | "Enum"; readonly polars: unknown };

export type SimpleKind =
  | "Boolean"
  | "Int8"
  | "Int16"
  | "Int32"
  | "Int64"
  | "Int128"
  | "UInt8"
  | "UInt16"
  | "UInt32"
  | "UInt64"
  | "UInt128"
  | "Float16"
  | "Float32"
  | "Float64"
  | "String"
  | "Binary"
  | "Date"
  | "Time"
  | "Null";

export type TimeUnit = "ms" | "us" | "ns";

/** A column and its type. */
export interface Column {
  readonly name: string;
  readonly type: ColumnType;
}

/** The columns of a table, in order. */
export type TableSchema = readonly Column[];

/** As it is written with Polars, without the `pl.`: `Int64`, `Datetime(us, UTC)`, `List(String)`. */
export function typeText(type: ColumnType): string {
  switch (type.kind) {
    case "Decimal":
      return `Decimal(${type.precision}, ${type.scale})`;
    case "Datetime":
      return `Datetime(${[type.unit, type.zone].filter(Boolean).join(", ")})`;
    case "Duration":
      return `Duration(${type.unit})`;
    case "List":
      return `List(${typeText(type.inner)})`;
    case "Array":
      return `FixedSizeList(${typeText(type.inner)}, ${type.size})`;
    case "Struct":
      return `Struct(${type.fields.map(({ name, type: inner }) => `${name}: ${typeText(inner)}`).join(", ")})`;
    default:
      // As `pl.Bool` prints itself.
      return type.kind === "Boolean" ? "Bool" : type.kind;
  }
}

export function sameType(one: ColumnType, other: ColumnType): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

const integers = /^U?Int\d+$/;

export const isInteger = (type: ColumnType): boolean => integers.test(type.kind);
export const isFloat = (type: ColumnType): boolean => type.kind.startsWith("Float");
export const isNumeric = (type: ColumnType): boolean => isInteger(type) || isFloat(type) || type.kind === "Decimal";
export const isTemporal = (type: ColumnType): boolean => ["Date", "Datetime", "Time", "Duration"].includes(type.kind);
