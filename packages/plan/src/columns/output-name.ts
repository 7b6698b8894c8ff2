import type { Expression, Literal, NameChange } from "../model/expression.ts";
import { Unknown } from "../polars/unknown.ts";
import { nameOfFunction } from "./functions.ts";
import { partsOf } from "./parts.ts";

/** The name of a series that stands in a plan: it is in Polars' own form of it. @throws Unknown */
export type NameOfSeries = (literal: Expression) => string;

const noName: NameOfSeries = () => {
  throw new Unknown("the name of a series");
};

/**
 * The name of the column that an expression without selectors gives: mostly that of its first part.
 * @throws Unknown
 */
export function outputName(expression: Expression, nameOfSeries: NameOfSeries = noName): string {
  switch (expression.kind) {
    case "column":
    case "alias":
    case "field":
      return expression.name;
    case "literal":
      return isSeries(expression.value) ? nameOfSeries(expression) : "literal";
    case "row-count":
      return "len";
    case "element":
      return "";
    case "rename":
      return changed(outputName(expression.input, nameOfSeries), expression.change);
    case "keep-name":
      return firstColumn(expression.input) ?? unknownName(expression);
    case "function":
      return nameOfFunction(expression) ?? nameOfFirst(expression, nameOfSeries);
    case "columns":
    case "binary":
    case "cast":
    case "when":
    case "aggregate":
    case "over":
    case "sort":
    case "sort-by":
    case "filter":
    case "gather":
    case "slice":
    case "explode":
    case "list-eval":
    case "with-fields":
      return nameOfFirst(expression, nameOfSeries);
  }
}

function nameOfFirst(expression: Expression, nameOfSeries: NameOfSeries): string {
  const [first] = partsOf(expression);
  return first === undefined ? unknownName(expression) : outputName(first, nameOfSeries);
}

function unknownName({ kind }: Expression): never {
  throw new Unknown(`the name of the column that \`${kind}\` gives`);
}

/** Several values that are written as a series have the name of that, unlike those that are written as a list. */
const isSeries = (value: Literal): boolean =>
  value.kind === "values" && typeof value.polars === "object" && value.polars !== null && "Series" in value.polars;

function changed(name: string, change: NameChange): string {
  switch (change.kind) {
    case "prefix":
      return change.text + name;
    case "suffix":
      return name + change.text;
    case "upper":
      return name.toUpperCase();
    case "lower":
      return name.toLowerCase();
    case "other":
      throw new Unknown(`how names are changed by ${JSON.stringify(change.polars)}`);
  }
}

function firstColumn(expression: Expression): string | undefined {
  if (expression.kind === "column") return expression.name;
  for (const part of partsOf(expression)) {
    const name = firstColumn(part);
    if (name !== undefined) return name;
  }
  return undefined;
}
