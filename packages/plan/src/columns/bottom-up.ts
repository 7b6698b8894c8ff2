import { inputsOf, type PlanNode } from "../model/node.ts";
import { Unknown } from "../polars/unknown.ts";

/**
 * The nodes of a plan, each once and after those that it is made from. Plans may be deeper than JavaScript can call, and
 * so nothing that works on nodes calls itself for their inputs.
 * @param isDone these are left out, and what only they are made from
 */
export function bottomUp(plan: PlanNode, isDone: (node: PlanNode) => boolean = () => false): readonly PlanNode[] {
  const nodes: PlanNode[] = [];
  const seen = new Set<PlanNode>();
  const stack: { readonly node: PlanNode; readonly after: boolean }[] = [{ node: plan, after: false }];
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    const { node, after } = top;
    if (after) {
      nodes.push(node);
    } else if (!seen.has(node) && !isDone(node)) {
      seen.add(node);
      stack.push({ node, after: true });
      for (const input of inputsOf(node).toReversed()) stack.push({ node: input, after: false });
    }
  }
  return nodes;
}

/** Expressions are read by functions that call themselves. @throws Unknown where one is too deep for that */
export function notTooDeep<Value>(read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) throw new Unknown("how to read expressions that are nested so deep");
    throw error;
  }
}
