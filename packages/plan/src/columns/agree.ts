import type { PlanNode } from "../model/node.ts";
import type { Typing } from "../model/typing.ts";

/**
 * Whether a plan gives the columns of these names, in this order: what Polars says of the same query. Where it does not,
 * nothing else that is read from the plan can be trusted.
 * @throws Unknown
 */
export function columnsAgree(typing: Typing, plan: PlanNode, names: readonly string[]): boolean {
  const columns = typing.columnsOf(plan);
  return columns.length === names.length && columns.every((name, index) => name === names[index]);
}
