import type { BinaryOperator, CastMode, Expression, NameChange } from "../model/expression.ts";
import type { DecodeContext } from "./decode-context.ts";
import { decodeFunction } from "./decode-functions.ts";
import { decodeLiteral } from "./decode-literals.ts";
import { decodeSelector } from "./decode-selectors.ts";
import { explodeOptions, sortManyOptions, sortOptions } from "./option-shapes.ts";
import { fields, flag, integer, none, nullable, oneOf, raw, text, tuple, type, variant } from "./shape.ts";
import { part, type Steps } from "./steps.ts";
import { Unknown } from "./unknown.ts";

type Decode = (value: unknown, context: DecodeContext) => Steps<Expression>;

/** @throws Unknown */
export function* decodeExpression(given: unknown, context: DecodeContext): Steps<Expression> {
  const [name, value] = variant(given, "an expression");
  const leaf = Object.hasOwn(leaves, name) ? leaves[name] : undefined;
  if (leaf !== undefined) return leaf(value, context);
  const decode = Object.hasOwn(decoders, name) ? decoders[name] : undefined;
  if (decode === undefined) throw new Unknown(`the expression \`${name}\``);
  return yield* decode(value, context);
}

/** Those that have no others in them. */
const leaves: Readonly<Record<string, (value: unknown, context: DecodeContext) => Expression>> = {
  Column: (value) => ({ kind: "column", name: text(value, "a column") }),
  Element: (value) => ({ kind: "element", ...nothing(value) }),
  Field: (value) => ({ kind: "field", name: tuple(text)(value, "a field")[0] }),
  Len: (value) => ({ kind: "row-count", ...nothing(value) }),
  Literal: (value, context) => ({ kind: "literal", value: decodeLiteral(value, context) }),
};

function nothing(value: unknown): object {
  none(value, "an expression");
  return {};
}

const decoders: Readonly<Record<string, Decode>> = {
  *Selector(value) {
    return { kind: "columns", selector: yield* part(decodeSelector(value)) };
  },
  *Alias(value, context) {
    const [input, name] = tuple(raw, text)(value, "an alias");
    return { kind: "alias", input: yield* context.expression(input), name };
  },
  *RenameAlias(value, context) {
    const { function: change, expr } = fields({ function: raw, expr: raw })(value, "a change of names");
    return { kind: "rename", input: yield* context.expression(expr), change: nameChange(change) };
  },
  *KeepName(value, context) {
    return { kind: "keep-name", input: yield* context.expression(value) };
  },
  *BinaryExpr(value, context) {
    const { left, op, right } = fields({ left: raw, op: text, right: raw })(value, "an operator");
    const operator = Object.hasOwn(operators, op) ? operators[op] : undefined;
    if (operator === undefined) throw new Unknown(`the operator \`${op}\``);
    return { kind: "binary", operator, left: yield* context.expression(left), right: yield* context.expression(right) };
  },
  *Cast(value, context) {
    const cast = fields({ expr: raw, dtype: type, options: oneOf("Strict", "NonStrict", "Overflowing") });
    const { expr, dtype, options } = cast(value, "a cast");
    return { kind: "cast", input: yield* context.expression(expr), type: dtype, mode: castModes[options] };
  },
  *Ternary(value, context) {
    const { predicate, truthy, falsy } = fields({ predicate: raw, truthy: raw, falsy: raw })(value, "a condition");
    return {
      kind: "when",
      condition: yield* context.expression(predicate),
      // oxlint-disable-next-line unicorn/no-thenable -- a branch, which nobody can await
      then: yield* context.expression(truthy),
      otherwise: yield* context.expression(falsy),
    };
  },
  *Function(value, context) {
    const { input, function: given } = fields({ input: raw, function: raw })(value, "a function");
    return decodeFunction(given, yield* context.expressions(input));
  },
  *Agg(value, context) {
    const [name, given] = variant(value, "an aggregate");
    const aggregate = Object.hasOwn(aggregates, name) ? aggregates[name] : undefined;
    if (aggregate === undefined) throw new Unknown(`the aggregate \`${name}\``);
    const { input, options } = aggregate.read(given);
    const decoded = { kind: "aggregate" as const, name: aggregate.name, input: yield* context.expression(input) };
    return options === undefined ? decoded : { ...decoded, options };
  },
  *Over(value, context) {
    const over = fields({
      function: raw,
      partition_by: raw,
      order_by: nullable(tuple(raw, sortOptions)),
      mapping: oneOf("GroupsToRows", "Explode", "Join"),
    });
    const { function: input, partition_by, order_by, mapping } = over(value, "a window");
    return {
      kind: "over",
      input: yield* context.expression(input),
      partitionBy: yield* context.expressions(partition_by),
      orderBy: order_by === null ? [] : [yield* context.expression(order_by[0])],
      options: order_by === null ? { mapping } : { mapping, order: order_by[1] },
    };
  },
  *Sort(value, context) {
    const { expr, options } = fields({ expr: raw, options: sortOptions })(value, "a sort");
    return { kind: "sort", input: yield* context.expression(expr), options };
  },
  *SortBy(value, context) {
    const sort = fields({ expr: raw, by: raw, sort_options: sortManyOptions });
    const { expr, by, sort_options: options } = sort(value, "a sort");
    return {
      kind: "sort-by",
      input: yield* context.expression(expr),
      by: yield* context.expressions(by),
      options,
    };
  },
  *Filter(value, context) {
    const { input, by } = fields({ input: raw, by: raw })(value, "a filter");
    return { kind: "filter", input: yield* context.expression(input), by: yield* context.expression(by) };
  },
  *Gather(value, context) {
    const gather = fields({ expr: raw, idx: raw, returns_scalar: flag, null_on_oob: flag });
    const { expr, idx, ...options } = gather(value, "a choice of rows");
    return { kind: "gather", input: yield* context.expression(expr), at: yield* context.expression(idx), options };
  },
  *Slice(value, context) {
    const { input, offset, length } = fields({ input: raw, offset: raw, length: raw })(value, "a slice");
    return {
      kind: "slice",
      input: yield* context.expression(input),
      offset: yield* context.expression(offset),
      length: yield* context.expression(length),
    };
  },
  *Explode(value, context) {
    const { input, options } = fields({ input: raw, options: explodeOptions })(value, "an explode");
    return { kind: "explode", input: yield* context.expression(input), options };
  },
  *Eval(value, context) {
    const evaluation = fields({ expr: raw, evaluation: raw, variant: oneOf("List") });
    const { expr, evaluation: each } = evaluation(value, "an expression over lists");
    return { kind: "list-eval", input: yield* context.expression(expr), each: yield* context.expression(each) };
  },
  *StructEval(value, context) {
    const { expr, evaluation } = fields({ expr: raw, evaluation: raw })(value, "fields of a struct");
    return {
      kind: "with-fields",
      input: yield* context.expression(expr),
      fields: yield* context.expressions(evaluation),
    };
  },
};

