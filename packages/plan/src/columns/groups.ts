import type { Expression, Selector } from "../model/expression.ts";
import type { GroupBy, PlanNode } from "../model/node.ts";
import type { NamedExpression, Typing } from "../model/typing.ts";

/** What the columns of a group-by are made by, in order. */
export interface Groups {
  readonly keys: readonly NamedExpression[];
  /** Of a window: where it begins and ends, if that is asked for, and its index. */
  readonly window: readonly string[];
  readonly aggregates: readonly NamedExpression[];
}

/** @throws Unknown */
export function groupsOf(node: GroupBy, typing: Typing): Groups {
  const keys = typing.expand(node.keys, node.input);
  const names = keys.map(({ name }) => name);
  const { window } = node;
  if (window === undefined) return { keys, window: [], aggregates: typing.expand(node.aggregates, node.input, names) };
  const bounds = hasBounds(window.options) ? ["_lower_boundary", "_upper_boundary"] : [];
  return {
    keys,
    window: [...bounds, window.index],
    aggregates: typing.expand(node.aggregates, node.input, [...names, window.index]),
  };
}

const hasBounds = (options: unknown): boolean =>
  (options as { readonly include_boundaries?: unknown } | null | undefined)?.include_boundaries === true;

/** @throws Unknown */
export function chosenColumns(selector: Selector, of: PlanNode, typing: Typing): readonly string[] {
  let expression = expressions.get(selector);
  if (expression === undefined) expressions.set(selector, (expression = { kind: "columns", selector }));
  return typing.expand([expression], of).map(({ name }) => name);
}

/** One for each selector, so that what is known of it is found again. */
const expressions = new WeakMap<Selector, Expression>();
