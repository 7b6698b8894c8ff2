import { chosenColumns, groupsOf } from "../columns/groups.ts";
import { unnested } from "../columns/names.ts";
import type { GroupBy, PlanNode } from "../model/node.ts";
import type { Typing } from "../model/typing.ts";
import {
  changed,
  influenced,
  type Inputs,
  inputsOf,
  made,
  none,
  type Origin,
  type TableLineage,
  usesOfAll,
} from "./flow.ts";
import { addAll, bitOf, type Influenced } from "./influence.ts";

type Of<Kind extends PlanNode["kind"]> = Extract<PlanNode, { readonly kind: Kind }>;

/**
 * A key is in its own column as it is, and decides which rows the others are made of. Whatever else is in an aggregate is
 * made of several values, also where it is a list of them.
 * @throws Unknown
 */
export function groupByLineage(node: GroupBy, input: TableLineage, typing: Typing): TableLineage {
  const { keys, window, aggregates } = groupsOf(node, typing);
  const grouped = influenced(input, "group-by", usesOfAll(keys));
  const aggregated = [...made(aggregates, input.columns)].map(
    ([name, from]) => [name, changed(from, "aggregation")] as const,
  );
  if (node.window === undefined) {
    return { ...grouped, columns: new Map([...made(keys, input.columns), ...aggregated]) };
  }
  const { kind, index } = node.window;
  const from = inputsOf(index, input.columns);
  // Where a dynamic window begins and ends is computed of the index; a rolling one belongs to each row.
  const indexed = kind === "rolling" ? from : changed(from, "transformation");
  return {
    columns: new Map([...made(keys, input.columns), ...window.map((name) => [name, indexed] as const), ...aggregated]),
    dataset: influenced(grouped, "group-by", [new Map([[index, bitOf("identity")]])]).dataset,
  };
}

/**
 * The values of a list get rows of their own, and so its length decides how often the other values of a row are there.
 * @throws Unknown
 */
export function explodeLineage(node: Of<"explode">, input: TableLineage, typing: Typing): TableLineage {
  const exploded = chosenColumns(node.columns, node.input, typing);
  const columns = exploded.map((name) => [name, changed(inputsOf(name, input.columns), "transformation")] as const);
  const lengths = exploded.map((name) => new Map([[name, bitOf("identity")]]));
  return { ...influenced(input, "filter", lengths), columns: new Map([...input.columns, ...columns]) };
}

/**
 * The values of several columns stand in one, as they are. Which column each is from is known without any value.
 * @throws Unknown
 */
export function unpivotLineage(node: Of<"unpivot">, input: TableLineage, typing: Typing): TableLineage {
  const kept = chosenColumns(node.index, node.input, typing);
  const values: Influenced<Origin> = new Map();
  for (const name of chosenColumns(node.on, node.input, typing)) {
    addAll(values, inputsOf(name, input.columns), "identity");
  }
  return {
    ...input,
    columns: new Map<string, Inputs>([
      ...kept.map((name) => [name, inputsOf(name, input.columns)] as const),
      [node.variable, none],
      [node.value, values],
    ]),
  };
}

/** @throws Unknown */
export function unnestLineage(node: Of<"unnest">, input: TableLineage, typing: Typing): TableLineage {
  const columns = unnested(node, typing).flatMap(({ name, fields }) => {
    const from = inputsOf(name, input.columns);
    const field = fields === undefined ? from : changed(from, "transformation");
    return (fields ?? [name]).map((column) => [column, field] as const);
  });
  return { ...input, columns: new Map(columns) };
}
