import type { Finding } from "@glacier/core";
import { type ColumnType, typeText } from "../model/column-type.ts";
import type { Expression } from "../model/expression.ts";
import { allIn, found, type Looked, named, type Placed, placedIn, type Rule } from "./look.ts";

const mean = /^(?:String|Binary|Categorical|Enum|List|Array)$/;
const spread = /^(?:String|Binary|Categorical|Enum|List|Array|Date|Datetime|Time)$/;

/**
 * Figures that are null for these types, whatever the values. Polars refuses them over a whole table, and not over groups
 * and windows. Tried for each figure and type.
 */
const figures: Readonly<Record<string, RegExp>> = {
  mean,
  median: mean,
  quantile: /^(?:Boolean|String|Binary|Categorical|Enum|List|Array)$/,
  std: spread,
  var: spread,
  sum: /^(?:Date|Datetime|Time|Categorical|Enum)$/,
  min: /^(?:List|Array)$/,
  max: /^(?:List|Array)$/,
};

/** TYPE_MISMATCH: the mean of a text, over groups or a window. What `pl.all()` brings along is let by. */
export const emptyFigures: Rule = (node, looked) =>
  placedIn(node).flatMap((placed) => {
    const inGroups = placed.groups === undefined ? [] : allIn(placed.expression);
    const inWindows = allIn(placed.expression).flatMap((part) => (part.kind === "over" ? allIn(part.input) : []));
    return [...new Set([...inGroups, ...inWindows])].flatMap((part) => emptyFigure(part, placed, looked));
  });

function emptyFigure(part: Expression, { over }: Placed, looked: Looked): readonly Finding[] {
  const figure = figureOf(part);
  const types = figure === undefined ? undefined : figures[figure.name];
  if (figure === undefined || types === undefined) return [];
  if (allIn(figure.input).some(({ kind }) => kind === "columns" || kind === "element")) return [];
  const type = looked.typing.typeOf(figure.input, over);
  if (type === undefined || !types.test(type.kind)) return [];
  const column = figure.input.kind === "column" ? figure.input.name : undefined;
  const what = column === undefined ? "something" : named(column);
  return [
    found(
      looked,
      "TYPE_MISMATCH",
      `takes the ${figure.name} of ${what}, which is ${typeText(type)}: that is null for every row.`,
      hintFor(type),
      column === undefined ? [] : [column],
    ),
  ];
}

function figureOf(part: Expression): { readonly name: string; readonly input: Expression } | undefined {
  if (part.kind === "aggregate") return part;
  const [input] = part.kind === "function" && part.name === "Quantile" ? part.inputs : [];
  return input === undefined ? undefined : { name: "quantile", input };
}

function hintFor({ kind }: ColumnType): string {
  if (kind === "List" || kind === "Array") return "The methods of `lst` take figures of each list: `lst.mean()`.";
  return kind === "String"
    ? "Cast it to a number first: `.cast(pl.Float64)`."
    : "Take a figure of a column of numbers.";
}
