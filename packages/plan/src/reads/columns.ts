import { bottomUp, notTooDeep } from "../columns/bottom-up.ts";
import type { TableSchema } from "../model/column-type.ts";
import { inputsOf, type PlanNode } from "../model/node.ts";
import type { SourceRead } from "../model/trace.ts";
import type { Typing } from "../model/typing.ts";
import { needsOf } from "./needs.ts";

/**
 * The columns that a plan needs of each source, by its name: those that Polars reads of a format that lets it choose. A
 * source that the plan does not use, or only for the number of its rows, has none.
 * @throws Unknown
 */
export function columnsRead(
  plan: PlanNode,
  typing: Typing,
  sources: ReadonlyMap<string, TableSchema>,
): Readonly<Record<string, SourceRead>> {
  const wanted = new Map<PlanNode, Set<string>>([[plan, new Set(typing.columnsOf(plan))]]);
  const read = new Map<string, Set<string>>();
  // Every node after those that are made from it.
  for (const node of bottomUp(plan).toReversed()) {
    const names = wanted.get(node) ?? new Set();
    if (node.kind === "source") addTo(read, node.name, names);
    const needs = notTooDeep(() => needsOf(node, names, typing));
    for (const [index, input] of inputsOf(node).entries()) addTo(wanted, input, needs[index] ?? []);
  }
  return Object.fromEntries(
    [...sources].map(([source, schema]) => {
      const columns = schema.map(({ name }) => name).filter((name) => read.get(source)?.has(name) === true);
      return [source, { columns, of: schema.length }];
    }),
  );
}

function addTo<Key>(sets: Map<Key, Set<string>>, key: Key, names: Iterable<string>): void {
  const set = sets.get(key);
  if (set === undefined) sets.set(key, new Set(names));
  else for (const name of names) set.add(name);
}
