import type { Expression } from "../model/expression.ts";

type Parts = readonly Expression[];

/**
 * The expressions that an expression is made of. The first is the one that gives it its name, and the others come in the
 * order in which Polars looks at them. What is computed over the values of a list is no part.
 */
export function partsOf(expression: Expression): Parts {
  switch (expression.kind) {
    case "column":
    case "columns":
    case "literal":
    case "row-count":
    case "element":
    case "field":
      return [];
    case "binary":
      return [expression.left, expression.right];
    case "when":
      return [expression.then, expression.otherwise, expression.condition];
    case "function":
      return expression.inputs;
    case "over":
      return [expression.input, ...expression.partitionBy, ...expression.orderBy];
    case "sort-by":
      return [expression.input, ...expression.by];
    case "filter":
      return [expression.input, expression.by];
    case "gather":
      return [expression.input, expression.at];
    case "slice":
      return [expression.input, expression.offset, expression.length];
    case "with-fields":
      return [expression.input, ...expression.fields];
    case "alias":
    case "rename":
    case "keep-name":
    case "cast":
    case "aggregate":
    case "sort":
    case "explode":
    case "list-eval":
      return [expression.input];
  }
}

/** The same expression of other parts: as many as it has, or for what takes any number, one or more. */
export function withParts(expression: Expression, parts: Parts): Expression {
  const [first, second, third] = parts;
  if (first === undefined) return expression;
  switch (expression.kind) {
    case "binary":
      return { ...expression, left: first, right: second ?? expression.right };
    case "when":
      return {
        ...expression,
        // oxlint-disable-next-line unicorn/no-thenable -- no promise will be taken for a part of a plan
        then: first,
        otherwise: second ?? expression.otherwise,
        condition: third ?? expression.condition,
      };
    case "function":
      return { ...expression, inputs: parts };
    case "over": {
      const order = 1 + expression.partitionBy.length;
      return { ...expression, input: first, partitionBy: parts.slice(1, order), orderBy: parts.slice(order) };
    }
    case "sort-by":
      return { ...expression, input: first, by: parts.slice(1) };
    case "filter":
      return { ...expression, input: first, by: second ?? expression.by };
    case "gather":
      return { ...expression, input: first, at: second ?? expression.at };
    case "slice":
      return { ...expression, input: first, offset: second ?? expression.offset, length: third ?? expression.length };
    case "with-fields":
      return { ...expression, input: first, fields: parts.slice(1) };
    case "column":
    case "columns":
    case "literal":
    case "row-count":
    case "element":
    case "field":
      return expression;
    case "alias":
    case "rename":
    case "keep-name":
    case "cast":
    case "aggregate":
    case "sort":
    case "explode":
    case "list-eval":
      return { ...expression, input: first };
  }
}
