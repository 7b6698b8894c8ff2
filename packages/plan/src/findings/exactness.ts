import { type ColumnType, isInteger } from "../model/column-type.ts";
import type { Expression } from "../model/expression.ts";
import { named } from "./look.ts";
import { type PlainNumber, plainNumber } from "./numbers.ts";

/** What an expression would be if the numbers in it took the type of what they meet. */
export interface Exact {
  readonly kind: "exact";
  /** `wide` is UInt64: with what has a sign it makes a float, whatever is done. `any`: the types are not known. */
  readonly family: "decimal" | "signed" | "unsigned" | "wide" | "any";
  /** The numbers that make a float of it. */
  readonly blame: readonly Blame[];
  /** Bigints that have made it UInt64, which is no harm by itself. */
  readonly widened: readonly Blame[];
}

/** A number that makes a float of what it meets. */
interface Blame {
  /** "adds 1 to the integer column `id`" */
  readonly what: string;
  readonly number: PlainNumber;
}

/** A number by itself; `number` is none where it takes the type of what it meets. */
interface Alone {
  readonly kind: "number";
  readonly number: PlainNumber | undefined;
}

/** The type of an expression, where there is a way to know. */
export type TypeOf = (expression: Expression) => ColumnType | "any" | undefined;

/** `undefined` for what is neither an integer nor a decimal, however numbers are written. */
export function exactness(expression: Expression, typeOf: TypeOf): Exact | Alone | undefined {
  const of: Of = (inner) => exactness(inner, typeOf);
  switch (expression.kind) {
    case "literal":
      return alone(expression);
    case "alias":
    case "rename":
    case "keep-name":
    case "over":
    case "sort":
    case "sort-by":
    case "filter":
    case "gather":
    case "slice":
    case "explode":
      return of(expression.input);
    case "binary": {
      const verb = verbs[expression.operator];
      if (verb === undefined) break;
      return together(expression.left, expression.right, of, verb);
    }
    case "when":
      return together(expression.then, expression.otherwise, of, ([value, number]) => `gives ${value} or ${number}`);
    case "aggregate":
      if (keepType.has(expression.name)) return of(expression.input);
      break;
    case "function": {
      const [first, second] = expression.inputs;
      if (first === undefined) break;
      if (keepType.has(expression.name)) return of(first);
      if (expression.name === "FillNull" && second !== undefined) {
        return together(first, second, of, ([value, number]) => `fills the nulls of ${value} with ${number}`);
      }
      break;
    }
    default:
  }
  const family = familyOf(typeOf(expression));
  return family === undefined ? undefined : { kind: "exact", family, blame: [], widened: [] };
}

/** Aggregates and functions that give integers of integers. */
const keepType: ReadonlySet<string> = new Set(
  ["sum", "min", "max", "first", "last"].concat("Abs", "Clip", "Shift", "Reverse", "CumSum", "CumMin", "CumMax"),
);

function familyOf(type: ColumnType | "any" | undefined): Exact["family"] | undefined {
  if (type === "any" || type === undefined) return type;
  if (type.kind === "Decimal") return "decimal";
  if (!isInteger(type)) return undefined;
  if (type.kind === "UInt64" || type.kind === "UInt128") return "wide";
  return type.kind.startsWith("U") ? "unsigned" : "signed";
}

function alone(expression: Expression & { readonly kind: "literal" }): Alone | undefined {
  if (expression.value.kind === "untyped-integer") return { kind: "number", number: undefined };
  const number = plainNumber(expression);
  return number === undefined ? undefined : { kind: "number", number };
}

type Of = (expression: Expression) => Exact | Alone | undefined;
type Sides = readonly [value: string, number: string];
type Verb = (sides: Sides, isNumberFirst: boolean) => string;

const verbs: Readonly<Partial<Record<string, Verb>>> = {
  plus: ([value, number]) => `adds ${number} to ${value}`,
  minus: ([value, number], isNumberFirst) =>
    isNumberFirst ? `subtracts ${value} from ${number}` : `subtracts ${number} from ${value}`,
  multiply: ([value, number]) => `multiplies ${value} by ${number}`,
  modulus: ([value, number], isNumberFirst) =>
    isNumberFirst ? `takes ${number} modulo ${value}` : `takes ${value} modulo ${number}`,
};

function together(left: Expression, right: Expression, of: Of, verb: Verb): Exact | Alone | undefined {
  const [one, other] = [of(left), of(right)];
  if (one === undefined || other === undefined) return undefined;
  if (one.kind === "number") {
    if (other.kind === "number") return { kind: "number", number: one.number ?? other.number };
    return withNumber(other, one.number, right, (sides) => verb(sides, true));
  }
  if (other.kind === "number") return withNumber(one, other.number, left, (sides) => verb(sides, false));
  return bothExact(one, other);
}

function bothExact(one: Exact, other: Exact): Exact | undefined {
  const families = new Set([one.family, other.family]);
  const widened = [...one.widened, ...other.widened];
  const blame = [...one.blame, ...other.blame];
  for (const family of ["any", "decimal"] as const) {
    if (families.has(family)) return { kind: "exact", family, blame, widened };
  }
  if (!families.has("signed")) {
    return { kind: "exact", family: families.has("wide") ? "wide" : "unsigned", blame, widened };
  }
  if (families.has("wide")) return undefined;
  return { kind: "exact", family: "signed", blame: [...blame, ...widened], widened: [] };
}

function withNumber(
  value: Exact,
  number: PlainNumber | undefined,
  expression: Expression,
  verb: (sides: Sides) => string,
): Exact | undefined {
  if (number === undefined) return value;
  const { family, blame, widened } = value;
  // An integer times 1.5 is meant to be a float.
  if (!number.isWhole && family !== "decimal" && family !== "any") return undefined;
  const [article, type] = family === "decimal" ? ["a", "decimal"] : ["an", "integer"];
  const what = expression.kind === "column" ? `the ${type} column ${named(expression.name)}` : `${article} ${type}`;
  const more: Blame = { what: verb([what, number.text]), number };
  if (number.kind === "bigint") {
    if (family === "decimal" || family === "wide") return value;
    if (family === "unsigned") return { ...value, widened: [...widened, more] };
  }
  return { ...value, blame: [...blame, more] };
}
