import type { ColumnType, TableSchema } from "./column-type.ts";
import type { Expression } from "./expression.ts";
import type { PlanNode } from "./node.ts";

/**
 * The columns and types inside a plan. Names follow from the plan itself; where a type does not, Polars is asked, once,
 * over frames without rows. `undefined`: it can't be known.
 */
export interface Typing {
  /** The names of a node's columns, in order. @throws Unknown */
  columnsOf(node: PlanNode): readonly string[];
  /** The same with types. */
  schemaOf(node: PlanNode): TableSchema | undefined;
  /** The type of an expression over the columns of a node. In a group-by or a window it has that of one group. */
  typeOf(expression: Expression, over: PlanNode): ColumnType | undefined;
  /**
   * The expressions of a node with every selector written out: one for each column that it gives, with that column's
   * name, in order.
   * @param except columns that are only chosen by name or position: in the aggregates of a group-by, its keys
   * @throws Unknown
   */
  expand(expressions: readonly Expression[], over: PlanNode, except?: readonly string[]): readonly NamedExpression[];
}

/** An expression without selectors, and the name of the column that it gives. */
export interface NamedExpression {
  readonly name: string;
  readonly expression: Expression;
}
