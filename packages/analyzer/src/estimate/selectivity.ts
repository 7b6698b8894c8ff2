import type { Expression } from "@glacier/plan";

/**
 * Which share of rows a condition lets through, where nothing is known of the values. The figures are those of System R
 * (Selinger et al., "Access Path Selection in a Relational Database Management System", 1979, table 1), which databases
 * still fall back on.
 */
export function selectivityOf(condition: Expression): number {
  switch (condition.kind) {
    case "binary": {
      const { operator, left, right } = condition;
      switch (operator) {
        case "eq":
        case "eq-missing":
          return 1 / 10;
        case "not-eq":
        case "not-eq-missing":
          return 9 / 10;
        case "and":
        case "logical-and":
          return selectivityOf(left) * selectivityOf(right);
        case "or":
        case "logical-or": {
          const [one, other] = [selectivityOf(left), selectivityOf(right)];
          return one + other - one * other;
        }
        default:
          return 1 / 3;
      }
    }
    case "function":
      return ofFunction(condition.name, condition.inputs);
    case "literal":
      return condition.value.kind === "boolean" && condition.value.value ? 1 : 0;
    case "alias":
      return selectivityOf(condition.input);
    default:
      return 1 / 3;
  }
}

function ofFunction(name: string, inputs: readonly Expression[]): number {
  switch (name) {
    case "Boolean.Not":
      return 1 - selectivityOf(inputs[0] as Expression);
    case "Boolean.IsBetween":
      return 1 / 4;
    case "Boolean.IsIn":
      return 1 / 2;
    // Most values are there.
    case "Boolean.IsNotNull":
    case "Boolean.IsNotNan":
    case "Boolean.AllHorizontal":
      return 9 / 10;
    case "Boolean.IsNull":
    case "Boolean.IsNan":
      return 1 / 10;
    default:
      return 1 / 3;
  }
}
