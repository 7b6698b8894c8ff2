import type { Expression } from "../model/expression.ts";

/** Functions over all columns that a selector chooses at once; any other is called for each of them. */
const overAll: ReadonlySet<string> = new Set([
  "Array.Concat",
  "AsStruct",
  "Boolean.AllHorizontal",
  "Boolean.AnyHorizontal",
  "Coalesce",
  "List.Concat",
  "MaxHorizontal",
  "MeanHorizontal",
  "MinHorizontal",
  "String.ConcatHorizontal",
  "SumHorizontal",
]);

export const takesAllColumns = (name: string): boolean => overAll.has(name);

/** The name of what a function gives where it is not that of its first input. */
export function nameOfFunction({
  name,
  inputs,
  options,
}: Extract<Expression, { kind: "function" }>): string | undefined {
  if (name === "Struct.FieldByName" && typeof options === "string") return options;
  if (inputs.length > 0) return undefined;
  return { "Boolean.AllHorizontal": "all_horizontal", "Boolean.AnyHorizontal": "any_horizontal" }[name];
}

/** Whether it stands for a column for each of several fields of a struct. */
export const choosesFields = (expression: Expression): boolean =>
  expression.kind === "function" && expression.name === "Struct.SelectFields";

export const fieldOf = (struct: Expression, field: string): Expression => ({
  kind: "function",
  name: "Struct.FieldByName",
  inputs: [struct],
  options: field,
});
