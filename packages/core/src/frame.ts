import type { DataFrame, LazyDataFrame } from "nodejs-polars";

/** A Polars query that has not run yet: what a task gets, and usually what it returns. */
// oxlint-disable-next-line typescript/no-explicit-any -- Polars' own default for frames without a known schema
export type LazyFrame = LazyDataFrame<any>;

/** What a task may return: a lazy frame, or one that is already in memory. */
// oxlint-disable-next-line typescript/no-explicit-any -- see above
export type Frame = LazyFrame | DataFrame<any>;

/** The frames of a task by name. */
export type Sources<Names extends string = string> = { readonly [Name in Names]: LazyFrame };

/** The sources of a task that takes one frame; the name `df` stands for it where a name is needed. */
export type SingleSource = Sources<"df">;

const tagOf = (value: unknown): unknown =>
  typeof value === "object" || typeof value === "function"
    ? (value as Partial<Record<symbol, unknown>> | null)?.[Symbol.toStringTag]
    : undefined;

/** By tag, as Polars itself does it, so that frames of any copy of Polars are known. */
export function isLazyFrame(value: unknown): value is LazyFrame {
  return tagOf(value) === "LazyDataFrame";
}

/** Whether `value` is a lazy frame or one in memory. */
export function isFrame(value: unknown): value is Frame {
  const tag = tagOf(value);
  return tag === "LazyDataFrame" || tag === "DataFrame";
}
