import type { ColumnType, SimpleKind } from "../model/column-type.ts";
import type { BinaryOperator, Expression, Literal } from "../model/expression.ts";

const simple = (kind: SimpleKind): ColumnType => ({ kind });

const comparisons: ReadonlySet<BinaryOperator> = new Set([
  "eq",
  "eq-missing",
  "not-eq",
  "not-eq-missing",
  "lt",
  "lt-eq",
  "gt",
  "gt-eq",
  "logical-and",
  "logical-or",
] as const);

/** The type of an expression where it needs no knowledge of what Polars computes. */
export function knownType(
  expression: Expression,
  typeOfColumn: (name: string) => ColumnType | undefined,
): ColumnType | undefined {
  switch (expression.kind) {
    case "column":
      return typeOfColumn(expression.name);
    case "alias":
    case "rename":
    case "keep-name":
    case "sort":
    case "sort-by":
    case "filter":
      return knownType(expression.input, typeOfColumn);
    case "cast":
      return expression.type;
    case "row-count":
      return simple("UInt32");
    case "binary":
      return comparisons.has(expression.operator) ? simple("Boolean") : undefined;
    case "function": {
      const [struct] = expression.inputs;
      if (expression.name !== "Struct.FieldByName" || struct === undefined) return undefined;
      const type = knownType(struct, typeOfColumn);
      if (type?.kind !== "Struct") return undefined;
      return type.fields.find(({ name }) => name === expression.options)?.type;
    }
    case "literal":
      return typeOfLiteral(expression.value);
    case "columns":
    case "when":
    case "aggregate":
    case "over":
    case "gather":
    case "slice":
    case "explode":
    case "list-eval":
    case "element":
    case "with-fields":
    case "field":
      return undefined;
  }
}

function typeOfLiteral(value: Literal): ColumnType | undefined {
  switch (value.kind) {
    case "null":
      return simple("Null");
    case "boolean":
      return simple("Boolean");
    case "text":
      return simple("String");
    case "integer":
    case "float":
    case "temporal":
      return value.type;
    case "values":
      return value.type;
    // What they are depends on what they meet.
    case "untyped-integer":
    case "untyped-float":
      return undefined;
  }
}
