import type { Finding } from "@glacier/core";
import { type ColumnType, isInteger } from "../model/column-type.ts";
import type { BinaryOperator, Expression } from "../model/expression.ts";
import type { PlanNode } from "../model/node.ts";
import { allIn, found, type Looked, named, placedIn, type Rule } from "./look.ts";
import { asInt, type PlainNumber, plainNumber } from "./numbers.ts";

const comparing: ReadonlySet<string> = new Set<BinaryOperator>([
  "eq",
  "eq-missing",
  "not-eq",
  "not-eq-missing",
  "lt",
  "lt-eq",
  "gt",
  "gt-eq",
]);

/** LARGE_NUMBER_COMPARED everywhere, FILTER_READS_ALL where a filter could leave out parts of a Parquet file. */
export const comparisons: Rule = (node, looked) =>
  placedIn(node).flatMap(({ expression, over }) =>
    allIn(expression).flatMap((part): readonly Finding[] => {
      if (part.kind === "binary" && comparing.has(part.operator)) {
        return [
          ...withNumber(part.left, plainNumber(part.right), node, over, looked),
          ...withNumber(part.right, plainNumber(part.left), node, over, looked),
        ];
      }
      return part.kind === "function" && part.name === "Boolean.IsIn" ? amongNumbers(part, node, over, looked) : [];
    }),
  );

function withNumber(
  value: Expression,
  number: PlainNumber | undefined,
  node: PlanNode,
  over: PlanNode,
  looked: Looked,
): readonly Finding[] {
  if (number === undefined || !number.isWhole) return [];
  const column = value.kind === "column" ? value.name : undefined;
  const isLarge = !number.isSafe;
  const isRead = column !== undefined && node.kind === "filter" && isInParquet(column, over, looked);
  if (!isLarge && !isRead) return [];
  const type = looked.typing.typeOf(value, over);
  if (type === undefined || !isComparedAsFloat(type, number)) return [];
  const hint = `Write \`${asInt(number)}\` of @glacier/expressions for ${number.text}.`;
  const columns = column === undefined ? [] : [column];
  if (isLarge && /64|128/.test(type.kind)) {
    const what = column === undefined ? "an integer" : `the integer column ${named(column)}`;
    const message = `compares ${what} with ${number.text} as floats, which are not exact above 2^53: neighbours count as equal.`;
    return [found(looked, "LARGE_NUMBER_COMPARED", message, hint, columns)];
  }
  return isRead
    ? [readsAll(column, `filters the integer column ${named(column)} by ${number.text}`, hint, looked)]
    : [];
}

const isComparedAsFloat = (type: ColumnType, { kind }: PlainNumber): boolean =>
  isInteger(type) && (kind === "number" || !type.kind.startsWith("U"));

const readsAll = (column: string, what: string, hint: string, looked: Looked): Finding =>
  found(
    looked,
    "FILTER_READS_ALL",
    `${what}, which Polars takes for a float: it can't skip the parts of the Parquet file that don't match.`,
    hint,
    [column],
  );

function amongNumbers(
  { inputs: [value, list] }: Expression & { readonly kind: "function" },
  node: PlanNode,
  over: PlanNode,
  looked: Looked,
): readonly Finding[] {
  if (node.kind !== "filter" || value?.kind !== "column" || !isFloats(list)) return [];
  const type = looked.typing.typeOf(value, over);
  if (type === undefined || !isInteger(type) || !isInParquet(value.name, over, looked)) return [];
  return [
    readsAll(
      value.name,
      `filters the integer column ${named(value.name)} by a list of plain numbers`,
      `Give a series of the column's type: \`.isIn(pl.lit(pl.Series("", [1, 2], pl.${type.kind})))\`.`,
      looked,
    ),
  ];
}

function isFloats(list: Expression | undefined): boolean {
  if (list?.kind !== "literal" || list.value.kind !== "values") return false;
  const { type } = list.value;
  return type?.kind === "Float64" || (type?.kind === "List" && type.inner.kind === "Float64");
}

/** Whether a column comes from a Parquet file as it is, and Polars can move a filter on it to where it is read. */
function isInParquet(column: string, table: PlanNode, looked: Looked): boolean {
  let name = column;
  let node = table;
  for (;;) {
    switch (node.kind) {
      case "source":
        return looked.endpoints.sources[node.name]?.format === "parquet";
      case "filter":
        break;
      case "sort":
        if (node.limit !== undefined) return false;
        break;
      case "rename": {
        const current = name;
        const renamed = node.names.find(([, to]) => to === current);
        if (renamed === undefined && node.names.some(([from]) => from === current)) return false;
        name = renamed?.[0] ?? name;
        break;
      }
      case "select":
      case "with-columns": {
        const current = name;
        const one = node.expressions.find((expression) => gives(expression, current));
        if (one === undefined && node.kind === "select" && !node.expressions.some(isChoice)) return false;
        if (one?.kind === "alias") {
          if (one.input.kind !== "column") return false;
          name = one.input.name;
        } else if (one !== undefined && one.kind !== "column") return false;
        break;
      }
      default:
        return false;
    }
    node = node.input;
  }
}

/** Whether it makes, as far as can be seen, the column of that name. */
function gives(expression: Expression, name: string): boolean {
  if (expression.kind === "alias" || expression.kind === "column") return expression.name === name;
  if (isChoice(expression)) return false;
  return allIn(expression).some((part) => isChoice(part) || (part.kind === "column" && part.name === name));
}

const isChoice = (expression: Expression): boolean => expression.kind === "columns";
