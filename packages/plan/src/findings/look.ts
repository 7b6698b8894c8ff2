import type { Finding, FormatName } from "@glacier/core";
import { partsOf } from "../columns/parts.ts";
import type { Expression } from "../model/expression.ts";
import { type GroupBy, inputsOf, type PlanNode } from "../model/node.ts";
import type { NamedExpression, Typing } from "../model/typing.ts";
import { type FindingCode, findingSeverities } from "./codes.ts";

/** What of a step's buckets is looked at. */
export interface Endpoints {
  readonly sources: Readonly<Record<string, { readonly format: FormatName }>>;
  readonly target: {
    readonly format: FormatName;
    readonly scanOptions: Readonly<Record<string, unknown>>;
    /** Whether its columns are declared. */
    readonly schema?: object | undefined;
  };
}

/** A step that is looked at. */
export interface Looked {
  /** Its name. */
  readonly step: string;
  readonly plan: PlanNode;
  readonly typing: Typing;
  readonly endpoints: Endpoints;
}

/** What one rule finds in one node of the plan. Types are asked for only where something is suspicious. */
export type Rule = (node: PlanNode, looked: Looked) => readonly Finding[];

export function found(
  { step }: Pick<Looked, "step">,
  code: FindingCode,
  message: string,
  hint: string,
  columns: readonly string[] = [],
): Finding {
  const [column, ...others] = columns;
  const about = column === undefined || others.length > 0 ? {} : { column };
  return { code, severity: findingSeverities[code], message: `Step \`${step}\` ${message}`, hint, step, ...about };
}

/** An expression where it stands in a plan. */
export interface Placed {
  readonly expression: Expression;
  /** The table that it is over. */
  readonly over: PlanNode;
  /** Whether what it gives is a column of the node's result. */
  readonly isColumn: boolean;
  /** The group-by of which it is an aggregate. */
  readonly groups?: GroupBy;
}

/** The expressions of a node. */
export function placedIn(node: PlanNode): readonly Placed[] {
  const place = (expressions: readonly Expression[], over: PlanNode, isColumn: boolean): readonly Placed[] =>
    expressions.map((expression) => ({ expression, over, isColumn }));
  switch (node.kind) {
    case "select":
    case "with-columns":
      return place(node.expressions, node.input, true);
    case "group-by":
      return [
        ...place(node.keys, node.input, true),
        ...place(node.aggregates, node.input, true).map((placed) => ({ ...placed, groups: node })),
      ];
    case "filter":
      return place([node.predicate], node.input, false);
    case "sort":
      return place(node.by, node.input, false);
    case "unique":
      return place(node.subset ?? [], node.input, false);
    case "join":
      return [...place(node.leftOn, node.left, false), ...place(node.rightOn, node.right, false)];
    default:
      return [];
  }
}

/** One expression for each column that it gives, with that column's name. @throws Unknown */
export function expanded({ expression, over, groups }: Placed, { typing }: Looked): readonly NamedExpression[] {
  // In an aggregate, `pl.all()` leaves out the keys.
  const keys = groups === undefined ? [] : typing.expand(groups.keys, over).map(({ name }) => name);
  return typing.expand([expression], over, keys);
}

/** All nodes, each once, those that come first in the query first. */
export function nodesOf(plan: PlanNode): readonly PlanNode[] {
  const seen = new Set<PlanNode>();
  const open: PlanNode[] = [plan];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    open.push(...inputsOf(node));
  }
  return [...seen].toReversed();
}

/** An expression and everything in it. */
export function allIn(expression: Expression): readonly Expression[] {
  const all: Expression[] = [];
  const open: Expression[] = [expression];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    all.push(next);
    if (next.kind === "list-eval") open.push(next.each);
    open.push(...partsOf(next).toReversed());
  }
  return all;
}

/** Names in back quotes; of many only the first ones. */
export function listed(names: readonly string[]): string {
  const shown = names.length > 5 ? names.slice(0, 4) : names;
  const last = shown.length < names.length ? `${names.length - shown.length} more` : undefined;
  const parts = [...shown, ...(last === undefined ? [] : [last])];
  return parts.length === 1 ? `${parts[0]}` : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}

export const named = (name: string): string => `\`${name}\``;
