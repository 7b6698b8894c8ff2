import { chosenColumns, groupsOf } from "../columns/groups.ts";
import { joinedColumns } from "../columns/joined.ts";
import { unnested } from "../columns/names.ts";
import { partsOf } from "../columns/parts.ts";
import { heightUses } from "../lineage/uses.ts";
import type { Expression } from "../model/expression.ts";
import type { Join, PlanNode } from "../model/node.ts";
import type { NamedExpression, Typing } from "../model/typing.ts";

type Names = ReadonlySet<string>;

/**
 * What a node needs of each of its inputs, in order, where only these of its columns are wanted: as Polars has it when it
 * has optimised a query.
 * @throws Unknown
 */
export function needsOf(node: PlanNode, wanted: Names, typing: Typing): readonly Names[] {
  switch (node.kind) {
    case "source":
    case "values":
      return [];
    case "select": {
      const named = typing.expand(node.expressions, node.input);
      // How many rows there are may follow from one that is not wanted.
      const heights = named.flatMap(({ expression }) => [...heightUses(expression).keys()]);
      return [all(columnsIn(only(wanted, named)), heights)];
    }
    case "with-columns": {
      const named = typing.expand(node.expressions, node.input);
      const made = new Set(named.map(({ name }) => name));
      return [all(without(wanted, made), columnsIn(only(wanted, named)))];
    }
    case "filter":
      return [all(wanted, columnsIn(typing.expand([node.predicate], node.input)))];
    case "sort":
      return [all(wanted, columnsIn(typing.expand(node.by, node.input)))];
    case "slice":
    case "summary":
      return [wanted];
    case "unique":
      if (node.subset === undefined) return [new Set(typing.columnsOf(node.input))];
      return [all(wanted, columnsIn(typing.expand(node.subset, node.input)))];
    case "group-by": {
      const { keys, window, aggregates } = groupsOf(node, typing);
      const index = node.window === undefined ? [] : [node.window.index];
      // Which columns the window itself adds is not known before.
      return [all(columnsIn(keys), columnsIn(only(without(wanted, new Set(window)), aggregates)), index)];
    }
    case "join":
      return needsOfJoin(node, wanted, typing);
    case "concat":
    case "concat-horizontal":
      return node.inputs.map((input) => new Set(typing.columnsOf(input).filter((name) => wanted.has(name))));
    case "explode":
      return [all(wanted, chosenColumns(node.columns, node.input, typing))];
    case "unpivot":
      return [all(chosenColumns(node.index, node.input, typing), chosenColumns(node.on, node.input, typing))];
    case "rename": {
      const names = new Map(node.names);
      return [new Set(typing.columnsOf(node.input).filter((name) => wanted.has(names.get(name) ?? name)))];
    }
    case "row-index":
      return [without(wanted, new Set([node.name]))];
    case "unnest": {
      const needed = unnested(node, typing).filter(({ name, fields }) => fields !== undefined || wanted.has(name));
      return [new Set(needed.map(({ name }) => name))];
    }
  }
}

function needsOfJoin(node: Join, wanted: Names, typing: Typing): readonly [Names, Names] {
  const joined = joinedColumns(node, typing.columnsOf(node.left), typing.columnsOf(node.right));
  const needed = joined.filter(({ name }) => wanted.has(name));
  const of = (columns: readonly (string | undefined)[]): readonly string[] =>
    columns.filter((name) => name !== undefined);
  return [
    all(of(needed.map(({ left }) => left)), columnsIn(typing.expand(node.leftOn, node.left)), node.asof?.leftBy ?? []),
    all(
      of(needed.map(({ right }) => right)),
      columnsIn(typing.expand(node.rightOn, node.right)),
      node.asof?.rightBy ?? [],
    ),
  ];
}

const all = (...names: readonly Iterable<string>[]): Names => new Set(names.flatMap((each) => [...each]));
const without = (names: Names, others: Names): Names => new Set([...names].filter((name) => !others.has(name)));
const only = (wanted: Names, named: readonly NamedExpression[]): readonly NamedExpression[] =>
  named.filter(({ name }) => wanted.has(name));

function columnsIn(named: readonly NamedExpression[]): Names {
  const columns = new Set<string>();
  const look = (expression: Expression): void => {
    if (expression.kind === "column") columns.add(expression.name);
    for (const part of partsOf(expression)) look(part);
  };
  for (const { expression } of named) look(expression);
  return columns;
}
