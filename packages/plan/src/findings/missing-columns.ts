import type { Finding } from "@glacier/core";
import { bottomUp } from "../columns/bottom-up.ts";
import type { Expression, Selector } from "../model/expression.ts";
import type { PlanNode } from "../model/node.ts";
import type { Typing } from "../model/typing.ts";
import { type MissingColumn, missingColumnHint } from "../polars/missing-column.ts";
import { Unknown } from "../polars/unknown.ts";
import { allIn, placedIn } from "./look.ts";
import { hintForMissingColumn } from "./texts.ts";

/**
 * Every column that a step asks for by name where it is not, first those that come first in the query. Polars itself
 * stops at the first.
 */
export function missingColumns(step: string, plan: PlanNode, typing: Typing): readonly Finding[] {
  const missing = bottomUp(plan).flatMap((node) => missingIn(node, typing).map((each) => missingColumn(step, each)));
  return missing.filter(({ column }, at) => missing.findIndex((other) => other.column === column) === at);
}

interface Missing extends MissingColumn {
  /** That asks for it. */
  readonly expression?: Expression | undefined;
}

export function missingColumn(step: string, missing: Missing): Finding {
  return {
    code: "COLUMN_NOT_FOUND",
    severity: "error",
    message: `Step \`${step}\` asks for a column \`${missing.column}\`, which is not there.`,
    hint: [missingColumnHint(missing), asText(missing)].filter((hint) => hint !== undefined).join(" "),
    step,
    column: missing.column,
  };
}

const asText = ({ column, expression }: Missing): string | undefined =>
  expression === undefined ? undefined : hintForMissingColumn(column, expression);

function missingIn(node: PlanNode, typing: Typing): readonly Missing[] {
  try {
    return askedFor(node).flatMap(({ names, of, expression }) => {
      const columns = typing.columnsOf(of);
      return names.filter((name) => !columns.includes(name)).map((column) => ({ column, columns, expression }));
    });
  } catch (error) {
    if (error instanceof Unknown) return [];
    throw error;
  }
}

interface Asked {
  readonly names: readonly string[];
  readonly of: PlanNode;
  readonly expression?: Expression;
}

/** The names by which a node asks for columns of the nodes that it is made from. */
function askedFor(node: PlanNode): readonly Asked[] {
  const inExpressions = placedIn(node).map(({ expression, over }) => ({
    names: namesIn(expression),
    of: over,
    expression,
  }));
  return [...inExpressions, ...askedBeside(node)];
}

function askedBeside(node: PlanNode): readonly Asked[] {
  switch (node.kind) {
    case "explode":
    case "unnest":
      return [{ names: strictNames(node.columns), of: node.input }];
    case "unpivot":
      return [{ names: [...strictNames(node.on), ...strictNames(node.index)], of: node.input }];
    case "rename":
      return node.strict ? [{ names: node.names.map(([from]) => from), of: node.input }] : [];
    case "group-by":
      return node.window === undefined ? [] : [{ names: [node.window.index], of: node.input }];
    case "join":
      return [
        { names: node.asof?.leftBy ?? [], of: node.left },
        { names: node.asof?.rightBy ?? [], of: node.right },
      ];
    default:
      return [];
  }
}

const namesIn = (expression: Expression): readonly string[] =>
  allIn(expression).flatMap((part) => {
    if (part.kind === "column") return [part.name];
    return part.kind === "columns" ? strictNames(part.selector) : [];
  });

function strictNames(selector: Selector): readonly string[] {
  switch (selector.kind) {
    case "names":
      return selector.strict ? selector.names : [];
    case "union":
    case "difference":
    case "intersection":
    case "xor":
      return [...strictNames(selector.left), ...strictNames(selector.right)];
    default:
      return [];
  }
}
