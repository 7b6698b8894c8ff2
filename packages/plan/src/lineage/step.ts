import type { LineageInput, StepLineage } from "../model/lineage.ts";
import type { PlanNode } from "../model/node.ts";
import type { Typing } from "../model/typing.ts";
import type { Inputs } from "./flow.ts";
import { influencesOf } from "./influence.ts";
import { tableLineage } from "./table.ts";

/**
 * Where all columns of a plan's result come from. It is complete: a column of a source that is not named for a column of
 * the result, nor for the dataset, can have any values without changing it. What is said of single cases, after
 * OpenLineage's own reader of plans:
 *
 * - A group's key is as it is in its own column, and `group-by` for the dataset. Columns that rows must differ in to be kept
 *   (`unique`) are `group-by` too.
 * - A join's keys are `join` for the dataset; in its own column, a key is that of the table it is taken from, in a full
 *   join of both. Of semi and anti joins the right table is nothing but keys.
 * - Of `when`, the values are as they are in the branches, and the condition is `conditional`; `fillNull` and `coalesce`
 *   are the same, with what may be null for a condition.
 * - A column of tables below each other (`concat`, `unpivot`) is as it is in each.
 * - The number of rows is no column's value: `len` and a row's index have no inputs of their own. The number of values in
 *   a column is `aggregation`, since nulls are not counted.
 * - Whatever decides how many rows there are and is none of that is `filter`: a list that is exploded, too.
 * @throws Unknown
 */
export function stepLineage(plan: PlanNode, typing: Typing): StepLineage {
  const { columns, dataset } = tableLineage(plan, typing);
  return {
    columns: [...columns].map(([column, inputs]) => ({ column, inputs: listed(inputs) })),
    dataset: listed(dataset),
  };
}

/** In the order of the sources in the plan, and of their columns. */
function listed(inputs: Inputs): readonly LineageInput[] {
  return [...inputs]
    .toSorted(([one], [other]) => one.at - other.at)
    .flatMap(([{ source, column }, influences]) =>
      influencesOf(influences).map((influence) => ({ source, column, influence })),
    );
}
