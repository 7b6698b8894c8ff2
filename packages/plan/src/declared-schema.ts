import type { Bucket, BucketSchema, PlainType } from "@glacier/core";
import type { ColumnType, SimpleKind, TableSchema, TimeUnit } from "./model/column-type.ts";

/** What a bucket's `schema` declares, in the types of plans. */
export function tableSchemaOf(schema: BucketSchema): TableSchema {
  return schema.columns.map(({ name, type }) => ({ name, type: columnTypeOf(type) }));
}

/** The columns that a bucket declares; `undefined` for one without a schema. */
export function declaredColumns({ schema }: Bucket): TableSchema | undefined {
  return schema === undefined ? undefined : tableSchemaOf(schema);
}

/** Whether a column of one type is what was declared with the other. Of categories, only that they are ones. */
export function isDeclaredType(found: ColumnType, declared: ColumnType): boolean {
  return textOf(found) === textOf(declared);
}

const textOf = (type: ColumnType): string =>
  JSON.stringify(type, (_, value: unknown) =>
    (value as Partial<ColumnType> | null)?.kind === "Categorical" ? { kind: "Categorical" } : value,
  );

/** What nodejs-polars means by `pl.Categorical`. */
const categories = { name: "", namespace: "", physical: "U32" };

function columnTypeOf(type: PlainType): ColumnType {
  const { variant, inner = [], timeUnit, timeZone, fields = [] } = type;
  switch (variant) {
    case "Bool":
      return { kind: "Boolean" };
    case "Decimal":
      return { kind: "Decimal", precision: inner[0] as number, scale: inner[1] as number };
    case "Datetime":
      return { kind: "Datetime", unit: timeUnit as TimeUnit, zone: timeZone ?? undefined };
    case "Duration":
      return { kind: "Duration", unit: timeUnit as TimeUnit };
    case "List":
      return { kind: "List", inner: columnTypeOf(inner[0] as PlainType) };
    case "FixedSizeList":
      return { kind: "Array", inner: columnTypeOf(inner[0] as PlainType), size: inner[1] as number };
    case "Struct":
      return { kind: "Struct", fields: fields.map(({ name, dtype }) => ({ name, type: columnTypeOf(dtype) })) };
    case "Categorical":
      return { kind: "Categorical", polars: categories };
    default:
      return { kind: variant as SimpleKind };
  }
}
