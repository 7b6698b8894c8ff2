import { type ColumnType, sameType, type TableSchema } from "../model/column-type.ts";
import type { Join, PlanNode } from "../model/node.ts";
import type { NamedExpression, Typing } from "../model/typing.ts";
import { chosenColumns } from "./groups.ts";
import { joinedColumns } from "./joined.ts";
import { knownType } from "./known-type.ts";
import { unnested } from "./names.ts";

type TypeOf = (name: string) => ColumnType | undefined;
type MadeNode = Exclude<PlanNode, { readonly kind: "source" | "values" }>;

/**
 * The columns of a node where their types follow from those of its inputs alone. `undefined`: Polars has to be asked.
 * @throws Unknown
 */
export function schemaWithoutAsking(node: MadeNode, typing: Typing): TableSchema | undefined {
  switch (node.kind) {
    case "filter":
    case "sort":
    case "slice":
    case "unique":
      return typing.schemaOf(node.input);
    case "select":
      return allKnown(ofExpressions(typing.expand(node.expressions, node.input), typesOf(node.input, typing)));
    case "with-columns": {
      const before = typesOf(node.input, typing);
      const made = ofExpressions(typing.expand(node.expressions, node.input), before);
      return columnsOfTypes(node, typing, (name) => (made.has(name) ? made.get(name) : before(name)));
    }
    case "join":
      return schemaOfJoin(node, typing);
    case "concat": {
      const inputs = node.inputs.map((input) => typesOf(input, typing));
      return columnsOfTypes(node, typing, (name) => {
        const types = inputs.map((typeOf) => typeOf(name));
        return oneType(node.diagonal ? types.filter((type) => type !== undefined) : types);
      });
    }
    case "concat-horizontal": {
      const schemas = node.inputs.map((input) => typing.schemaOf(input));
      return schemas.every((schema) => schema !== undefined) ? schemas.flat() : undefined;
    }
    case "explode": {
      const exploded = new Set(chosenColumns(node.columns, node.input, typing));
      const before = typesOf(node.input, typing);
      return columnsOfTypes(node, typing, (name) => (exploded.has(name) ? innerType(before(name)) : before(name)));
    }
    case "unpivot": {
      const before = typesOf(node.input, typing);
      const values = chosenColumns(node.on, node.input, typing).map(before);
      return columnsOfTypes(node, typing, (name) => {
        if (name === node.variable) return { kind: "String" };
        return name === node.value ? oneType(values) : before(name);
      });
    }
    case "rename": {
      const names = new Map(node.names);
      return typing.schemaOf(node.input)?.map(({ name, type }) => ({ name: names.get(name) ?? name, type }));
    }
    case "row-index": {
      const schema = typing.schemaOf(node.input);
      return schema && [{ name: node.name, type: { kind: "UInt32" } }, ...schema];
    }
    case "unnest": {
      const before = typesOf(node.input, typing);
      return unnested(node, typing).flatMap(({ name, fields }) => {
        const type = before(name) as ColumnType;
        if (fields === undefined || type.kind !== "Struct") return [{ name, type }];
        return type.fields.map((field, at) => ({ name: fields[at] ?? field.name, type: field.type }));
      });
    }
    case "group-by":
    case "summary":
      return undefined;
  }
}

function schemaOfJoin(node: Join, typing: Typing): TableSchema | undefined {
  const [left, right] = [typesOf(node.left, typing), typesOf(node.right, typing)];
  const joined = joinedColumns(node, typing.columnsOf(node.left), typing.columnsOf(node.right));
  return allKnown(
    new Map(
      joined.map((column) => {
        const types = [
          ...(column.left === undefined ? [] : [left(column.left)]),
          ...(column.right === undefined ? [] : [right(column.right)]),
        ];
        return [column.name, oneType(types)];
      }),
    ),
  );
}

function typesOf(node: PlanNode, typing: Typing): TypeOf {
  const types = new Map(typing.schemaOf(node)?.map(({ name, type }) => [name, type]));
  return (name) => types.get(name);
}

const ofExpressions = (
  expressions: readonly NamedExpression[],
  typeOf: TypeOf,
): ReadonlyMap<string, ColumnType | undefined> =>
  new Map(expressions.map(({ name, expression }) => [name, knownType(expression, typeOf)]));

const columnsOfTypes = (node: MadeNode, typing: Typing, typeOf: TypeOf): TableSchema | undefined =>
  allKnown(new Map(typing.columnsOf(node).map((name) => [name, typeOf(name)])));

function allKnown(types: ReadonlyMap<string, ColumnType | undefined>): TableSchema | undefined {
  const schema: { name: string; type: ColumnType }[] = [];
  for (const [name, type] of types) {
    if (type === undefined) return undefined;
    schema.push({ name, type });
  }
  return schema;
}

/** The type that all have. */
function oneType(types: readonly (ColumnType | undefined)[]): ColumnType | undefined {
  const [first, ...others] = types;
  if (first === undefined) return undefined;
  return others.every((other) => other !== undefined && sameType(first, other)) ? first : undefined;
}

const innerType = (type: ColumnType | undefined): ColumnType | undefined =>
  type?.kind === "List" || type?.kind === "Array" ? type.inner : undefined;
