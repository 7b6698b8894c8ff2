import type { DataType } from "nodejs-polars";
import { isMarked } from "../brand.ts";
import { GlacierError } from "../errors.ts";
import { show } from "../options.ts";
import { didYouMean, quoted } from "../suggest.ts";

/** Columns and their Polars types: `{ id: pl.Int64, at: pl.Datetime("us") }`. */
export type Schema = Readonly<Record<string, DataType>>;

/** Which types a format can be read as: a column itself, and what is in a list or a struct. */
export interface TypeSupport {
  /** The format's name, for messages. */
  readonly label: string;
  readonly column: readonly string[];
  readonly nested: readonly string[];
  /** The time units that a `Datetime` can have, where not all. */
  readonly datetimeUnits?: readonly string[];
}

const simple = ["Bool", "Float32", "Float64", "Utf8", "String", "Categorical", "Date", "Datetime"];
const integers = ["Int8", "Int16", "Int32", "Int64", "UInt8", "UInt16", "UInt32", "UInt64"];
const every = [...simple, ...integers, "Decimal", "Time", "Duration", "List", "FixedSizeList", "Struct"];

/** Polars panics where a schema has `Object`, and does not take `Null`. */
export const parquetTypes: TypeSupport = { label: "Parquet", column: every, nested: every };

export const csvTypes: TypeSupport = {
  label: "CSV",
  column: [...simple, ...integers, "Decimal", "Time"],
  nested: [],
};

/** Polars panics where a column of NDJSON is to be a small integer, a time, a duration or a fixed-size list. */
export const ndjsonTypes: TypeSupport = {
  label: "NDJSON",
  column: [...simple, "Int32", "Int64", "UInt32", "UInt64", "List", "Struct"],
  nested: [...simple, ...integers, "List", "Struct"],
};

/**
 * Checks the types of a schema by their shape, and gives them as frozen plain data, which Polars takes as it takes its
 * own objects. So options can be compared, hashed and sent to another process as JSON.
 *
 * @throws OPTION_INVALID
 */
export function checkSchema(schema: Schema, support: TypeSupport, option: string, subject: string): Schema {
  const entries = Object.entries(schema);
  if (entries.length === 0) {
    throw new GlacierError("OPTION_INVALID", `${subject}: option \`${option}\` names no column.`, {
      hint: "Leave it out, or name the columns: `{ id: pl.Int64 }`.",
      details: { option },
    });
  }
  const plain = entries.map(([column, type]): [string, DataType] => {
    try {
      return [column, plainType(type, support, "column") as unknown as DataType];
    } catch (problem) {
      if (!(problem instanceof TypeProblem)) throw problem;
      throw new GlacierError(
        "OPTION_INVALID",
        `${subject}: option \`${option}\` gives column \`${column}\` ${problem.message}.`,
        { hint: problem.hint, details: { option, column } },
      );
    }
  });
  return Object.freeze(Object.fromEntries(plain));
}

class TypeProblem extends Error {
  readonly hint: string;
  constructor(message: string, hint: string) {
    super(message);
    this.hint = hint;
  }
}

/** The properties of Polars' type objects that it reads itself. */
interface TypeShape {
  readonly variant?: unknown;
  readonly inner?: unknown;
  readonly timeUnit?: unknown;
  readonly timeZone?: unknown;
  readonly fields?: unknown;
}

/** A Polars type as plain data: what nodejs-polars reads of its own objects. Texts are `String`, never `Utf8`. */
export interface PlainType {
  readonly variant: string;
  readonly inner?: readonly unknown[];
  readonly timeUnit?: string;
  readonly timeZone?: string | null;
  readonly fields?: readonly { readonly name: string; readonly dtype: PlainType }[];
}

function plainType(type: unknown, support: TypeSupport, place: "column" | "nested"): PlainType {
  if (isMarked(type, "nullable")) {
    throw new TypeProblem(
      `\`nullable\`, which it can't have${place === "nested" ? " inside a list or struct" : ""}`,
      place === "nested"
        ? "Only whole columns are checked for nulls: `nullable(pl.List(pl.String))`."
        : "`nullable` is for columns in the `schema` of the bucket itself: `bucket(…, { schema: { note: nullable(pl.String) } })`.",
    );
  }
  if (typeof type !== "object" || type === null || typeof (type as TypeShape).variant !== "string") {
    throw new TypeProblem(
      `${show(type)}, which is no Polars type`,
      typeof type === "function"
        ? 'Call it to get the type: `pl.Datetime("us")`, `pl.List(pl.Int64)`, `pl.Decimal(12, 2)`.'
        : 'Types are `pl.Int64`, `pl.String`, `pl.Datetime("us")` and the like.',
    );
  }
  const shape = type as TypeShape;
  const variant = shape.variant as string;
  if (!support[place].includes(variant)) {
    throw new TypeProblem(
      `the type \`${variant}\`, which ${support.label} can't be read as${place === "nested" ? " inside a list or struct" : ""}`,
      `${every.includes(variant) ? "" : didYouMean(variant, support[place])}It can be ${quoted(support[place].length === 0 ? support.column : support[place], "or")}.`,
    );
  }
  return Object.freeze({ variant: variant === "Utf8" ? "String" : variant, ...parametersOf(variant, shape, support) });
}

