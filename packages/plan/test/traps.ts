import type { Finding, FormatName, LazyFrame } from "@glacier/core";
import { makeTyping } from "../src/columns/typing.ts";
import { traps } from "../src/findings/traps.ts";
import type { TableSchema } from "../src/model/column-type.ts";
import { decodePlan } from "../src/polars/decode.ts";
import { makeLeaf } from "../src/polars/leaf.ts";
import { loadPolars, type Polars } from "../src/polars/load.ts";

export const pl: Polars = await loadPolars();

/** An integer without a type of its own, as `int` of @glacier/expressions makes it. */
export const int = (value: number | bigint): ReturnType<Polars["lit"]> =>
  pl.Expr.deserialize(Buffer.from(`{"Literal":{"Dyn":{"Int":${value}}}}`), "json");

const orders: TableSchema = [
  { name: "id", type: { kind: "Int64" } },
  { name: "customer", type: { kind: "Int32" } },
  { name: "count", type: { kind: "UInt32" } },
  { name: "size", type: { kind: "Int8" } },
  { name: "hash", type: { kind: "UInt64" } },
  { name: "amount", type: { kind: "Float64" } },
  { name: "price", type: { kind: "Decimal", precision: 12, scale: 2 } },
  { name: "status", type: { kind: "String" } },
  { name: "note", type: { kind: "String" } },
  { name: "paid", type: { kind: "Boolean" } },
  { name: "day", type: { kind: "Date" } },
  { name: "at", type: { kind: "Datetime", unit: "us", zone: "Europe/Vienna" } },
  { name: "seen", type: { kind: "Datetime", unit: "us", zone: undefined } },
  { name: "took", type: { kind: "Duration", unit: "ms" } },
  { name: "raw", type: { kind: "Binary" } },
  { name: "tags", type: { kind: "List", inner: { kind: "String" } } },
];

const customers: TableSchema = [
  { name: "customer", type: { kind: "Int32" } },
  { name: "status", type: { kind: "String" } },
  { name: "name", type: { kind: "String" } },
];

export interface Settings {
  /** Of the target. Default: Parquet. */
  readonly format?: FormatName;
  readonly scanOptions?: Readonly<Record<string, unknown>>;
  /** Of the sources. Default: Parquet. */
  readonly sources?: FormatName;
}

type Frames = Readonly<Record<"orders" | "customers", LazyFrame>>;

/** What is found in a task over orders and customers. */
export function trapsIn(task: (frames: Frames) => LazyFrame, settings: Settings = {}): readonly Finding[] {
  const { format = "parquet", scanOptions = {}, sources = "parquet" } = settings;
  const leaves = [makeLeaf(pl, "orders", orders), makeLeaf(pl, "customers", customers)];
  const frames = Object.fromEntries(leaves.map((leaf) => [leaf.name, leaf.frame])) as Frames;
  const decoded = decodePlan(pl, task(frames));
  const read = { orders: { format: sources }, customers: { format: sources } };
  return traps("clean", decoded.plan, makeTyping(pl, decoded, leaves), {
    sources: read,
    target: { format, scanOptions },
  });
}

/** The codes alone. */
export const codesIn = (task: (frames: Frames) => LazyFrame, settings?: Settings): readonly string[] =>
  trapsIn(task, settings).map(({ code }) => code);
