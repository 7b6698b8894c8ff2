import type { LazyFrame } from "@glacier/core";
import pl from "nodejs-polars";

/** The tables that the steps of the catalogue work on. */
export interface Tables {
  readonly orders: LazyFrame;
  readonly customers: LazyFrame;
  readonly lines: LazyFrame;
  readonly prices: LazyFrame;
  readonly calendar: LazyFrame;
}
export type TableName = keyof Tables;

/** A step, as a function over tables. */
export type Step = (tables: Tables) => LazyFrame;

const { col } = pl;

/** The rows are always the same ones for the same seed. */
export function makeTables(seed = 1): Tables {
  const random = randomFrom(seed);
  return {
    orders: orders(random, 24),
    customers: customers(random, 8),
    lines: lines(random, 40),
    prices: prices(random, 30),
    calendar: calendar(random, 20),
  };
}

type Random = () => number;

function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const list = <T>(length: number, make: (at: number) => T): T[] => Array.from({ length }, (_, at) => make(at));
const whole = (random: Random, below: number): number => Math.floor(random() * below);
const pick = <T>(random: Random, values: readonly T[]): T => values[whole(random, values.length)] as T;
/** One in six is null. */
const holes = <T>(random: Random, values: readonly T[]): (T | null)[] =>
  values.map((value) => (random() < 1 / 6 ? null : value));

const words = ["paid", "open", "late", "lost"];
const firstDay = 19_723;

/** Every type of column that a file can bring. */
function orders(random: Random, rows: number): LazyFrame {
  const raw = pl.DataFrame({
    order: pl.Series(
      "order",
      list(rows, (at) => at + 1),
      pl.Int64,
    ),
    customer: pl.Series(
      "customer",
      list(rows, () => whole(random, 10) + 1),
      pl.Int64,
    ),
    amount: pl.Series(
      "amount",
      holes(
        random,
        list(rows, () => random() * 100),
      ),
      pl.Float64,
    ),
    quantity: pl.Series(
      "quantity",
      list(rows, () => whole(random, 9) + 1),
      pl.Int32,
    ),
    small: pl.Series(
      "small",
      list(rows, () => whole(random, 100) - 50),
      pl.Int8,
    ),
    cents: pl.Series(
      "cents",
      list(rows, () => whole(random, 10_000)),
      pl.Int64,
    ),
    status: pl.Series(
      "status",
      list(rows, () => pick(random, words)),
      pl.String,
    ),
    note: pl.Series(
      "note",
      holes(
        random,
        list(rows, () => pick(random, ["call back", "", "Äpfel", "a-b-c"])),
      ),
      pl.String,
    ),
    code: pl.Series(
      "code",
      list(rows, () => String(whole(random, 1000))),
      pl.String,
    ),
    ordered_on: pl.Series(
      "ordered_on",
      list(rows, (at) => `2024-01-${String((at % 28) + 1).padStart(2, "0")}`),
      pl.String,
    ),
    payload: pl.Series(
      "payload",
      list(rows, (at) => JSON.stringify({ id: at, name: pick(random, words) })),
      pl.String,
    ),
    paid: pl.Series(
      "paid",
      holes(
        random,
        list(rows, () => random() < 0.5),
      ),
      pl.Bool,
    ),
    days: pl.Series(
      "days",
      list(rows, (at) => firstDay + at),
      pl.Int32,
    ),
    micros: pl.Series(
      "micros",
      list(rows, (at) => (firstDay + at) * 86_400_000_000 + whole(random, 86_400) * 1e6),
      pl.Int64,
    ),
    tags: pl.Series(
      "tags",
      list(rows, () => list(whole(random, 4), () => pick(random, words))),
      pl.List(pl.String),
    ),
    scores: pl.Series(
      "scores",
      list(rows, () => list(whole(random, 4), () => whole(random, 10))),
      pl.List(pl.Int64),
    ),
  });
  return raw
    .lazy()
    .withColumns(
      col("cents").cast(pl.Float64).div(100).cast(pl.Decimal(12, 2)).alias("price"),
      col("days").cast(pl.Date).alias("day"),
      col("micros").cast(pl.Datetime("us")).alias("at"),
      col("micros").cast(pl.Datetime("us", "Europe/Vienna")).alias("zoned"),
      col("micros").cast(pl.Datetime("us")).cast(pl.Time).alias("clock"),
      col("cents").cast(pl.Duration("us")).alias("took"),
      col("status").cast(pl.Categorical).alias("kind"),
      col("status").str.encode("hex").str.decode("hex").alias("raw"),
      pl
        .concatList([col("cents"), col("cents"), col("cents")])
        .cast(pl.FixedSizeList(pl.Float32, 3))
        .alias("vector"),
      pl.struct([col("status").alias("city"), col("quantity").alias("zip")]).alias("place"),
      pl.lit(null).alias("nothing"),
    )
    .drop("days", "micros")
    .collectSync()
    .lazy();
}

