import type { Column, ColumnType, SimpleKind, TableSchema, TimeUnit } from "../model/column-type.ts";
import { Unknown } from "./unknown.ts";

/** Types as Polars' plans have them in JSON. */
export type PolarsType = string | Readonly<Record<string, unknown>>;

const simple: ReadonlySet<string> = new Set<SimpleKind>([
  "Boolean",
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
  "Float16",
  "Float32",
  "Float64",
  "String",
  "Binary",
  "Date",
  "Time",
  "Null",
]);

const units: Readonly<Record<string, TimeUnit>> = { Milliseconds: "ms", Microseconds: "us", Nanoseconds: "ns" };
const unitNames: Readonly<Record<TimeUnit, string>> = { ms: "Milliseconds", us: "Microseconds", ns: "Nanoseconds" };

/** @throws Unknown */
export function decodeType(type: unknown): ColumnType {
  if (typeof type === "string" && simple.has(type)) return { kind: type as SimpleKind };
  if (typeof type === "object" && type !== null) {
    const [[name, value] = [], ...more] = Object.entries(type);
    if (name !== undefined && more.length === 0) {
      const decoded = parametersOf(name, value);
      if (decoded !== undefined) return decoded;
    }
  }
  throw new Unknown(`the type ${JSON.stringify(type)}`);
}

function parametersOf(name: string, value: unknown): ColumnType | undefined {
  const [first, second] = Array.isArray(value) ? (value as unknown[]) : [];
  switch (name) {
    case "Decimal":
      return { kind: "Decimal", precision: first as number, scale: second as number };
    case "Datetime":
      return { kind: "Datetime", unit: unitOf(first), zone: zoneOf(second) };
    case "Duration":
      return { kind: "Duration", unit: unitOf(value) };
    case "List":
      return { kind: "List", inner: decodeType(value) };
    case "Array":
      return { kind: "Array", inner: decodeType(first), size: second as number };
    case "Struct":
      return { kind: "Struct", fields: (value as { name: string; dtype: unknown }[]).map(decodeField) };
    case "Categorical":
    case "Enum":
      return { kind: name, polars: value };
    default:
      return undefined;
  }
}

const decodeField = ({ name, dtype }: { name: string; dtype: unknown }): Column => ({ name, type: decodeType(dtype) });

function unitOf(unit: unknown): TimeUnit {
  const known = typeof unit === "string" ? units[unit] : undefined;
  if (known === undefined) throw new Unknown(`the time unit ${JSON.stringify(unit)}`);
  return known;
}

function zoneOf(zone: unknown): string | undefined {
  if (zone === null || zone === undefined) return undefined;
  const name = (zone as { inner?: unknown }).inner;
  if (typeof name === "string") return name;
  throw new Unknown(`the time zone ${JSON.stringify(zone)}`);
}

/** The inverse of {@link decodeType}. */
export function encodeType(type: ColumnType): PolarsType {
  switch (type.kind) {
    case "Decimal":
      return { Decimal: [type.precision, type.scale] };
    case "Datetime":
      return { Datetime: [unitNames[type.unit], type.zone === undefined ? null : { inner: type.zone }] };
    case "Duration":
      return { Duration: unitNames[type.unit] };
    case "List":
      return { List: encodeType(type.inner) };
    case "Array":
      return { Array: [encodeType(type.inner), type.size] };
    case "Struct":
      return { Struct: type.fields.map(({ name, type: inner }) => ({ name, dtype: encodeType(inner) })) };
    case "Categorical":
    case "Enum":
      return { [type.kind]: type.polars };
    default:
      return type.kind;
  }
}

/**
 * A schema as plans have it. The order is that of `names`, which has to be known from elsewhere: JavaScript puts names
 * that are whole numbers first.
 * @throws Unknown
 */
export function decodeSchema(schema: unknown, names: readonly string[]): TableSchema {
  const fields = (schema as { fields?: Readonly<Record<string, unknown>> } | null)?.fields;
  if (typeof fields !== "object" || fields === null) throw new Unknown("the form of a schema");
  return names.map((name) => ({ name, type: decodeType(fields[name]) }));
}

/** A schema as JSON text, in order. */
export function schemaJson(schema: TableSchema): string {
  const fields = schema.map(({ name, type }) => `${JSON.stringify(name)}:${JSON.stringify(encodeType(type))}`);
  return `{"fields":{${fields.join(",")}},"metadata":null}`;
}
