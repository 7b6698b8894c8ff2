import type { LazyFrame } from "@glacier/core";
import { bottomUp } from "../columns/bottom-up.ts";
import { allIn, placedIn } from "../findings/look.ts";
import type { Expression } from "../model/expression.ts";
import { inputsOf, type PlanNode } from "../model/node.ts";
import type { Leaf } from "../polars/leaf.ts";

/** Of frames that a task has in memory, all together. */
const mostBytes = 4 * 2 ** 20;
/** Of what a plan makes out of nothing. */
const mostRows = 1_000_000;

/**
 * Whether a plan may be much work although its sources are empty: it holds large frames, multiplies frames, or makes
 * many rows out of nothing.
 */
export function isCostly(result: LazyFrame, plan: PlanNode, leaves: readonly Leaf[]): boolean {
  const ofLeaves = leaves.reduce((bytes, leaf) => bytes + leaf.bytes.length, 0);
  if (result.serialize("bincode").length - ofLeaves > mostBytes) return true;
  const nodes = bottomUp(plan);
  const fromSources = new Set<PlanNode>();
  for (const node of nodes) {
    if (node.kind === "source" || inputsOf(node).some((input) => fromSources.has(input))) fromSources.add(node);
  }
  return nodes.some(
    (node) => makesManyRows(node) || (node.kind === "join" && node.how === "cross" && !fromSources.has(node)),
  );
}

/** Whether a node makes many values out of nothing: `pl.intRange(0, 1e9)`. */
export const makesManyRows = (node: PlanNode): boolean =>
  placedIn(node).some(({ expression }) => allIn(expression).some(makesMany));

const makesMany = (expression: Expression): boolean =>
  expression.kind === "function" &&
  /^Range\.|RepeatBy|Repeat|ExtendConstant/.test(expression.name) &&
  expression.inputs.some((input) => allIn(input).some(isMany));

const isMany = (expression: Expression): boolean =>
  expression.kind === "literal" && "value" in expression.value && Number(expression.value.value) > mostRows;
