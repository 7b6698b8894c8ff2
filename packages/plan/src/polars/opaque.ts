import type { LazyFrame } from "@glacier/core";
import type { Opaque } from "../model/trace.ts";
import { opaqueCallsOf } from "./opaque-calls.ts";
import { opaqueMethods } from "./opaque-methods.ts";
import { Unknown } from "./unknown.ts";

/** Why the plan of a query can't be read, by the error that reading it threw. */
export function whyOpaque(frame: LazyFrame, error: unknown): Opaque {
  if (error instanceof Unknown) return { reason: `Glacier does not know ${error.what}.` };
  const [message = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
  if (!message.includes("'opaque' function")) return { reason: `Polars can't write it down: ${message}` };
  const called = [...opaqueCallsOf(frame)].flatMap((name) => opaqueMethods[name] ?? []);
  const names = [...new Set(called.map(({ expression }) => expression))];
  const [first] = called;
  if (first === undefined) {
    const all = [...new Set(Object.values(opaqueMethods).map(({ expression }) => `\`${expression}\``))];
    return { reason: `It has an expression that Polars can't write down. Those are made by ${all.join(", ")}.` };
  }
  const { expression, substitute } = first;
  const reason = `Polars can't write down what ${names.map((name) => `\`${name}\``).join(" and ")} ${names.length === 1 ? "makes" : "make"}.`;
  return substitute === undefined ? { reason, expression } : { reason, expression, substitute };
}
