import type { Expression } from "../model/expression.ts";
import { functionInfo } from "./functions.ts";
import { fields, raw, text, variant } from "./shape.ts";
import { Unknown } from "./unknown.ts";

/** Groups of functions, as Polars and as `Expression` call them. */
const groups: Readonly<Record<string, string>> = {
  ArrayExpr: "Array",
  BinaryExpr: "Binary",
  Boolean: "Boolean",
  Categorical: "Categorical",
  Diff: "Diff",
  FillNullWithStrategy: "FillNullWithStrategy",
  ListExpr: "List",
  Pow: "Pow",
  Range: "Range",
  StringExpr: "String",
  StructExpr: "Struct",
  TemporalExpr: "Temporal",
  Trigonometry: "Trigonometry",
};

const rolling = fields({ function: text, options: raw });
const random = fields({ method: variant, seed: raw });

/** @throws Unknown */
export function decodeFunction(given: unknown, inputs: readonly Expression[]): Expression {
  const [name, options] = nameAndOptions(given);
  const info = functionInfo(name);
  if (info === undefined) throw new Unknown(`the function \`${name}\``);
  const what = `the function \`${name}\``;
  if (info.options === undefined) {
    if (options !== undefined) throw new Unknown(`what is given to ${what}`);
    return { kind: "function", name, inputs };
  }
  return { kind: "function", name, inputs, options: info.options(options, `what is given to ${what}`) };
}

function nameAndOptions(given: unknown): readonly [name: string, options: unknown] {
  const [outer, value] = variant(given, "a function");
  const group = Object.hasOwn(groups, outer) ? groups[outer] : undefined;
  if (group !== undefined) {
    const [inner, options] = variant(value, "a function");
    return [`${group}.${inner}`, options];
  }
  if (outer === "RollingExpr") {
    const { function: inner, options } = rolling(value, "a rolling function");
    return [`Rolling.${inner}`, options];
  }
  if (outer === "Random") {
    const { method, seed } = random(value, "a random function");
    const [inner, options] = method;
    return [`Random.${inner}`, { method: options, seed }];
  }
  return [outer, value];
}
