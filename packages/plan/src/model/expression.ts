import type { ColumnType } from "./column-type.ts";

/**
 * An expression of a plan, in Glacier's own words. Everything that changes what it computes is in it, so that two
 * expressions that print the same JSON compute the same.
 */
export type Expression =
  | { readonly kind: "column"; readonly name: string }
  /** Stands for as many expressions as columns are chosen; what is around it is repeated for each. */
  | { readonly kind: "columns"; readonly selector: Selector }
  | { readonly kind: "literal"; readonly value: Literal }
  | { readonly kind: "alias"; readonly input: Expression; readonly name: string }
  /** The name that the input has, changed. */
  | { readonly kind: "rename"; readonly input: Expression; readonly change: NameChange }
  /** The name of the first column below, whatever aliases are between. */
  | { readonly kind: "keep-name"; readonly input: Expression }
  | {
      readonly kind: "binary";
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: "cast"; readonly input: Expression; readonly type: ColumnType; readonly mode: CastMode }
  | { readonly kind: "when"; readonly condition: Expression; readonly then: Expression; readonly otherwise: Expression }
  /** A function of Polars by its own name, `String.Uppercase`; what it does with rows is in the table of functions. */
  | {
      readonly kind: "function";
      readonly name: string;
      readonly inputs: readonly Expression[];
      /** What was given to it beside the inputs, as plain data with keys in order. */
      readonly options?: unknown;
    }
  /** Makes one value of many: `sum`, `mean`, `first`. */
  | { readonly kind: "aggregate"; readonly name: string; readonly input: Expression; readonly options?: unknown }
  /** The number of rows. */
  | { readonly kind: "row-count" }
  | {
      readonly kind: "over";
      readonly input: Expression;
      readonly partitionBy: readonly Expression[];
      readonly orderBy: readonly Expression[];
      /** How results go back to rows, and of an order its direction. */
      readonly options?: unknown;
    }
  | { readonly kind: "sort"; readonly input: Expression; readonly options?: unknown }
  | {
      readonly kind: "sort-by";
      readonly input: Expression;
      readonly by: readonly Expression[];
      readonly options?: unknown;
    }
  | { readonly kind: "filter"; readonly input: Expression; readonly by: Expression }
  /** Values at positions: `gather`, `get`. */
  | { readonly kind: "gather"; readonly input: Expression; readonly at: Expression; readonly options?: unknown }
  | {
      readonly kind: "slice";
      readonly input: Expression;
      readonly offset: Expression;
      readonly length: Expression;
    }
  | { readonly kind: "explode"; readonly input: Expression; readonly options?: unknown }
  /** An expression over the values of a list: `lst.eval`. `element` stands for them in it. */
  | { readonly kind: "list-eval"; readonly input: Expression; readonly each: Expression; readonly options?: unknown }
  | { readonly kind: "element" }
  /** The fields of a struct, changed or added to: `struct.withFields`. `field` stands for one in it. */
  | { readonly kind: "with-fields"; readonly input: Expression; readonly fields: readonly Expression[] }
  | { readonly kind: "field"; readonly name: string };

export type BinaryOperator =
  | "eq"
  | "eq-missing"
  | "not-eq"
  | "not-eq-missing"
  | "lt"
  | "lt-eq"
  | "gt"
  | "gt-eq"
  | "plus"
  | "minus"
  | "multiply"
  /** Division as Polars for Rust has it: of integers, a whole number. */
  | "rust-divide"
  | "true-divide"
  | "floor-divide"
  | "modulus"
  | "and"
  | "or"
  | "xor"
  | "logical-and"
  | "logical-or";

/** `strict` fails at a value that does not fit; `non-strict` makes null of it; `overflowing` wraps. */
export type CastMode = "strict" | "non-strict" | "overflowing";

export type NameChange =
  | { readonly kind: "prefix" | "suffix"; readonly text: string }
  | { readonly kind: "upper" | "lower" }
  /** Any other, in Polars' own form. */
  | { readonly kind: "other"; readonly polars: unknown };

/** Which columns of a table are meant. */
export type Selector =
  | { readonly kind: "all" }
  | { readonly kind: "none" }
  /** `strict`: each must be there. In the order given. */
  | { readonly kind: "names"; readonly names: readonly string[]; readonly strict: boolean }
  /** Those whose name the regular expression (of Rust) finds. */
  | { readonly kind: "matches"; readonly pattern: string }
  | { readonly kind: "types"; readonly types: readonly ColumnType[] }
  | { readonly kind: "indices"; readonly indices: readonly number[]; readonly strict: boolean }
  | {
      readonly kind: "union" | "difference" | "intersection" | "xor";
      readonly left: Selector;
      readonly right: Selector;
    };

/**
 * A value in a plan. Integers are texts, as JSON has no large ones; floats are texts as JavaScript prints them, with
 * `NaN`, `Infinity` and `-Infinity`.
 */
export type Literal =
  | { readonly kind: "null" }
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "integer"; readonly value: string; readonly type: ColumnType }
  | { readonly kind: "float"; readonly value: string; readonly type: ColumnType }
  /** An integer or float without a type of its own: it takes that of what it meets. */
  | { readonly kind: "untyped-integer" | "untyped-float"; readonly value: string }
  | { readonly kind: "temporal"; readonly value: string; readonly type: ColumnType }
  /** Several values, or one of another type: as Polars writes it, with a hash of it. */
  | { readonly kind: "values"; readonly type: ColumnType | undefined; readonly hash: string; readonly polars: unknown };
