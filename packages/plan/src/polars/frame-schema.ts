import type { LazyFrame } from "@glacier/core";
import type { Column, ColumnType, SimpleKind, TableSchema, TimeUnit } from "../model/column-type.ts";
import { decodeSchema } from "./types.ts";

interface ScanOfFrame {
  readonly DataFrameScan?: { readonly schema?: unknown };
}

/** The columns and types of a frame in memory, whatever types it has. @throws Unknown */
export function schemaOf(frame: DataFrame): TableSchema {
  const plain = plainSchema(frame);
  if (plain !== undefined) return plain;
  const plan = JSON.parse(frame.limit(0).lazy().serialize("json").toString("utf8")) as ScanOfFrame;
  return decodeSchema(plan.DataFrameScan?.schema, frame.columns);
}

type DataFrame = ReturnType<LazyFrame["collectSync"]>;

const plainKinds: ReadonlyMap<string, SimpleKind> = new Map([
  ...(["Int8", "Int16", "Int32", "Int64", "UInt8", "UInt16", "UInt32", "UInt64"] as const).map(same),
  ...(["Float32", "Float64", "String", "Date", "Time", "Null"] as const).map(same),
  ["Utf8", "String"],
  ["Bool", "Boolean"],
]);

function same(kind: SimpleKind): readonly [string, SimpleKind] {
  return [kind, kind];
}

interface TypeShape {
  readonly variant: string;
  readonly timeUnit?: string;
  readonly timeZone?: string | null;
}

/** In a tenth of the time, where nodejs-polars has objects for all types, and tells all of them. */
function plainSchema(frame: DataFrame): TableSchema | undefined {
  const types = typesOf(frame);
  const columns: Column[] = [];
  for (const [at, name] of frame.columns.entries()) {
    const type = types[at] === undefined ? undefined : plainType(types[at]);
    if (type === undefined) return undefined;
    columns.push({ name, type });
  }
  return columns;
}

/** None where there is one that nodejs-polars has no object for. */
function typesOf(frame: DataFrame): readonly TypeShape[] {
  try {
    return (frame.dtypes as readonly TypeShape[] | undefined) ?? [];
  } catch {
    return [];
  }
}

function plainType({ variant, timeUnit, timeZone }: TypeShape): ColumnType | undefined {
  const kind = plainKinds.get(variant);
  if (kind !== undefined) return { kind };
  return variant === "Datetime"
    ? { kind: "Datetime", unit: timeUnit as TimeUnit, zone: timeZone === "" ? undefined : (timeZone ?? undefined) }
    : undefined;
}
