import type { PlanNode } from "../model/node.ts";
import { found, type Rule } from "./look.ts";

/** ROWS_ARE_ARBITRARY: what is cut off from a table that was told not to keep its order. */
export const arbitraryRows: Rule = (node, looked) => {
  if (node.kind !== "slice") return [];
  const made = madeBy(node.input);
  const what = made.kind === "group-by" ? "groups" : made.kind === "unique" ? "different rows" : undefined;
  if (what === undefined || ("stable" in made && made.stable)) return [];
  return [
    found(
      looked,
      "ROWS_ARE_ARBITRARY",
      `takes some of the ${what} that come in no order: each run may take others.`,
      `Sort before, or let the ${what} keep their order.`,
    ),
  ];
};

/** The node that decides about the order of rows. */
function madeBy(node: PlanNode): PlanNode {
  let made = node;
  while (["select", "with-columns", "filter", "rename", "row-index", "unnest"].includes(made.kind)) {
    made = (made as PlanNode & { readonly kind: "select" }).input;
  }
  return made;
}
