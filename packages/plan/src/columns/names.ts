import type { PlanNode } from "../model/node.ts";
import type { Typing } from "../model/typing.ts";
import { Unknown } from "../polars/unknown.ts";
import { chosenColumns, groupsOf } from "./groups.ts";
import { joinedColumns } from "./joined.ts";

type Names = readonly string[];
/** A node that is made from others. */
type MadeNode = Exclude<PlanNode, { readonly kind: "source" | "values" }>;

/**
 * The names of a node's columns, in order: they follow from those of its inputs.
 * @throws Unknown
 */
export function namesOf(node: MadeNode, typing: Typing): Names {
  switch (node.kind) {
    case "select":
      return distinct(named(typing.expand(node.expressions, node.input)));
    case "with-columns": {
      const made = distinct(named(typing.expand(node.expressions, node.input)));
      return [...new Set([...typing.columnsOf(node.input), ...made])];
    }
    case "group-by": {
      const { keys, window, aggregates } = groupsOf(node, typing);
      return distinct([...new Set([...distinct(named(keys)), ...window]), ...named(aggregates)]);
    }
    case "join":
      return named(joinedColumns(node, typing.columnsOf(node.left), typing.columnsOf(node.right)));
    case "concat": {
      const [first = [], ...others] = node.inputs.map((input) => typing.columnsOf(input));
      return node.diagonal ? [...new Set([first, ...others].flat())] : first;
    }
    case "concat-horizontal":
      return distinct(node.inputs.flatMap((input) => typing.columnsOf(input)));
    case "unpivot":
      return distinct([...chosenColumns(node.index, node.input, typing), node.variable, node.value]);
    case "rename": {
      const names = new Map(node.names);
      return distinct(typing.columnsOf(node.input).map((name) => names.get(name) ?? name));
    }
    case "row-index":
      return distinct([node.name, ...typing.columnsOf(node.input)]);
    case "unnest":
      return distinct(unnested(node, typing).flatMap(({ fields, name }) => fields ?? [name]));
    case "filter":
    case "sort":
    case "slice":
    case "unique":
    case "explode":
    case "summary":
      return typing.columnsOf(node.input);
  }
}

/**
 * The columns that go into an `unnest`, and of those that are taken apart the fields.
 * @throws Unknown
 */
export function unnested(
  node: Extract<PlanNode, { kind: "unnest" }>,
  typing: Typing,
): readonly { readonly name: string; readonly fields?: Names }[] {
  const chosen = new Set(chosenColumns(node.columns, node.input, typing));
  const schema = typing.schemaOf(node.input);
  if (schema === undefined) throw new Unknown("the fields of a struct whose type is not known");
  return schema.map(({ name, type }) => {
    if (!chosen.has(name)) return { name };
    if (type.kind !== "Struct") throw new Unknown(`the fields of ${type.kind}`);
    return { name, fields: named(type.fields).map((field) => prefix(name, node.options) + field) };
  });
}

/** Polars puts the name of the struct before those of its fields if it is told what goes between. */
function prefix(struct: string, options: unknown): string {
  const separator = (options as { readonly separator?: unknown } | undefined)?.separator;
  return typeof separator === "string" ? struct + separator : "";
}

const named = (columns: readonly { readonly name: string }[]): Names => columns.map(({ name }) => name);

/** Polars refuses two columns of the same name. */
function distinct(names: Names): Names {
  if (new Set(names).size < names.length) throw new Unknown("a table that has two columns of the same name");
  return names;
}
