import { joinedColumns } from "../columns/joined.ts";
import type { Join, PlanNode } from "../model/node.ts";
import type { NamedExpression, Typing } from "../model/typing.ts";
import { allDatasets, influenced, type Inputs, inputsOf, type Origin, type TableLineage, usesOfAll } from "./flow.ts";
import { addAll, type Influenced } from "./influence.ts";

/**
 * Every column is one of the left or of the right table, or in a full join one of both. The keys of both tables decide
 * which rows meet, whatever becomes of them.
 * @throws Unknown
 */
export function joinLineage(node: Join, left: TableLineage, right: TableLineage, typing: Typing): TableLineage {
  const keys = (on: Join["leftOn"], over: PlanNode, by: readonly string[] = []): readonly NamedExpression[] => [
    ...typing.expand(on, over),
    ...by.map((name) => ({ name, expression: { kind: "column", name } as const })),
  ];
  const decided = [
    influenced(left, "join", usesOfAll(keys(node.leftOn, node.left, node.asof?.leftBy))),
    influenced(right, "join", usesOfAll(keys(node.rightOn, node.right, node.asof?.rightBy))),
  ];
  const joined = joinedColumns(node, typing.columnsOf(node.left), typing.columnsOf(node.right));
  const columns = joined.map((column) => {
    const inputs: Inputs[] = [];
    if (column.left !== undefined) inputs.push(inputsOf(column.left, left.columns));
    if (column.right !== undefined) inputs.push(inputsOf(column.right, right.columns));
    return [column.name, union(inputs)] as const;
  });
  return { columns: new Map(columns), dataset: allDatasets(decided) };
}

/** Rows of each table come after those of the one before: a column is as it is in each. */
export function concatLineage(inputs: readonly TableLineage[]): TableLineage {
  const columns = new Map<string, Inputs[]>();
  for (const { columns: more } of inputs) {
    for (const [name, from] of more) {
      const known = columns.get(name);
      if (known === undefined) columns.set(name, [from]);
      else known.push(from);
    }
  }
  return {
    columns: new Map([...columns].map(([name, from]) => [name, union(from)])),
    dataset: allDatasets(inputs),
  };
}

function union(inputs: readonly Inputs[]): Inputs {
  const [only, ...others] = inputs;
  if (only !== undefined && others.length === 0) return only;
  const all: Influenced<Origin> = new Map();
  for (const each of inputs) addAll(all, each, "identity");
  return all;
}
