// What the compiler makes of a bucket's schema; `tsc -p tsconfig.test.json` checks it. What it lets through here it would
// let through without a schema too: the data are checked when a step runs.
import pl, { type LazyDataFrame } from "nodejs-polars";
import { describe, expect, expectTypeOf, test } from "vitest";
import type { Bucket } from "./bucket.ts";
import type { BucketSchema } from "./bucket-schema.ts";
import { fakeProvider, fakeProviderOf, thrownBy } from "./fake-storage.test-d.ts";
import type { LazyFrame, SingleSource } from "./frame.ts";
import { nullable } from "./nullable.ts";
import { type FramesOf, Pipeline } from "./pipeline.ts";
import type { BucketOptions } from "./provider.ts";
import type { AnyTask, Task } from "./task.ts";
import type { PendingTransform } from "./transform.ts";
import type { FrameOf, RowOf } from "./typed-frame.ts";

const provider = fakeProvider();
const here = provider.local();
const orders = provider.bucket("lake", "orders.parquet", {
  schema: { id: pl.Int64, amount: pl.Float64, note: nullable(pl.String) },
});
const customers = provider.bucket({
  bucket: "lake",
  path: "customers.csv",
  schema: { id: pl.Int64, name: pl.Utf8 },
  strict: true,
});
const untyped = provider.bucket("lake", "untyped.parquet");
const out = provider.bucket("lake", "out.parquet");

/** For what need only compile: it is never called. How many there are. */
const compiled = (...uses: readonly (() => unknown)[]): number => uses.length;

interface Orders extends Record<string, pl.Int64 | pl.Float64 | pl.String> {
  id: pl.Int64;
  amount: pl.Float64;
  note: pl.String;
}

describe("a bucket with a schema", () => {
  test("is typed by it, and is a bucket like any other", () => {
    expectTypeOf(orders).toExtend<Bucket>();
    expectTypeOf(orders).not.toEqualTypeOf<Bucket>();
    expectTypeOf(untyped).toEqualTypeOf<Bucket>();
    const all: readonly Bucket[] = [orders, customers, untyped];
    expect(all).toHaveLength(3);
    expectTypeOf(orders.schema).toEqualTypeOf<BucketSchema | undefined>();
    expectTypeOf(orders.withName("orders")).toEqualTypeOf(orders);
    expectTypeOf(untyped.transform(here.task("clean", (df) => df)).to(orders)).toEqualTypeOf(orders);
  });

  test("gives frames with its columns", () => {
    type Frame = FrameOf<typeof orders>;
    expectTypeOf<Frame>().toEqualTypeOf<LazyDataFrame<{ id: pl.Int64; amount: pl.Float64; note: pl.String }>>();
    expectTypeOf<FrameOf<typeof untyped>>().toEqualTypeOf<LazyFrame>();
    expectTypeOf<FrameOf<Bucket>>().toEqualTypeOf<LazyFrame>();
    expectTypeOf<ReturnType<typeof orders.scan>>().resolves.toEqualTypeOf<Frame>();
    expectTypeOf<ReturnType<typeof untyped.scan>>().resolves.toEqualTypeOf<LazyFrame>();
    expectTypeOf<FrameOf<typeof customers>>().toEqualTypeOf<LazyDataFrame<{ id: pl.Int64; name: pl.String }>>();
  });

  test("has no known columns, where its options are only known when it runs", () => {
    const options: BucketOptions<"parquet"> = { schema: { id: pl.Int64 } };
    const bucket = provider.bucket("lake", "late.parquet", options);
    expectTypeOf<FrameOf<typeof bucket>>().toEqualTypeOf<LazyFrame>();
    const needs = here.task("needs", (df: FrameOf<typeof orders>) => df);
    expect(bucket.transform(needs).task).toBe(needs);
  });

  test("takes Polars types only", () => {
    // @ts-expect-error -- a text is no type
    expect(thrownBy(() => provider.bucket("lake", "x.parquet", { schema: { id: "Int64" } }))).toMatchObject({
      code: "OPTION_INVALID",
    });
    // @ts-expect-error -- nor is the function that makes one
    expect(thrownBy(() => provider.bucket("lake", "x.parquet", { schema: { at: pl.Datetime } }))).toMatchObject({
      code: "OPTION_INVALID",
    });
    // @ts-expect-error -- it is nullable already
    expect(thrownBy(() => nullable(nullable(pl.String)))).toMatchObject({ code: "ARGUMENT_INVALID" });
    // @ts-expect-error -- a text is no type
    expect(thrownBy(() => nullable("String"))).toMatchObject({ code: "ARGUMENT_INVALID" });
    const inside = (): unknown =>
      // @ts-expect-error -- nulls inside a list are not looked for
      provider.bucket("lake", "x.parquet", { schema: { list: pl.List(nullable(pl.Int8)) } });
    expect(thrownBy(inside)).toMatchObject({ code: "OPTION_INVALID" });
  });
});

