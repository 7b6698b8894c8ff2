import { bottomUp } from "../columns/bottom-up.ts";
import { allIn, placedIn } from "../findings/look.ts";
import type { ColumnType, TableSchema } from "../model/column-type.ts";
import type { Expression } from "../model/expression.ts";
import type { PlanNode } from "../model/node.ts";
import { functionInfo } from "../polars/functions.ts";

/**
 * Whether a plan may have mistakes, or types, that show only over a row, though it works over none. A plan of ordinary
 * rows, groups and joins has not: Polars looks at the types of all that it is made of, whatever the number of rows.
 * Anything that is not known to be so needs one.
 */
export function needsRow(plan: PlanNode, sources: readonly TableSchema[]): boolean {
  if (sources.some((schema) => schema.some(({ type }) => !isOrdinary(type)))) return true;
  return bottomUp(plan).some(
    (node) => !isOrdinaryNode(node) || placedIn(node).some(({ expression }) => !allIn(expression).every(isLookedAt)),
  );
}

/** Calculations with decimals and durations, and all that is in lists, get their types from values. */
const isOrdinary = ({ kind }: ColumnType): boolean =>
  /^U?Int(?:8|16|32|64)$|^Float(?:32|64)$|^(?:Boolean|String|Date|Datetime)$/.test(kind);

function isOrdinaryNode(node: PlanNode): boolean {
  switch (node.kind) {
    case "source":
    case "select":
    case "with-columns":
    case "filter":
    case "sort":
    case "slice":
    case "unique":
    case "rename":
    case "row-index":
      return true;
    case "group-by":
      return node.window === undefined;
    case "join":
      return node.how !== "asof";
    default:
      return false;
  }
}

const ordinaryFigures: ReadonlySet<string> = new Set([
  "sum",
  "mean",
  "min",
  "max",
  "count",
  "n-unique",
  "first",
  "last",
]);

/** Groups of functions that look at the types of their inputs before they look at a value. */
const ordinaryFunctions =
  /^Boolean\.(?!A(?:ll|ny)Horizontal)|^Temporal\.|^String\.(?:Contains|StartsWith|EndsWith|Uppercase|Lowercase)$/;

function isLookedAt(expression: Expression): boolean {
  switch (expression.kind) {
    case "column":
    case "columns":
    case "alias":
    case "rename":
    case "keep-name":
    case "binary":
    case "when":
    case "row-count":
      return true;
    case "literal":
      return expression.value.kind !== "values";
    case "cast":
      // What can't become a boolean at all is only noticed over a row.
      return expression.mode !== "strict" && isOrdinary(expression.type) && expression.type.kind !== "Boolean";
    case "aggregate":
      return ordinaryFigures.has(expression.name);
    case "function":
      return ordinaryFunctions.test(expression.name) && functionInfo(expression.name)?.rows === "elementwise";
    default:
      return false;
  }
}
