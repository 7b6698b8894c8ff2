import type { Finding } from "@glacier/core";
import { type ColumnType, typeText } from "../model/column-type.ts";
import type { Expression } from "../model/expression.ts";
import type { PlanNode } from "../model/node.ts";
import { allIn, found, type Looked, named, placedIn, type Rule } from "./look.ts";

const equal: ReadonlySet<string> = new Set(["eq", "eq-missing", "not-eq", "not-eq-missing"]);
const comparing: ReadonlySet<string> = new Set([...equal, "lt", "lt-eq", "gt", "gt-eq"]);

/** TYPE_MISMATCH and TYPES_MIXED: a date with a number, a boolean with `5` or `"yes"`. Polars casts, and compares. */
export const oddComparisons: Rule = (node, looked) =>
  placedIn(node).flatMap(({ expression, over }) =>
    allIn(expression).flatMap((part): readonly Finding[] => {
      if (part.kind !== "binary" || !comparing.has(part.operator)) return [];
      const isEqual = equal.has(part.operator);
      return [
        ...withLiteral(part.left, part.right, isEqual, over, looked),
        ...withLiteral(part.right, part.left, isEqual, over, looked),
      ];
    }),
  );

function withLiteral(
  value: Expression,
  literal: Expression,
  isEqual: boolean,
  over: PlanNode,
  looked: Looked,
): readonly Finding[] {
  const constant = constantOf(literal);
  if (constant === undefined) return [];
  const type = looked.typing.typeOf(value, over);
  const odd = type === undefined ? undefined : oddOf(type, constant, isEqual);
  if (type === undefined || odd === undefined) return [];
  const column = value.kind === "column" ? value.name : undefined;
  const what = `${column === undefined ? "something" : named(column)}, which is ${typeText(type)},`;
  const shown = typeof constant === "string" ? JSON.stringify(constant) : String(constant);
  const columns = column === undefined ? [] : [column];
  return [found(looked, odd.code, `compares ${what} with ${shown}: ${odd.why}.`, odd.hint, columns)];
}

interface Odd {
  readonly code: "TYPE_MISMATCH" | "TYPES_MIXED";
  readonly why: string;
  readonly hint: string;
}

function oddOf(type: ColumnType, constant: number | string, isEqual: boolean): Odd | undefined {
  if (type.kind === "Boolean" && isEqual) {
    if (typeof constant === "string" ? /^(?:true|false)$/.test(constant) : constant === 0 || constant === 1) {
      return undefined;
    }
    return { code: "TYPE_MISMATCH", why: "no boolean equals that", hint: "Compare with `pl.lit(true)`." };
  }
  if ((type.kind === "Date" || type.kind === "Datetime") && typeof constant === "number") {
    // Who writes so many of them has counted.
    if (type.kind === "Datetime" && Math.abs(constant) >= 1e9) return undefined;
    const units = type.kind === "Datetime" ? `${unitNames[type.unit]}seconds` : "days";
    return {
      code: isWrittenDate(constant) ? "TYPE_MISMATCH" : "TYPES_MIXED",
      why: `that is a number of ${units} since 1970`,
      hint: 'Compare with a date: `pl.lit(new Date("2024-01-01"))`, or a part of one: `dt.year()`.',
    };
  }
  return undefined;
}

const unitNames = { ms: "milli", us: "micro", ns: "nano" } as const;

/** 2024, 202401 or 20240131: nobody counts days or less since 1970 and gets to these. */
const isWrittenDate = (number: number): boolean =>
  Number.isInteger(number) &&
  ((number >= 1900 && number <= 2100) ||
    (number >= 190_001 && number <= 210_012) ||
    (number >= 19_000_101 && number <= 21_001_231));

function constantOf(expression: Expression): number | string | undefined {
  if (expression.kind !== "literal") return undefined;
  const { value } = expression;
  switch (value.kind) {
    case "text":
      return value.value;
    case "integer":
    case "float":
    case "untyped-integer":
    case "untyped-float":
      return Number(value.value);
    default:
      return undefined;
  }
}
