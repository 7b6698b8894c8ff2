import type { Finding } from "@glacier/core";
import type { Expression, Selector } from "../model/expression.ts";
import type { Join, PlanNode } from "../model/node.ts";
import { isNull } from "./numbers.ts";
import { allIn, found, listed, type Looked, named, nodesOf, placedIn, type Rule } from "./look.ts";

/** JOIN_WITHOUT_KEYS and JOIN_COLUMN_SUFFIXED. */
export const joins: Rule = (node, looked) => {
  if (node.kind !== "join") return [];
  // nodejs-polars takes keys that are not given for null.
  if (node.how !== "cross" && node.how !== "asof" && node.leftOn.every(isNull)) {
    const hint = 'Name the columns, `{ on: "id" }`. If every row is to meet every other, write `{ how: "cross" }`.';
    return [
      found(
        looked,
        "JOIN_WITHOUT_KEYS",
        `joins two tables without saying by which columns, which gives no rows.`,
        hint,
      ),
    ];
  }
  return suffixed(node, looked);
};

/** The suffixes that nodejs-polars gives where none is asked for. Who gives another one knows of it. */
const byDefault = (join: Join): boolean => join.suffix === (join.how === "asof" ? "_right" : "right");

function suffixed(join: Join, looked: Looked): readonly Finding[] {
  if (!byDefault(join) || join.how === "semi" || join.how === "anti") return [];
  const left = new Set(looked.typing.columnsOf(join.left));
  const right = looked.typing.columnsOf(join.right).filter((name) => left.has(name));
  if (right.length === 0) return [];
  const joined = new Set(looked.typing.columnsOf(join));
  const renamed = right.filter((name) => joined.has(name + join.suffix));
  if (renamed.length === 0) return [];
  // A name that the plan speaks of, or that does not get into the result, surprises nobody.
  const result = new Set(looked.typing.columnsOf(looked.plan));
  const mentioned = namesIn(looked.plan, join);
  const surprising = renamed.filter((name) => result.has(name + join.suffix) && !mentioned.has(name + join.suffix));
  if (surprising.length === 0) return [];
  const after = surprising.map((name) => name + join.suffix);
  return [
    found(
      looked,
      "JOIN_COLUMN_SUFFIXED",
      `joins two tables that both have ${listed(surprising.map(named))}: in the result, ${surprising.length === 1 ? "that" : "those"} of the right table ${surprising.length === 1 ? "is" : "are"} called ${listed(after.map(named))}.`,
      "Give a `suffix`, or rename or leave out columns of the right table before the join.",
      after,
    ),
  ];
}

/** All names of columns that the plan speaks of, outside of what is joined. */
function namesIn(plan: PlanNode, join: Join): ReadonlySet<string> {
  const before = new Set(nodesOf(join));
  const names = new Set<string>();
  const addSelector = (selector: Selector): void => {
    if (selector.kind === "names") for (const name of selector.names) names.add(name);
    else if ("left" in selector) {
      addSelector(selector.left);
      addSelector(selector.right);
    }
  };
  const add = (part: Expression): void => {
    if (part.kind === "column") names.add(part.name);
    else if (part.kind === "columns") addSelector(part.selector);
  };
  for (const node of nodesOf(plan)) {
    if (before.has(node)) continue;
    for (const { expression } of placedIn(node)) for (const part of allIn(expression)) add(part);
    if (node.kind === "rename") for (const [from] of node.names) names.add(from);
    if (node.kind === "explode" || node.kind === "unnest") addSelector(node.columns);
    if (node.kind === "unpivot") for (const selector of [node.on, node.index]) addSelector(selector);
  }
  return names;
}
