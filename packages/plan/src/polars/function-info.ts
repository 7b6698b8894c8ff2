import type { Shape } from "./shape.ts";

/**
 * How the rows that a function gives follow from those of its inputs:
 * `elementwise`, row by row; `aggregate`, one value of many; `rows`, as many rows, of which each may depend on others;
 * `reshape`, another number of rows.
 */
export type RowRelation = "elementwise" | "aggregate" | "rows" | "reshape";

export interface FunctionInfo {
  readonly rows: RowRelation;
  /** How what it is given beside its inputs looks in Polars' JSON; nothing is given, if there is no shape. */
  readonly options: Shape<unknown> | undefined;
}

export type Functions = Readonly<Record<string, FunctionInfo>>;

export const elementwise = (options?: Shape<unknown>): FunctionInfo => ({ rows: "elementwise", options });
export const aggregate = (options?: Shape<unknown>): FunctionInfo => ({ rows: "aggregate", options });
export const rows = (options?: Shape<unknown>): FunctionInfo => ({ rows: "rows", options });
export const reshape = (options?: Shape<unknown>): FunctionInfo => ({ rows: "reshape", options });

/** The same functions with the name of their group before theirs. */
export function group(name: string, functions: Functions): Functions {
  return Object.fromEntries(Object.entries(functions).map(([own, info]) => [`${name}.${own}`, info]));
}