describe("a task", () => {
  const needsOrders = here.task("needs_orders", (df: FrameOf<typeof orders>) => df.filter(pl.col("amount").gt(0)));
  const needsId = here.task("needs_id", (df: LazyDataFrame<{ id: pl.Int64 }>) => df);
  const needsText = here.task("needs_text", (df: LazyDataFrame<{ id: pl.String }>) => df);
  const any = here.task("any", (df) => df);

  test("keeps the type that its argument is annotated with", () => {
    expectTypeOf(needsOrders).parameter(0).toEqualTypeOf<{ readonly df: FrameOf<typeof orders> }>();
    expectTypeOf(any).parameter(0).toEqualTypeOf<SingleSource>();
    expectTypeOf(any).toEqualTypeOf<Task<SingleSource, LazyFrame>>();
    here.task({ name: "with_options", retries: 1 }, (df: FrameOf<typeof orders>) => {
      expectTypeOf(df).toEqualTypeOf<FrameOf<typeof orders>>();
      return df;
    });
  });

  test("goes with a bucket that has the columns that it needs, and with one of which nothing is known", () => {
    expectTypeOf(orders.transform(needsOrders)).toEqualTypeOf<PendingTransform>();
    expect(orders.transform(needsId).task).toBe(needsId);
    expect(orders.transform(any).task).toBe(any);
    expect(customers.transform(needsId).task).toBe(needsId);
    expect(untyped.transform(needsOrders).task).toBe(needsOrders);
    expect(orders.transform(any as AnyTask).to(out).step?.task).toBe(any);
    expect(new Pipeline({ df: orders }).transform(needsOrders).task).toBe(needsOrders);
    expect(Pipeline.named("etl").source(orders).transform(needsId).task).toBe(needsId);
  });

  test("does not go with a bucket that lacks a column, or has it with another type", () => {
    expect(
      compiled(
        // @ts-expect-error -- `customers` has no `amount`
        () => customers.transform(needsOrders),
        // @ts-expect-error -- `id` is no text
        () => orders.transform(needsText),
        // @ts-expect-error -- `customers` has no `amount`
        () => new Pipeline({ df: customers }).transform(needsOrders),
        // @ts-expect-error -- `customers` has no `amount`
        () => Pipeline.named("etl").source(customers).transform(needsOrders),
      ),
    ).toBe(4);
  });

  test("with several sources is checked for each of them", () => {
    type Both = FramesOf<{ orders: typeof orders; customers: typeof customers }>;
    const join = here.task({ name: "join", sources: ["orders", "customers"] }, ({ orders, customers }: Both) =>
      orders.join(customers, { on: "id" }),
    );
    const named = here.task("named", ({ orders, customers }: Both) => orders.join(customers, { on: "id" }));
    expect(new Pipeline({ orders, customers }).transform(join).task).toBe(join);
    expect(new Pipeline({ orders, customers }).transform(named).task).toBe(named);
    expect(new Pipeline({ orders: untyped, customers }).transform(join).task).toBe(join);
    expect(Pipeline.named("etl").sources({ orders, customers }).transform(join).task).toBe(join);
    expect(
      compiled(
        // @ts-expect-error -- they are the wrong way round
        () => new Pipeline({ orders: customers, customers: orders }).transform(join),
        // @ts-expect-error -- they are the wrong way round
        () => new Pipeline({ orders: customers, customers: orders }).transform(named),
        // @ts-expect-error -- they are the wrong way round
        () => Pipeline.named("etl").sources({ orders: customers, customers: orders }).transform(join),
        // @ts-expect-error -- `customers` is missing
        () => new Pipeline({ orders }).transform(join),
        // @ts-expect-error -- the keys of a join must be columns of both
        () => here.task("bad_key", (frames: Both) => frames.orders.join(frames.customers, { on: "name" })),
      ),
    ).toBe(5);
  });
});

describe("a row", () => {
  test("has a value for each column, and null only where it is declared", () => {
    expectTypeOf<RowOf<typeof orders>>().toEqualTypeOf<{ id: number; amount: number; note: string | null }>();
    // oxlint-disable-next-line typescript/no-explicit-any -- as it is without a schema
    expectTypeOf<RowOf<typeof untyped>>().toEqualTypeOf<Record<string, any>>();
  });

  test("is as `toRecords` gives it", async () => {
    const n = pl.col("n").cast(pl.Int64);
    const moment = new Date(1);
    const frame = pl
      .DataFrame({ n: [1] })
      .lazy()
      .select(
        pl.lit(true).alias("bool"),
        n.cast(pl.Int8).alias("int8"),
        n.alias("int64"),
        n.cast(pl.UInt64).alias("uint64"),
        n.cast(pl.Float32).alias("float32"),
        n.cast(pl.String).alias("string"),
        n.cast(pl.String).cast(pl.Categorical).alias("categorical"),
        n.cast(pl.Int32).cast(pl.Date).alias("date"),
        n.cast(pl.Datetime("ms", "UTC")).alias("datetime"),
        n.cast(pl.Time).alias("time"),
        n.cast(pl.Duration("ms")).alias("duration"),
        pl.concatList([n, n]).alias("list"),
        pl.lit(null).cast(pl.String).alias("none"),
      );
    const typed = fakeProviderOf(() => frame).bucket("lake", "types.parquet", {
      schema: {
        bool: pl.Bool,
        int8: pl.Int8,
        int64: pl.Int64,
        uint64: pl.UInt64,
        float32: pl.Float32,
        string: pl.String,
        categorical: pl.Categorical,
        date: pl.Date,
        datetime: pl.Datetime("ms", "UTC"),
        time: pl.Time,
        duration: pl.Duration("ms"),
        list: pl.List(pl.Int64),
        none: nullable(pl.String),
      },
    });
    const row: RowOf<typeof typed> = {
      bool: true,
      int8: 1,
      int64: 1,
      uint64: 1n,
      float32: 1,
      string: "1",
      categorical: "1",
      date: new Date(86_400_000),
      datetime: moment,
      time: "00:00:00.000000001",
      duration: 1,
      list: [1, 1],
      none: null,
    };
    expect((await typed.preview()).toRecords()).toEqual([row]);
  });
});

test("an interface that extends Polars' schema types a task too", () => {
  const task = here.task("typed", (df: LazyDataFrame<Orders>) => df);
  expect(orders.transform(task).task).toBe(task);
});
