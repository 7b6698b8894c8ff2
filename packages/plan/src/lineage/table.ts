import { bottomUp, notTooDeep } from "../columns/bottom-up.ts";
import type { Expression } from "../model/expression.ts";
import type { PlanNode } from "../model/node.ts";
import type { Typing } from "../model/typing.ts";
import { concatLineage, joinLineage } from "./combine.ts";
import { allDatasets, changed, influenced, made, none, type Origin, type TableLineage, usesOfAll } from "./flow.ts";
import { bitOf } from "./influence.ts";
import { explodeLineage, groupByLineage, unnestLineage, unpivotLineage } from "./regroup.ts";
import { heightUses } from "./uses.ts";

/** The sources that the plan has got to, each once. */
type Sources = Map<string, TableLineage>;
type Of = (node: PlanNode) => TableLineage;

/**
 * The lineage of a plan's result. What has decided about the rows of a table decides about those of all that is made of it.
 * @throws Unknown
 */
export function tableLineage(plan: PlanNode, typing: Typing): TableLineage {
  const sources: Sources = new Map();
  const done = new Map<PlanNode, TableLineage>();
  const of: Of = (node) => done.get(node) as TableLineage;
  for (const node of bottomUp(plan))
    done.set(
      node,
      notTooDeep(() => nodeLineage(node, of, typing, sources)),
    );
  return of(plan);
}

function nodeLineage(node: PlanNode, of: Of, typing: Typing, sources: Sources): TableLineage {
  switch (node.kind) {
    case "source":
      return sourceLineage(node.name, typing.columnsOf(node), sources);
    case "values":
      return { columns: new Map(node.schema.map(({ name }) => [name, none])), dataset: none };
    case "select": {
      const input = of(node.input);
      const named = typing.expand(node.expressions, node.input);
      // One that gives more or fewer rows than it gets gives as many to the whole table.
      const heights = named.map(({ expression }) => heightUses(expression));
      return { ...influenced(input, "filter", heights), columns: made(named, input.columns) };
    }
    case "with-columns": {
      const input = of(node.input);
      const changes = made(typing.expand(node.expressions, node.input), input.columns);
      return { ...input, columns: new Map([...input.columns, ...changes]) };
    }
    case "filter":
      return influenced(of(node.input), "filter", usesOfAll(typing.expand([node.predicate], node.input)));
    case "sort":
      return influenced(of(node.input), "sort", usesOfAll(typing.expand(node.by, node.input)));
    case "unique":
      // One row of each group is kept, as by DISTINCT in SQL.
      return influenced(of(node.input), "group-by", usesOfAll(typing.expand(node.subset ?? everything, node.input)));
    case "slice":
      return of(node.input);
    case "group-by":
      return groupByLineage(node, of(node.input), typing);
    case "join":
      return joinLineage(node, of(node.left), of(node.right), typing);
    case "concat":
      return concatLineage(node.inputs.map(of));
    case "concat-horizontal": {
      const inputs = node.inputs.map(of);
      return { columns: new Map(inputs.flatMap(({ columns }) => [...columns])), dataset: allDatasets(inputs) };
    }
    case "explode":
      return explodeLineage(node, of(node.input), typing);
    case "unpivot":
      return unpivotLineage(node, of(node.input), typing);
    case "unnest":
      return unnestLineage(node, of(node.input), typing);
    case "rename": {
      const input = of(node.input);
      const names = new Map(node.names);
      return { ...input, columns: new Map([...input.columns].map(([name, from]) => [names.get(name) ?? name, from])) };
    }
    case "row-index": {
      const input = of(node.input);
      return { ...input, columns: new Map([[node.name, none], ...input.columns]) };
    }
    case "summary": {
      const input = of(node.input);
      const columns = [...input.columns].map(([name, from]) => [name, changed(from, "aggregation")] as const);
      return { ...input, columns: new Map(columns) };
    }
  }
}

const everything: readonly Expression[] = [{ kind: "columns", selector: { kind: "all" } }];

function sourceLineage(source: string, names: readonly string[], sources: Sources): TableLineage {
  let known = sources.get(source);
  if (known === undefined) {
    let at = [...sources.values()].reduce((count, { columns }) => count + columns.size, 0);
    const columns = names.map((column) => {
      const origin: Origin = { source, column, at: at++ };
      return [column, new Map([[origin, bitOf("identity")]])] as const;
    });
    known = { columns: new Map(columns), dataset: none };
    sources.set(source, known);
  }
  return known;
}
