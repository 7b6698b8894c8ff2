import type { BinaryOperator, Expression } from "../model/expression.ts";
import type { PlanNode } from "../model/node.ts";

/**
 * One way to write what can be written in several: two plans of which Polars' own rules say that they are the same have
 * one normal form. What is not known to be the same stays as it is.
 *
 * - What is selected, added or aggregated: a column under its own name is the column, `col("a").alias("a")`, and of two
 *   aliases the outer one counts. In keys of groups and joins neither is so.
 * - The names of one `rename` are changed at the same time, so their order does not matter.
 * - Filters in a row are one filter with conditions joined by `and`, where each condition looks at one row alone.
 *
 * Of values in memory only their type and hash are kept.
 */
export function inNormalForm(object: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const part = object as unknown as Expression | PlanNode;
  switch (part.kind) {
    case "select":
    case "with-columns":
      return "expressions" in part ? { ...part, expressions: part.expressions.map(withoutAlias) } : part;
    case "group-by":
      return { ...part, aggregates: part.aggregates.map(withoutAlias) };
    case "literal": {
      const { value } = part;
      return value.kind === "values" ? { kind: "literal", value: { ...value, polars: undefined } } : object;
    }
    case "rename":
      return "names" in part
        ? { ...part, names: part.names.toSorted(([one], [other]) => (one < other ? -1 : 1)) }
        : part;
    case "filter":
      return "predicate" in part ? filters(part) : part;
    default:
      return object;
  }
}

function withoutAlias(alias: Expression): Expression {
  if (alias.kind !== "alias") return alias;
  let { input } = alias;
  while (input.kind === "alias") input = input.input;
  return input.kind === "column" && input.name === alias.name ? input : { ...alias, input };
}

/** The conditions in the order in which they are applied. */
function filters(outermost: PlanNode & { readonly kind: "filter" }): Readonly<Record<string, unknown>> {
  const predicates: Expression[] = [];
  let node: PlanNode = outermost;
  while (node.kind === "filter") {
    predicates.push(...conditionsOf(node.predicate).toReversed());
    node = node.input;
  }
  return { kind: "filter", input: node, predicates: predicates.toReversed() };
}

/** A condition that looks at single rows says the same of the rows that another one has left as of all. */
function conditionsOf(predicate: Expression): readonly Expression[] {
  const conditions = spread(predicate);
  return conditions.every(looksAtOneRow) ? conditions : [predicate];
}

/** Both sides of every `and`, in order. */
function spread(expression: Expression): readonly Expression[] {
  const conditions: Expression[] = [];
  const open: Expression[] = [expression];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.kind === "binary" && next.operator === "and") open.push(next.right, next.left);
    else conditions.push(next);
  }
  return conditions;
}

const comparisons: ReadonlySet<BinaryOperator> = new Set<BinaryOperator>([
  "eq",
  "eq-missing",
  "not-eq",
  "not-eq-missing",
  "lt",
  "lt-eq",
  "gt",
  "gt-eq",
]);

/** Whether it is a Boolean of single rows and nothing else: `and` of numbers is one of bits. */
function looksAtOneRow(expression: Expression): boolean {
  if (expression.kind === "function") {
    const [input] = expression.inputs;
    return /^Boolean\.Is(?:Not)?(?:Null|Nan)$/.test(expression.name) && input?.kind === "column";
  }
  if (expression.kind !== "binary") return false;
  const { left, operator, right } = expression;
  if (operator === "and" || operator === "or") return looksAtOneRow(left) && looksAtOneRow(right);
  const sides = [left, right];
  return (
    comparisons.has(operator) &&
    sides.some(({ kind }) => kind === "column") &&
    sides.every((side) => side.kind === "column" || (side.kind === "literal" && side.value.kind !== "values"))
  );
}
