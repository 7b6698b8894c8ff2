import { type Finding, formats } from "@glacier/core";
import { type ColumnType, type TableSchema, typeText } from "../model/column-type.ts";
import { found, listed, type Looked, named } from "./look.ts";

type Written = Pick<Looked, "step" | "endpoints">;

/** TYPE_NOT_WRITABLE and TYPE_NOT_KEPT: what becomes of the columns in the format of the target. */
export function targetFindings(looked: Written, schema: TableSchema): readonly Finding[] {
  const { format } = looked.endpoints.target;
  if (format !== "csv" && format !== "ndjson") return [];
  const isWritable = format === "csv" ? inCsv : inNdjson;
  const bad = schema.filter(({ type }) => !isWritable(type));
  if (bad.length > 0) return [notWritable(bad, looked)];
  const known = declared(looked);
  const lost = schema.filter(({ name, type }) => losesType(type) && !known(name));
  return lost.length === 0 ? [] : [notKept(lost, looked)];
}

/** Polars refuses these when it writes. */
const inCsv = ({ kind }: ColumnType): boolean => !["List", "Array", "Struct", "Binary", "Duration"].includes(kind);

/** Polars panics at these when it writes. */
function inNdjson(type: ColumnType): boolean {
  if (type.kind === "Binary") return false;
  if ("inner" in type) return inNdjson(type.inner);
  return type.kind !== "Struct" || type.fields.every((field) => inNdjson(field.type));
}

/** Integers and floats may come back wider, which loses nothing. */
function losesType(type: ColumnType): boolean {
  if ("inner" in type) return losesType(type.inner);
  if (type.kind === "Struct") return type.fields.some((field) => losesType(field.type));
  return lost.has(type.kind);
}

const lost: ReadonlySet<ColumnType["kind"]> = new Set([
  "Date",
  "Datetime",
  "Time",
  "Duration",
  "Decimal",
  "Categorical",
  "Enum",
]);

/** Which columns the bucket itself says the types of, to whoever reads it. */
function declared({ endpoints: { target } }: Written): (column: string) => boolean {
  const { schema, schemaOverrides } = target.scanOptions;
  if (target.schema !== undefined || schema !== undefined) return () => true;
  return (column) => Object.hasOwn(schemaOverrides ?? {}, column);
}

const shown = (columns: TableSchema): string =>
  listed(columns.map(({ name, type }) => `${named(name)} (${typeText(type)})`));

const namesOf = (columns: TableSchema): readonly string[] => columns.map(({ name }) => name);

function notWritable(columns: TableSchema, looked: Written): Finding {
  const { label } = formats[looked.endpoints.target.format];
  const isList = columns.some(({ type }) => type.kind === "List");
  const grouped = isList
    ? " In a group-by, a column without an aggregate becomes a list: write `.first()`, `.sum()` or the like."
    : "";
  return found(
    looked,
    "TYPE_NOT_WRITABLE",
    `writes ${label}, which can't hold ${shown(columns)}.`,
    `Write Parquet or Arrow IPC, or turn ${columns.length === 1 ? "the column" : "them"} into text or numbers first.${grouped}`,
    namesOf(columns),
  );
}

function notKept(columns: TableSchema, looked: Written): Finding {
  const { label } = formats[looked.endpoints.target.format];
  return found(
    looked,
    "TYPE_NOT_KEPT",
    `writes ${label}, which keeps no types: ${shown(columns)} will be read as text or numbers.`,
    "If a step reads it, write Parquet, or say the types with `schema` of the bucket.",
    namesOf(columns),
  );
}
