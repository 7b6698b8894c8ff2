import type { LazyFrame } from "@glacier/core";
import { makeTyping } from "../../src/columns/typing.ts";
import type { TableSchema } from "../../src/model/column-type.ts";
import type { PlanNode } from "../../src/model/node.ts";
import type { Typing } from "../../src/model/typing.ts";
import { decodePlan } from "../../src/polars/decode.ts";
import { type Leaf, makeLeaf, withFrames } from "../../src/polars/leaf.ts";
import { schemaOf } from "../../src/polars/frame-schema.ts";
import { loadPolars, type Polars } from "../../src/polars/load.ts";

export const pl: Polars = await loadPolars();
const { col } = pl;

export type Rows = ReturnType<Polars["DataFrame"]>;
export interface Tables {
  readonly orders: LazyFrame;
  readonly customers: LazyFrame;
}
/** What a task does. */
export type Query = (tables: Tables) => LazyFrame;

type Random = () => number;

/** Always the same ones for the same seed: few different values, so that keys meet, and nulls among them. */
export function makeRows(seed: number): { readonly orders: Rows; readonly customers: Rows } {
  const random = randomFrom(seed);
  const numbers = (height: number, below: number): (number | null)[] =>
    Array.from({ length: height }, () => (random() < 0.15 ? null : Math.floor(random() * below)));
  const texts = (height: number, words: readonly string[]): (string | null)[] =>
    numbers(height, words.length).map((at) => (at === null ? null : (words[at] as string)));
  const height = 9;
  const orders = pl
    .DataFrame({
      id: numbers(height, 6),
      count: numbers(height, 4),
      amount: numbers(height, 50).map((value) => (value === null ? null : value / 4)),
      status: texts(height, ["open", "paid", "lost"]),
      note: texts(height, ["a-b", "", "Ä", "x"]),
      paid: numbers(height, 2).map((value) => (value === null ? null : value === 1)),
      at: sorted(height, random),
      seen: numbers(height, 90),
      tags: Array.from({ length: height }, () => texts(Math.floor(random() * 3), ["t", "u", "v"]).join()),
      city: texts(height, ["Wien", "Graz"]),
      zip: numbers(height, 9),
    })
    .lazy()
    .select(
      col("id").cast(pl.Int64),
      col("count").cast(pl.Int32),
      col("amount"),
      col("status"),
      col("note"),
      col("paid").cast(pl.Bool),
      col("at").cast(pl.Int64).mul(86_400_000).cast(pl.Datetime("ms")),
      col("seen").cast(pl.Int32).cast(pl.Date),
      col("tags").str.split(","),
      pl.struct([col("city"), col("zip").cast(pl.Int16)]).alias("place"),
    )
    .collectSync();
  const customers = pl
    .DataFrame({
      id: numbers(6, 6),
      name: texts(6, ["Ada", "Bob", "Cy"]),
      status: texts(6, ["open", "paid", "new"]),
      since: sorted(6, random),
      "2024": numbers(6, 5),
    })
    .lazy()
    .select(
      col("id").cast(pl.Int64),
      col("name"),
      col("status"),
      col("since").cast(pl.Int64).mul(86_400_000).cast(pl.Datetime("ms")),
      col("2024"),
    )
    .collectSync();
  return { orders, customers };
}

function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const sorted = (height: number, random: Random): number[] =>
  Array.from({ length: height }, () => Math.floor(random() * 20)).toSorted((one, other) => one - other);

const sample = makeRows(1);
export const schemas: ReadonlyMap<string, TableSchema> = new Map(
  Object.entries(sample).map(([name, rows]) => [name, schemaOf(rows)]),
);
export const leaves: readonly Leaf[] = [...schemas].map(([name, schema]) => makeLeaf(pl, name, schema));
export const tables = Object.fromEntries(leaves.map(({ name, frame }) => [name, frame])) as unknown as Tables;

export interface ReadPlan {
  readonly frame: LazyFrame;
  readonly plan: PlanNode;
  readonly typing: Typing;
}

/** @throws Unknown, and what Polars throws */
export function readPlan(query: Query): ReadPlan {
  const frame = query(tables);
  const decoded = decodePlan(pl, frame);
  return { frame, plan: decoded.plan, typing: makeTyping(pl, decoded, leaves) };
}

/** Rows for each source, as a plan has them. */
export type SourceRows = ReadonlyMap<string, Buffer>;

export const sourceRows = (rows: Readonly<Record<string, Rows>>): SourceRows =>
  new Map(Object.entries(rows).map(([name, table]) => [name, table.lazy().serialize("bincode")]));

/** The same query over rows. */
export const withRows = (frame: LazyFrame, rows: SourceRows): LazyFrame => withFrames(pl, frame, leaves, rows);

/** The same query, where whatever Polars may give in any order keeps the order of rows. */
export function inOrder(frame: LazyFrame): LazyFrame {
  const plan = frame.serialize("json").toString("utf8");
  const ordered = plan
    .replaceAll('"maintain_order":"None"', '"maintain_order":"LeftRight"')
    .replaceAll('"maintain_order":false', '"maintain_order":true');
  return pl.LazyDataFrame.deserialize(Buffer.from(ordered), "json");
}
