import type { TableSchema } from "./column-type.ts";
import type { Expression, Selector } from "./expression.ts";

/**
 * A node of a plan, in Glacier's own words: a table, made from others. It holds everything that changes what the table
 * is, and nothing about where data are.
 */
export type PlanNode =
  /** One of the step's sources, by the name under which the task gets it. */
  | { readonly kind: "source"; readonly name: string }
  /** A frame that the task has in memory. */
  | { readonly kind: "values"; readonly schema: TableSchema; readonly hash: string }
  | { readonly kind: "select"; readonly input: PlanNode; readonly expressions: readonly Expression[] }
  | { readonly kind: "with-columns"; readonly input: PlanNode; readonly expressions: readonly Expression[] }
  | { readonly kind: "filter"; readonly input: PlanNode; readonly predicate: Expression }
  | GroupBy
  | Join
  | {
      readonly kind: "sort";
      readonly input: PlanNode;
      readonly by: readonly Expression[];
      readonly descending: readonly boolean[];
      readonly nullsLast: readonly boolean[];
      /** Equal rows stay in the order that they had. */
      readonly stable: boolean;
      readonly limit: readonly [offset: number, length: number] | undefined;
    }
  /** A negative offset counts from the end. */
  | { readonly kind: "slice"; readonly input: PlanNode; readonly offset: number; readonly length: number | undefined }
  | {
      readonly kind: "unique";
      readonly input: PlanNode;
      /** Which columns must differ; all, if there are none. */
      readonly subset: readonly Expression[] | undefined;
      readonly keep: "first" | "last" | "any" | "none";
      readonly stable: boolean;
    }
  | {
      readonly kind: "concat";
      readonly inputs: readonly PlanNode[];
      /** Whether tables may have different columns; missing ones become null. */
      readonly diagonal: boolean;
      /** Whether columns of different types become one that holds both. */
      readonly supertypes: boolean;
      /** What else Polars was told, if it is not what its own functions tell it. */
      readonly options?: unknown;
    }
  | { readonly kind: "concat-horizontal"; readonly inputs: readonly PlanNode[]; readonly options?: unknown }
  | { readonly kind: "explode"; readonly input: PlanNode; readonly columns: Selector; readonly options?: unknown }
  | {
      readonly kind: "unpivot";
      readonly input: PlanNode;
      readonly on: Selector;
      readonly index: Selector;
      readonly variable: string;
      readonly value: string;
    }
  | {
      readonly kind: "rename";
      readonly input: PlanNode;
      readonly names: readonly (readonly [from: string, to: string])[];
      readonly strict: boolean;
    }
  | { readonly kind: "row-index"; readonly input: PlanNode; readonly name: string; readonly offset: number }
  | { readonly kind: "unnest"; readonly input: PlanNode; readonly columns: Selector; readonly options?: unknown }
  /** One row with a figure for each column: `lf.sum()`. */
  | {
      readonly kind: "summary";
      readonly input: PlanNode;
      readonly name: string;
      readonly options?: unknown;
    };

export interface GroupBy {
  readonly kind: "group-by";
  readonly input: PlanNode;
  readonly keys: readonly Expression[];
  readonly aggregates: readonly Expression[];
  /** Groups come in the order of their first rows. */
  readonly stable: boolean;
  /** Windows over time or numbers beside the keys. Its `index` is a column, and the first after the keys. */
  readonly window?: {
    readonly kind: "rolling" | "dynamic";
    readonly index: string;
    readonly options: unknown;
  };
}

export interface Join {
  readonly kind: "join";
  readonly left: PlanNode;
  readonly right: PlanNode;
  readonly how: "inner" | "left" | "right" | "full" | "semi" | "anti" | "cross" | "asof";
  readonly leftOn: readonly Expression[];
  readonly rightOn: readonly Expression[];
  /** What a column of the right table gets whose name the left one has. */
  readonly suffix: string;
  /** Whether the keys of both become one column. */
  readonly coalesce: boolean;
  readonly nullsEqual: boolean;
  /** Whether and which order is kept, and how often keys may occur. */
  readonly options?: unknown;
  readonly asof?: {
    readonly leftBy: readonly string[];
    readonly rightBy: readonly string[];
    /** Strategy, tolerance and whether equal keys match. */
    readonly options: unknown;
  };
}

/** The tables that a node is made from. */
export function inputsOf(node: PlanNode): readonly PlanNode[] {
  switch (node.kind) {
    case "source":
    case "values":
      return [];
    case "join":
      return [node.left, node.right];
    case "concat":
    case "concat-horizontal":
      return node.inputs;
    default:
      return [node.input];
  }
}