const operators: Readonly<Record<string, BinaryOperator>> = {
  Eq: "eq",
  EqValidity: "eq-missing",
  NotEq: "not-eq",
  NotEqValidity: "not-eq-missing",
  Lt: "lt",
  LtEq: "lt-eq",
  Gt: "gt",
  GtEq: "gt-eq",
  Plus: "plus",
  Minus: "minus",
  Multiply: "multiply",
  RustDivide: "rust-divide",
  TrueDivide: "true-divide",
  FloorDivide: "floor-divide",
  Modulus: "modulus",
  And: "and",
  Or: "or",
  Xor: "xor",
  LogicalAnd: "logical-and",
  LogicalOr: "logical-or",
};

const castModes: Readonly<Record<"Strict" | "NonStrict" | "Overflowing", CastMode>> = {
  Strict: "strict",
  NonStrict: "non-strict",
  Overflowing: "overflowing",
};

function nameChange(given: unknown): NameChange {
  const [name, value] = variant(given, "a change of names");
  switch (name) {
    case "Prefix":
    case "Suffix":
      return { kind: name === "Prefix" ? "prefix" : "suffix", text: text(value, "a change of names") };
    case "ToLowercase":
      return { kind: "lower" };
    case "ToUppercase":
      return { kind: "upper" };
    default:
      throw new Unknown(`the change of names \`${name}\``);
  }
}

interface Aggregate {
  readonly name: string;
  read(given: unknown): { readonly input: unknown; readonly options?: unknown };
}

const plain = (name: string): Aggregate => ({ name, read: (input) => ({ input }) });

function withOptions(name: string, options: Parameters<typeof fields>[0]): Aggregate {
  const shape = fields({ input: raw, ...options });
  return {
    name,
    read(given) {
      const { input, ...rest } = shape(given, `the aggregate \`${name}\``) as Readonly<Record<string, unknown>>;
      return { input, options: rest };
    },
  };
}

function withDegrees(name: string): Aggregate {
  return {
    name,
    read(given) {
      const [input, ddof] = tuple(raw, integer)(given, `the aggregate \`${name}\``);
      return { input, options: { ddof } };
    },
  };
}

/** How they are called here, and how they look in Polars' JSON. */
const aggregates: Readonly<Record<string, Aggregate>> = {
  Count: withOptions("count", { include_nulls: flag }),
  First: plain("first"),
  FirstNonNull: plain("first-non-null"),
  Implode: withOptions("implode", { maintain_order: flag }),
  Item: withOptions("item", { allow_empty: flag }),
  Last: plain("last"),
  LastNonNull: plain("last-non-null"),
  Max: withOptions("max", { propagate_nans: flag }),
  Mean: plain("mean"),
  Median: plain("median"),
  Min: withOptions("min", { propagate_nans: flag }),
  NUnique: plain("n-unique"),
  Std: withDegrees("std"),
  Sum: plain("sum"),
  Var: withDegrees("var"),
};
