import type { Expression } from "../model/expression.ts";
import type { Influence } from "../model/lineage.ts";
import type { RowRelation } from "../polars/function-info.ts";
import { functionInfo } from "../polars/functions.ts";
import { Unknown } from "../polars/unknown.ts";
import { partsOf } from "../columns/parts.ts";
import { addAll, bitOf, type Influenced } from "./influence.ts";

/** Columns of the table that an expression is over, and how it uses them. */
export type Uses = Influenced<string>;

/**
 * How an expression without selectors uses the columns of its table.
 * @throws Unknown
 */
export function usesOf(expression: Expression): Uses {
  const uses: Uses = new Map();
  const use = (part: Expression, as: Influence): void => addAll(uses, usesOf(part), as);
  switch (expression.kind) {
    case "column":
      return new Map([[expression.name, bitOf("identity")]]);
    case "columns":
      throw new Unknown("the columns of a selector in this place");
    case "literal":
    case "row-count":
    case "element":
    case "field":
      return uses;
    case "alias":
    case "rename":
    case "keep-name":
      return usesOf(expression.input);
    case "when":
      use(expression.then, "identity");
      use(expression.otherwise, "identity");
      use(expression.condition, "conditional");
      return uses;
    case "over":
      use(expression.input, "identity");
      for (const part of [...expression.partitionBy, ...expression.orderBy]) use(part, "window");
      return uses;
    case "sort":
      use(expression.input, "transformation");
      use(expression.input, "sort");
      return uses;
    case "sort-by":
      use(expression.input, "transformation");
      for (const by of expression.by) use(by, "sort");
      return uses;
    case "filter":
      use(expression.input, "transformation");
      use(expression.by, "filter");
      return uses;
    case "gather":
      use(expression.input, "transformation");
      use(expression.at, "filter");
      return uses;
    case "slice":
      use(expression.input, "transformation");
      use(expression.offset, "filter");
      use(expression.length, "filter");
      return uses;
    case "aggregate":
      // How many rows there are is in no column.
      if (countsRows(expression)) addAll(uses, heightUses(expression.input), "aggregation");
      else use(expression.input, "aggregation");
      return uses;
    case "function":
      return usesOfFunction(expression);
    case "list-eval":
      use(expression.each, "transformation");
      break;
    case "binary":
    case "cast":
    case "explode":
    case "with-fields":
  }
  for (const part of partsOf(expression)) use(part, "transformation");
  return uses;
}

/** Give one of their inputs as it is: which one, all but the last decide. */
const fallbacks: ReadonlySet<string> = new Set(["Coalesce", "FillNull"]);

function usesOfFunction({ name, inputs }: Extract<Expression, { kind: "function" }>): Uses {
  const uses: Uses = new Map();
  const as = rowsOf(name) === "aggregate" ? "aggregation" : "transformation";
  for (const [index, input] of inputs.entries()) {
    const used = usesOf(input);
    addAll(uses, used, fallbacks.has(name) ? "identity" : as);
    if (fallbacks.has(name) && index < inputs.length - 1) addAll(uses, used, "conditional");
  }
  return uses;
}

function rowsOf(name: string): RowRelation {
  const info = functionInfo(name);
  if (info === undefined) throw new Unknown(`the function \`${name}\``);
  return info.rows;
}

function countsRows({ name, options }: Extract<Expression, { kind: "aggregate" }>): boolean {
  return name === "count" && (options as { include_nulls?: unknown } | undefined)?.include_nulls === true;
}

/** Give another number of rows than they get, whatever the values. */
const fixedHeight: ReadonlySet<string> = new Set(["Append", "Diff.Drop", "GatherEvery", "Random.Sample", "Reshape"]);

/**
 * What decides how many rows an expression gives, other than how many its table has. Nothing, for most of them.
 * @throws Unknown
 */
export function heightUses(expression: Expression): Uses {
  const uses: Uses = new Map();
  const own = ownHeightUses(expression);
  if (own !== undefined) return own;
  const { kind } = expression;
  if (kind === "filter") addAll(uses, usesOf(expression.by), "filter");
  if (kind === "slice") {
    addAll(uses, usesOf(expression.offset), "filter");
    addAll(uses, usesOf(expression.length), "filter");
  }
  for (const part of partsOf(expression)) addAll(uses, heightUses(part), "identity");
  return uses;
}

/** Of those of which it is no matter what decides about their parts. */
function ownHeightUses(expression: Expression): Uses | undefined {
  if (expression.kind === "aggregate" || expression.kind === "over") return new Map();
  if (expression.kind === "explode") return usesOf(expression.input);
  if (expression.kind === "gather") return heightUses(expression.at);
  if (expression.kind !== "function") return undefined;
  const rows = rowsOf(expression.name);
  if (rows === "aggregate") return new Map();
  return rows === "reshape" && !fixedHeight.has(expression.name) ? usesOfFunction(expression) : undefined;
}
