import type { ColumnType } from "@glacier/plan";

/**
 * Bytes that a value of a type takes in memory, in Arrow's layout (https://arrow.apache.org/docs/format/Columnar.html).
 * Of what has no fixed size, a guess: 16 bytes for texts, 4 values for lists.
 */
export function widthOf(type: ColumnType): number {
  switch (type.kind) {
    case "Null":
      return 0;
    case "Boolean":
      return 1 / 8;
    case "Date":
      return 4;
    case "Time":
    case "Datetime":
    case "Duration":
      return 8;
    case "Decimal":
      return 16;
    case "String":
    case "Binary":
      return 16;
    case "Categorical":
    case "Enum":
      return 4;
    case "List":
      return 8 + 4 * widthOf(type.inner);
    case "Array":
      return type.size * widthOf(type.inner);
    case "Struct":
      return type.fields.reduce((sum, field) => sum + widthOf(field.type), 0);
    default:
      return Number(/\d+$/.exec(type.kind)?.[0]) / 8;
  }
}
