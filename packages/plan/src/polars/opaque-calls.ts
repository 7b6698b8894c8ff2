import { AsyncLocalStorage } from "node:async_hooks";
import type { LazyFrame } from "@glacier/core";
import type { Polars } from "./load.ts";
import { opaqueMethods } from "./opaque-methods.ts";

/**
 * Of an expression that Polars can't write down it says no more than `map()`. So it is noted which methods are called
 * while a task makes its query. Nothing is noted beside that: not what is called in other tasks meanwhile, and not what
 * was called before.
 */
const noting = new AsyncLocalStorage<Set<string>>();
const calls = new WeakMap<LazyFrame, ReadonlySet<string>>();

/** Makes a query, and remembers for it which of those methods were called. */
export async function noteOpaqueCalls(
  polars: Polars,
  makeQuery: () => LazyFrame | Promise<LazyFrame>,
): Promise<LazyFrame> {
  const called = new Set<string>();
  const forget = listen(polars);
  try {
    const query = await noting.run(called, makeQuery);
    calls.set(query, called);
    return query;
  } finally {
    forget();
  }
}

/** Polars' own names of the methods that were called for a query. */
export const opaqueCallsOf = (query: LazyFrame): ReadonlySet<string> => calls.get(query) ?? new Set();

type Native = Record<string, (...given: unknown[]) => unknown>;

let listeners = 0;
let prototype: Native | undefined;
let restore: () => void = () => {};

/** Has Polars' methods tell of being called, for as long as somebody wants to know. */
function listen(polars: Polars): () => void {
  prototype ??= Object.getPrototypeOf(polars.lit(0).inner()) as Native;
  if (listeners === 0) restore = wrapMethods(prototype);
  listeners += 1;
  return () => {
    listeners -= 1;
    if (listeners === 0) restore();
  };
}

function wrapMethods(native: Native): () => void {
  const originals = new Map<string, Native[string]>();
  for (const name of Object.keys(opaqueMethods)) {
    const original = native[name];
    if (typeof original !== "function") continue;
    originals.set(name, original);
    native[name] = function tellAndCall(this: unknown, ...given: unknown[]): unknown {
      noting.getStore()?.add(name);
      return original.apply(this, given);
    };
  }
  return () => {
    for (const [name, original] of originals) native[name] = original;
  };
}
