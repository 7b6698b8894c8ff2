import type { Finding } from "@glacier/core";
import { type ColumnType, isNumeric, isTemporal, type TableSchema, typeText } from "../model/column-type.ts";
import { allIn, found, type Looked, named, placedIn, type Rule } from "./look.ts";

/** TYPES_MIXED: where numbers, booleans or dates and texts become one column, of texts. */
export const mixedTypes: Rule = (node, looked) => {
  if (node.kind === "concat") {
    const [first = [], ...others] = node.inputs.map((input) => looked.typing.schemaOf(input) ?? []);
    return first.flatMap((column) => concatenated(column, others, looked));
  }
  return placedIn(node).flatMap(({ expression, over }) =>
    allIn(expression).flatMap((part): readonly Finding[] => {
      if (part.kind !== "when") return [];
      const types = [part.then, part.otherwise].map((each) =>
        each.kind === "literal" && each.value.kind === "float" ? each.value.type : looked.typing.typeOf(each, over),
      );
      const other = besideText(types);
      if (other === undefined) return [];
      const what = `chooses between a text and a value of type ${typeText(other)}, which makes texts of both.`;
      return [found(looked, "TYPES_MIXED", what, "Give both the same type, or `pl.lit(null)` for no value.")];
    }),
  );
};

function concatenated(
  { name, type }: TableSchema[number],
  others: readonly TableSchema[],
  looked: Looked,
): readonly Finding[] {
  const types = others.map((schema) => schema.find((column) => column.name === name)?.type);
  const other = besideText([type, ...types]);
  if (other === undefined) return [];
  const what = `puts tables under each other in which ${named(name)} is String and ${typeText(other)}, which makes texts of all.`;
  return [found(looked, "TYPES_MIXED", what, "Cast the column to the same type in each table first.", [name])];
}

/** Of types, one of which is a text: another that becomes a text with it. */
function besideText(types: readonly (ColumnType | undefined)[]): ColumnType | undefined {
  if (!types.some((type) => type?.kind === "String")) return undefined;
  return types.find((type) => type !== undefined && (isNumeric(type) || isTemporal(type) || type.kind === "Boolean"));
}
