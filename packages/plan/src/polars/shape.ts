import { isDeepStrictEqual } from "node:util";
import type { ColumnType } from "../model/column-type.ts";
import { decodeType, encodeType } from "./types.ts";
import { Unknown } from "./unknown.ts";

/**
 * How a part of Polars' JSON has to look, and what is made of it. A shape lets nothing through that it does not name.
 * @throws Unknown
 */
export type Shape<Value> = (raw: unknown, what: string) => Value;

const refuse = (given: unknown, what: string): never => {
  throw new Unknown(`${what}, where it is ${textOf(given)}`);
};

/** Short: what is given may be large, and nested deep. */
function textOf(given: unknown): string {
  if (Array.isArray(given)) return `a list of ${given.length}`;
  if (typeof given === "object" && given !== null) return `{${Object.keys(given).slice(0, 5).join(", ")}}`;
  const text = typeof given === "string" ? JSON.stringify(given) : String(given);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

export const flag: Shape<boolean> = (raw, what) => (typeof raw === "boolean" ? raw : refuse(raw, what));
export const text: Shape<string> = (raw, what) => (typeof raw === "string" ? raw : refuse(raw, what));
/** A whole number that JavaScript holds exactly. */
export const integer: Shape<number> = (raw, what) => (Number.isSafeInteger(raw) ? (raw as number) : refuse(raw, what));
/** A number that is written out. Polars writes NaN and infinities as null, and JavaScript would write -0 as 0. */
export const float: Shape<number> = (raw, what) =>
  typeof raw === "number" && !Object.is(raw, -0) ? raw : refuse(raw, what);
/** A whole number of any size, as text. */
export const integerText: Shape<string> = (raw, what) =>
  typeof raw === "bigint" || Number.isSafeInteger(raw) ? String(raw) : refuse(raw, what);

/** Whatever is there; its reader checks it. */
export const raw: Shape<unknown> = (value) => value;

/** Nothing. */
export const none: Shape<null> = (given, what) => (given === undefined ? null : refuse(given, what));

/** Only this value is known. */
export function only(value: string | boolean | null): Shape<undefined> {
  return (given, what) => (given === value ? undefined : refuse(given, what));
}

/** Known, and without influence on the result of a query. */
export function irrelevant(_why: string): Shape<undefined> {
  return () => undefined;
}

export function nullable<Value>(shape: Shape<Value>): Shape<Value | null> {
  return (given, what) => (given === null ? null : shape(given, what));
}

export function oneOf<const Value extends string>(...values: readonly Value[]): Shape<Value> {
  return (given, what) => (values.includes(given as Value) ? (given as Value) : refuse(given, what));
}

export function list<Value>(shape: Shape<Value>): Shape<readonly Value[]> {
  return (given, what) => (Array.isArray(given) ? given.map((item) => shape(item, what)) : refuse(given, what));
}

type Values<Shapes extends readonly Shape<unknown>[]> = {
  readonly [Index in keyof Shapes]: Shapes[Index] extends Shape<infer Value> ? Value : never;
};

export function tuple<const Shapes extends readonly Shape<unknown>[]>(...shapes: Shapes): Shape<Values<Shapes>> {
  return (given, what) => {
    if (!Array.isArray(given) || given.length !== shapes.length) return refuse(given, what);
    return shapes.map((shape, index) => shape(given[index], what)) as Values<Shapes>;
  };
}

type Fields<Shapes extends Readonly<Record<string, Shape<unknown>>>> = {
  readonly [Name in keyof Shapes as Shapes[Name] extends Shape<undefined> ? never : Name]: Shapes[Name] extends Shape<
    infer Value
  >
    ? Value
    : never;
};

/** An object with exactly these fields, in this order. Those that are irrelevant are left out. */
export function fields<const Shapes extends Readonly<Record<string, Shape<unknown>>>>(
  shapes: Shapes,
): Shape<Fields<Shapes>> {
  const entries = Object.entries(shapes);
  return (given, what) => {
    if (typeof given !== "object" || given === null || Array.isArray(given)) return refuse(given, what);
    for (const name of Object.keys(given)) {
      if (!Object.hasOwn(shapes, name)) throw new Unknown(`\`${name}\` of ${what}`);
    }
    const read: Record<string, unknown> = {};
    for (const [name, shape] of entries) {
      if (!Object.hasOwn(given, name)) throw new Unknown(`${what} without \`${name}\``);
      const value = shape((given as Readonly<Record<string, unknown>>)[name], `\`${name}\` of ${what}`);
      if (value !== undefined) read[name] = value;
    }
    return read as Fields<Shapes>;
  };
}

/** Polars' way to write a choice: `"Name"`, or `{"Name": what belongs to it}`. Without anything, it is `undefined`. */
export const variant: Shape<readonly [name: string, value: unknown]> = (given, what) => {
  if (typeof given === "string") return [given, undefined];
  if (typeof given === "object" && given !== null && !Array.isArray(given)) {
    const [entry, ...more] = Object.entries(given);
    if (entry !== undefined && more.length === 0) return entry;
  }
  return refuse(given, what);
};

/** A choice between variants with something that belongs to them, read as an object with one field. */
export function choice(shapes: Readonly<Record<string, Shape<unknown>>>): Shape<unknown> {
  return (given, what) => {
    const [name, value] = variant(given, what);
    const shape = Object.hasOwn(shapes, name) ? shapes[name] : undefined;
    if (shape === undefined) return refuse(given, what);
    return { [name]: shape(value, `\`${name}\` of ${what}`) };
  };
}

/** A type, with nothing in it that would get lost. */
export const columnType: Shape<ColumnType> = (given, what) => {
  let decoded: ColumnType;
  try {
    decoded = decodeType(given);
  } catch {
    return refuse(given, what);
  }
  return isDeepStrictEqual(encodeType(decoded), given) && hasKnownParts(decoded) ? decoded : refuse(given, what);
};

const categories = fields({ name: text, namespace: text, physical: oneOf("U8", "U16", "U32") });

function hasKnownParts(type: ColumnType): boolean {
  if ("polars" in type) return type.kind === "Categorical" && categories(type.polars, "a type") !== undefined;
  if ("precision" in type) return Number.isInteger(type.precision) && Number.isInteger(type.scale);
  if ("size" in type) return Number.isInteger(type.size) && hasKnownParts(type.inner);
  if ("inner" in type) return hasKnownParts(type.inner);
  if ("fields" in type) return type.fields.every(({ name, type: of }) => typeof name === "string" && hasKnownParts(of));
  return true;
}

/** A type where Polars also allows an expression that gives one. */
export const type: Shape<ColumnType> = (given, what) => {
  const [name, value] = variant(given, what);
  return name === "Literal" ? columnType(value, what) : refuse(given, what);
};
