import type { Expression } from "../model/expression.ts";
import type { PlanNode } from "../model/node.ts";
import type { DecodeContext } from "./decode-context.ts";
import { decodeSelector } from "./decode-selectors.ts";
import { objectsIn } from "./json-walk.ts";
import { explodeOptions, quantileMethod } from "./option-shapes.ts";
import { fields, flag, integer, list, nullable, raw, text, variant } from "./shape.ts";
import { part, type Steps } from "./steps.ts";
import { Unknown } from "./unknown.ts";

type Decode = (value: unknown, input: unknown, context: DecodeContext) => Steps<PlanNode>;

/** @throws Unknown */
export function* decodeMapFunction(value: unknown, context: DecodeContext): Steps<PlanNode> {
  const { input, function: given } = fields({ input: raw, function: raw })(value, "a step of a plan");
  const [name, options] = variant(given, "a step of a plan");
  const decode = Object.hasOwn(decoders, name) ? decoders[name] : undefined;
  if (decode === undefined) throw new Unknown(`the step \`${name}\` of a plan`);
  return yield* decode(options, input, context);
}

const decoders: Readonly<Record<string, Decode>> = {
  *Explode(value, input, context) {
    const explode = fields({ columns: raw, options: explodeOptions, allow_empty: flag });
    const { columns, options, allow_empty } = explode(value, "an explode");
    return {
      kind: "explode",
      input: yield* context.node(input),
      columns: yield* part(decodeSelector(columns)),
      options: { ...(options as object), allow_empty },
    };
  },
  *Unpivot(value, input, context) {
    const unpivot = fields({
      args: fields({ on: nullable(raw), index: raw, variable_name: nullable(text), value_name: nullable(text) }),
    });
    const { args } = unpivot(value, "an unpivot");
    if (args.on === null) throw new Unknown("an unpivot of all columns");
    return {
      kind: "unpivot",
      input: yield* context.node(input),
      on: yield* part(decodeSelector(args.on)),
      index: yield* part(decodeSelector(args.index)),
      variable: args.variable_name ?? "variable",
      value: args.value_name ?? "value",
    };
  },
  *Rename(value, input, context) {
    const rename = fields({ existing: list(text), new: list(text), strict: flag });
    const { existing, new: replacements, strict } = rename(value, "a renaming");
    if (existing.length !== replacements.length) throw new Unknown("a renaming of some to others");
    return {
      kind: "rename",
      input: yield* context.node(input),
      names: existing.map((name, index) => [name, replacements[index] ?? ""] as const),
      strict,
    };
  },
  *RowIndex(value, input, context) {
    const { name, offset } = fields({ name: text, offset: nullable(integer) })(value, "a row index");
    return { kind: "row-index", input: yield* context.node(input), name, offset: offset ?? 0 };
  },
  *Unnest(value, input, context) {
    const { columns, separator } = fields({ columns: raw, separator: nullable(text) })(value, "an unnest");
    return {
      kind: "unnest",
      input: yield* context.node(input),
      columns: yield* part(decodeSelector(columns)),
      options: { separator },
    };
  },
  *Stats(value, input, context) {
    const [name, given] = variant(value, "a summary");
    const table = yield* context.node(input);
    switch (name) {
      case "Sum":
      case "Mean":
      case "Median":
      case "Min":
      case "Max":
        if (given !== undefined) break;
        return { kind: "summary", input: table, name: name.toLowerCase() };
      case "Std":
      case "Var": {
        const { ddof } = fields({ ddof: integer })(given, "a summary");
        return { kind: "summary", input: table, name: name.toLowerCase(), options: { ddof } };
      }
      case "Quantile": {
        const { quantile, method } = fields({ quantile: raw, method: quantileMethod })(given, "a summary");
        const at: Expression = yield* context.expression(quantile);
        return { kind: "summary", input: table, name: "quantile", options: { quantile: at, method } };
      }
      default:
    }
    throw new Unknown(`the summary \`${name}\``);
  },
  *FillNan(value, input, context) {
    if (hasSelector(value)) throw new Unknown("a filling of NaN with several columns");
    return yield* context.node(fillNan(value, input));
  },
};

/** Polars itself writes it so, for each column of floats, when it executes the plan. */
function fillNan(value: unknown, input: unknown): unknown {
  const floats = { Selector: { ByDType: { AnyOf: ["Float16", "Float32", "Float64"] } } };
  const is = (name: string) => ({ Function: { input: [floats], function: { Boolean: name } } });
  const isNumber = { BinaryExpr: { left: is("IsNotNan"), op: "Or", right: is("IsNull") } };
  const filled = { KeepName: { Ternary: { predicate: isNumber, truthy: floats, falsy: value } } };
  const options = { run_parallel: true, duplicate_check: true, should_broadcast: true };
  return { HStack: { input, exprs: [filled], options } };
}

function hasSelector(value: unknown): boolean {
  for (const object of objectsIn(value)) if (Object.hasOwn(object, "Selector")) return true;
  return false;
}