/** It has `status` in common with the orders, of another type. */
function customers(random: Random, rows: number): LazyFrame {
  const frame = pl.DataFrame({
    customer: pl.Series(
      "customer",
      list(rows, (at) => at + 1),
      pl.Int64,
    ),
    name: pl.Series(
      "name",
      list(rows, (at) => `customer ${at}`),
      pl.String,
    ),
    country: pl.Series(
      "country",
      list(rows, () => pick(random, ["AT", "DE", "CH"])),
      pl.String,
    ),
    score: pl.Series(
      "score",
      holes(
        random,
        list(rows, () => random()),
      ),
      pl.Float64,
    ),
    status: pl.Series(
      "status",
      list(rows, () => whole(random, 3)),
      pl.Int32,
    ),
    boss: pl.Series(
      "boss",
      list(rows, () => whole(random, rows) + 1),
      pl.Int64,
    ),
    key: pl.Series(
      "key",
      list(rows, (at) => String(at + 1)),
      pl.String,
    ),
    since: pl.Series(
      "since",
      list(rows, () => firstDay - whole(random, 900)),
      pl.Int32,
    ),
  });
  return frame.lazy().withColumn(col("since").cast(pl.Date)).collectSync().lazy();
}

function lines(random: Random, rows: number): LazyFrame {
  const frame = pl.DataFrame({
    order: pl.Series(
      "order",
      list(rows, () => whole(random, 24) + 1),
      pl.Int64,
    ),
    product: pl.Series(
      "product",
      list(rows, () => pick(random, ["bolt", "nut", "nail"])),
      pl.String,
    ),
    pieces: pl.Series(
      "pieces",
      list(rows, () => whole(random, 20)),
      pl.UInt32,
    ),
    weight: pl.Series(
      "weight",
      list(rows, () => random() * 5),
      pl.Float32,
    ),
  });
  return frame.lazy();
}

/** In the order of `at`. */
function prices(random: Random, rows: number): LazyFrame {
  const frame = pl.DataFrame({
    at: pl.Series(
      "at",
      list(rows, (at) => (firstDay + at) * 86_400_000_000),
      pl.Int64,
    ),
    product: pl.Series(
      "product",
      list(rows, () => pick(random, ["bolt", "nut", "nail"])),
      pl.String,
    ),
    value: pl.Series(
      "value",
      list(rows, () => random() * 10),
      pl.Float64,
    ),
  });
  return frame
    .lazy()
    .withColumn(col("at").cast(pl.Datetime("us")))
    .collectSync()
    .lazy();
}

function calendar(random: Random, rows: number): LazyFrame {
  const frame = pl.DataFrame({
    day: pl.Series(
      "day",
      list(rows, (at) => firstDay + at),
      pl.Int32,
    ),
    text: pl.Series(
      "text",
      list(rows, (at) => `2024-01-${String(at + 1).padStart(2, "0")}`),
      pl.String,
    ),
    holiday: pl.Series(
      "holiday",
      list(rows, () => random() < 0.2),
      pl.Bool,
    ),
  });
  return frame.lazy().withColumn(col("day").cast(pl.Date)).collectSync().lazy();
}
