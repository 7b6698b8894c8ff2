import type { PlanNode } from "../model/node.ts";
import type { DecodeContext } from "./decode-context.ts";
import { decodeGroupBy } from "./decode-group-by.ts";
import { decodeJoin } from "./decode-join.ts";
import { decodeMapFunction } from "./decode-map-function.ts";
import { decodeScan } from "./decode-scan.ts";
import { sortManyOptions } from "./option-shapes.ts";
import { fields, flag, integer, irrelevant, list, nullable, oneOf, only, raw, tuple, variant } from "./shape.ts";
import type { Steps } from "./steps.ts";
import { Unknown } from "./unknown.ts";

type Decode = (value: unknown, context: DecodeContext) => Steps<PlanNode>;

/** @throws Unknown */
export function* decodeNode(given: unknown, context: DecodeContext): Steps<PlanNode> {
  const [name, value] = variant(given, "a step of a plan");
  const leaf = Object.hasOwn(leaves, name) ? leaves[name] : undefined;
  if (leaf !== undefined) return leaf(value, context);
  const decode = Object.hasOwn(decoders, name) ? decoders[name] : undefined;
  if (decode === undefined) throw new Unknown(writes.has(name) ? ownWrite : `the step \`${name}\` of a plan`);
  return yield* decode(value, context);
}

/** Those that have no others in them. */
const leaves: Readonly<Record<string, (value: unknown, context: DecodeContext) => PlanNode>> = {
  Scan: decodeScan,
  DataFrameScan(value, context) {
    const { df } = fields({ df: list(integer), schema: irrelevant("The frame has it, in order.") })(value, "a frame");
    return { kind: "values", ...context.frame(df) };
  },
};

const writes: ReadonlySet<string> = new Set(["Sink", "SinkMultiple"]);
const ownWrite = "a query that writes by itself (`sinkParquet` and its like)";

/** Polars' largest number of rows, which stands for no limit. */
const allRows = 2 ** 32 - 1;

const parallel = irrelevant("Rows come out the same with one thread and with several.");

const projection = fields({
  run_parallel: parallel,
  duplicate_check: irrelevant("It only says whether Polars looks for two columns of one name, and no table has them."),
  should_broadcast: only(true),
});

const decoders: Readonly<Record<string, Decode>> = {
  *Select(value, context) {
    const { input, expr } = fields({ expr: raw, input: raw, options: projection })(value, "a selection");
    return {
      kind: "select",
      input: yield* context.node(input),
      expressions: yield* context.expressions(expr),
    };
  },
  *HStack(value, context) {
    const { input, exprs } = fields({ input: raw, exprs: raw, options: projection })(value, "new columns");
    return {
      kind: "with-columns",
      input: yield* context.node(input),
      expressions: yield* context.expressions(exprs),
    };
  },
  *Filter(value, context) {
    const { input, predicate } = fields({ input: raw, predicate: raw })(value, "a filter");
    return {
      kind: "filter",
      input: yield* context.node(input),
      predicate: yield* context.expression(predicate),
    };
  },
  *Sort(value, context) {
    const sort = fields({
      input: raw,
      by_column: raw,
      slice: nullable(tuple(integer, integer)),
      sort_options: sortManyOptions,
    });
    const { input, by_column, slice, sort_options: options } = sort(value, "a sort");
    if (options.limit !== null) throw new Unknown("a sort with a limit");
    const by = yield* context.expressions(by_column);
    // One direction stands for all.
    const forEach = (flags: readonly boolean[]) => (flags.length === 1 ? by.map(() => flags[0] === true) : flags);
    return {
      kind: "sort",
      input: yield* context.node(input),
      by,
      descending: forEach(options.descending),
      nullsLast: forEach(options.nulls_last),
      stable: options.maintain_order,
      limit: slice ?? undefined,
    };
  },
  *Slice(value, context) {
    const { input, offset, len } = fields({ input: raw, offset: integer, len: integer })(value, "a slice");
    return {
      kind: "slice",
      input: yield* context.node(input),
      offset,
      length: len === allRows ? undefined : len,
    };
  },
  *Distinct(value, context) {
    const distinct = fields({
      input: raw,
      options: fields({
        subset: nullable(raw),
        maintain_order: flag,
        keep_strategy: oneOf("First", "Last", "Any", "None"),
      }),
    });
    const { input, options } = distinct(value, "unique rows");
    return {
      kind: "unique",
      input: yield* context.node(input),
      subset: options.subset === null ? undefined : yield* context.expressions(options.subset),
      keep: keeps[options.keep_strategy],
      stable: options.maintain_order,
    };
  },
  *Union(value, context) {
    const union = fields({
      inputs: raw,
      args: fields({
        parallel,
        rechunk: irrelevant("It only says how rows lie in memory."),
        to_supertypes: flag,
        diagonal: flag,
        strict: only(false),
        from_partitioned_ds: only(false),
        maintain_order: flag,
      }),
    });
    const { inputs, args } = union(value, "a concatenation");
    const concat = {
      kind: "concat",
      inputs: yield* context.nodes(inputs),
      diagonal: args.diagonal,
      supertypes: args.to_supertypes,
    } as const;
    return args.maintain_order ? concat : { ...concat, options: { maintain_order: false } };
  },
  *HConcat(value, context) {
    const concat = fields({
      inputs: raw,
      options: fields({ parallel, strict: flag, broadcast_unit_length: flag }),
    });
    const { inputs, options } = concat(value, "a concatenation");
    return { kind: "concat-horizontal", inputs: yield* context.nodes(inputs), options };
  },
  *Cache(value, context) {
    const { input } = fields({ input: raw, id: irrelevant("It is another one in each process.") })(value, "a cache");
    return yield* context.node(input);
  },
  *IR(value, context) {
    const { dsl } = fields({ dsl: raw, version: irrelevant("It counts queries of the process.") })(value, "a plan");
    return yield* context.node(dsl);
  },
  GroupBy: decodeGroupBy,
  Join: decodeJoin,
  MapFunction: decodeMapFunction,
};

const keeps = { First: "first", Last: "last", Any: "any", None: "none" } as const;
