import type { Finding } from "@glacier/core";
import type { BinaryOperator, Expression } from "../model/expression.ts";
import { allIn, found, type Looked, named, placedIn, type Rule } from "./look.ts";
import { isNull } from "./numbers.ts";

/** EXPRESSION_MISSING and NULL_OPERAND: nodejs-polars takes `undefined` for null. */
export const nulls: Rule = (node, looked) =>
  (node.kind === "join" ? [] : placedIn(node)).flatMap(({ expression, isColumn }) => {
    if (isNull(expression)) return [missing(node.kind, isColumn, looked)];
    return allIn(expression).flatMap((part) => operand(part, looked));
  });

function missing(kind: string, isColumn: boolean, looked: Looked): Finding {
  const what = isColumn
    ? "has an expression that is null or undefined, which makes a column `literal` of nulls."
    : kind === "filter"
      ? "has a filter that is null or undefined, which leaves no rows."
      : "has an expression that is null or undefined.";
  const hint = isColumn
    ? 'Look for a misspelt variable. A column of nulls is `pl.lit(null).alias("name")`.'
    : "Look for a misspelt variable.";
  return found(looked, "EXPRESSION_MISSING", what, hint, isColumn ? ["literal"] : []);
}

function operand(part: Expression, looked: Looked): readonly Finding[] {
  if (part.kind !== "binary" || !givesNull.has(part.operator)) return [];
  const value = isNull(part.left) ? part.right : isNull(part.right) ? part.left : undefined;
  if (value === undefined) return [];
  const isEqual = part.operator === "eq" || part.operator === "not-eq";
  const isCompared = isEqual || part.operator.startsWith("lt") || part.operator.startsWith("gt");
  const what = value.kind === "column" ? `the column ${named(value.name)}` : "something";
  const method = part.operator === "eq" ? "isNull" : "isNotNull";
  const shown = value.kind === "column" ? `pl.col(${JSON.stringify(value.name)})` : "…";
  return [
    found(
      looked,
      "NULL_OPERAND",
      `${isCompared ? "compares" : "calculates"} ${what} with null or undefined, which gives null for every row.`,
      isEqual ? `Write \`${shown}.${method}()\`, or look for a misspelt variable.` : "Look for a misspelt variable.",
      value.kind === "column" ? [value.name] : [],
    ),
  ];
}

const givesNull: ReadonlySet<string> = new Set<BinaryOperator>([
  "eq",
  "not-eq",
  "lt",
  "lt-eq",
  "gt",
  "gt-eq",
  "plus",
  "minus",
  "multiply",
  "rust-divide",
  "true-divide",
  "floor-divide",
  "modulus",
]);
