import type { Influence } from "../model/lineage.ts";
import type { NamedExpression } from "../model/typing.ts";
import { Unknown } from "../polars/unknown.ts";
import { add, addAll, after, afterAll, type Influenced, type Influences } from "./influence.ts";
import { type Uses, usesOf } from "./uses.ts";

/** A column of a source: one object for each. */
export interface Origin {
  readonly source: string;
  readonly column: string;
  /** In the order in which the plan gets to them. */
  readonly at: number;
}

/** What of the sources something comes from. */
export type Inputs = ReadonlyMap<Origin, Influences>;
export type Columns = ReadonlyMap<string, Inputs>;

/** Where a table's columns are from, and what influences all its rows. */
export interface TableLineage {
  readonly columns: Columns;
  readonly dataset: Inputs;
}

export const none: Inputs = new Map();

/** @throws Unknown */
export function inputsOf(column: string, columns: Columns): Inputs {
  const inputs = columns.get(column);
  if (inputs === undefined) throw new Unknown(`the column ${JSON.stringify(column)}`);
  return inputs;
}

/** What is made of a column in this way. */
export function changed(inputs: Inputs, how: Influence): Inputs {
  return new Map([...inputs].map(([origin, influences]) => [origin, after(influences, how)]));
}

/** What expressions make of the columns of a table. */
export function made(named: readonly NamedExpression[], from: Columns): ReadonlyMap<string, Inputs> {
  return new Map(
    named.map(({ name, expression }) => [
      name,
      // Most columns are only passed on.
      expression.kind === "column" ? inputsOf(expression.name, from) : through(usesOf(expression), from),
    ]),
  );
}

function through(uses: Uses, from: Columns): Inputs {
  const inputs: Influenced<Origin> = new Map();
  for (const [column, use] of uses) {
    for (const [origin, influences] of inputsOf(column, from)) add(inputs, origin, afterAll(influences, use));
  }
  return inputs;
}

/** The same table, and what expressions over another one, or itself, decide about all of its rows. */
export function influenced(
  table: TableLineage,
  how: Influence,
  uses: readonly Uses[],
  from: Columns = table.columns,
): TableLineage {
  const dataset = new Map(table.dataset);
  for (const each of uses) addAll(dataset, through(each, from), how);
  return { columns: table.columns, dataset };
}

export const usesOfAll = (named: readonly NamedExpression[]): readonly Uses[] =>
  named.map(({ expression }) => usesOf(expression));

/** What influences the rows of any of these tables. */
export function allDatasets(tables: readonly TableLineage[]): Inputs {
  const dataset: Influenced<Origin> = new Map();
  for (const table of tables) addAll(dataset, table.dataset, "identity");
  return dataset;
}