/** Whether two types of checked schemas are one. */
export function isSamePlainType(one: PlainType, other: PlainType): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function parametersOf(variant: string, shape: TypeShape, support: TypeSupport): Omit<PlainType, "variant"> {
  const inner = Array.isArray(shape.inner) ? (shape.inner as unknown[]) : [];
  switch (variant) {
    case "Decimal":
      return { inner: decimalParameters(inner[0], inner[1]) };
    case "Datetime":
      return { timeUnit: datetimeUnitOf(shape, support), timeZone: timeZoneOf(shape) };
    case "Duration":
      return { timeUnit: timeUnitOf(shape, variant) };
    case "List":
      return { inner: Object.freeze([plainType(inner[0], support, "nested")]) };
    case "FixedSizeList":
      return { inner: Object.freeze([plainType(inner[0], support, "nested"), sizeOf(inner[1])]) };
    case "Struct":
      return { fields: fieldsOf(shape, support) };
    default:
      return {};
  }
}

/** Polars panics on any other precision and scale. */
function decimalParameters(precision: unknown, scale: unknown): readonly [number, number] {
  const isCount = (value: unknown, min: number, max: number): value is number =>
    Number.isInteger(value) && (value as number) >= min && (value as number) <= max;
  if (!isCount(precision, 1, 38) || !isCount(scale, 0, precision)) {
    throw new TypeProblem(
      `the type \`Decimal(${show(precision)}, ${show(scale)})\``,
      "A decimal has a precision from 1 to 38, and a scale from 0 to the precision: `pl.Decimal(12, 2)`.",
    );
  }
  return Object.freeze([precision, scale] as const);
}

function timeUnitOf(shape: TypeShape, variant: string): string {
  const unit = shape.timeUnit;
  if (unit !== "ns" && unit !== "us" && unit !== "ms") {
    throw new TypeProblem(
      `the type \`${variant}\` with the time unit ${show(unit)}`,
      "A time unit is `ns`, `us` or `ms`.",
    );
  }
  return unit;
}

function datetimeUnitOf(shape: TypeShape, { label, datetimeUnits }: TypeSupport): string {
  const unit = timeUnitOf(shape, "Datetime");
  if (datetimeUnits === undefined || datetimeUnits.includes(unit)) return unit;
  throw new TypeProblem(
    `the type \`Datetime\` with the time unit \`${unit}\`, which ${label} can't be read as`,
    `Polars gives some of its texts another time then. It can be ${quoted(datetimeUnits, "or")}.`,
  );
}

function timeZoneOf(shape: TypeShape): string | null {
  const zone = shape.timeZone ?? null;
  if (zone !== null && (typeof zone !== "string" || zone === "")) {
    throw new TypeProblem(`a time zone ${show(zone)}`, 'A time zone is a name such as "UTC" or "Europe/Vienna".');
  }
  return zone;
}

function sizeOf(size: unknown): number {
  if (!Number.isInteger(size) || (size as number) < 0 || (size as number) > 2 ** 31 - 1) {
    throw new TypeProblem(
      `lists of the fixed size ${show(size)}`,
      "A fixed size is a whole number: `pl.FixedSizeList(pl.Int8, 3)`.",
    );
  }
  return size as number;
}

function fieldsOf(shape: TypeShape, support: TypeSupport): NonNullable<PlainType["fields"]> {
  if (!Array.isArray(shape.fields))
    throw new TypeProblem("a struct without fields", "Write `pl.Struct({ name: pl.String })`.");
  const fields = shape.fields.map((field: { name?: unknown; dtype?: unknown } | null) => {
    if (typeof field?.name !== "string")
      throw new TypeProblem("a struct with a field without a name", "Write `pl.Struct({ name: pl.String })`.");
    return Object.freeze({ name: field.name, dtype: plainType(field.dtype, support, "nested") });
  });
  return Object.freeze(fields);
}
