// What the compiler accepts and refuses; `tsc -p tsconfig.test.json` checks it. Where a line must not compile, it also
// shows that the value is refused when it gets there all the same.
import pl, { type DataFrame } from "nodejs-polars";
import { describe, expect, expectTypeOf, test } from "vitest";
import type { Bucket } from "./bucket.ts";
import type { ExecutionResource } from "./executor.ts";
import { fakeProvider, fakeStorage, rejectionOf, thrownBy } from "./fake-storage.test-d.ts";
import type { Frame, LazyFrame, Sources } from "./frame.ts";
import type { RunArguments } from "./mode.ts";
import { aString, aWholeNumber, required } from "./options.ts";
import { type NamedPipeline, Pipeline } from "./pipeline.ts";
import type { ExecutorFace, ProviderPlugin } from "./plugin.ts";
import { Provider } from "./provider.ts";
import type { RunOptions, RunResult } from "./run.ts";
import type { Task } from "./task.ts";
import type { PendingTransform } from "./transform.ts";

const provider = fakeProvider();
const here = provider.local();
const raw = provider.bucket("lake", "raw.parquet");
const sales = provider.bucket("lake", "sales.parquet");
const customers = provider.bucket("lake", "customers.parquet");
const out = provider.bucket("lake", "out.parquet");
const clean = here.task("clean", (df) => df);
const join = here.task({ name: "join", sources: ["sales", "customers"] }, (frames) =>
  frames.sales.join(frames.customers, { on: "id" }),
);

/** For what need only compile: it is never called. How many there are. */
const compiled = (...uses: readonly (() => unknown)[]): number => uses.length;

describe("the chain", () => {
  test("goes from bucket to transform to bucket", () => {
    expectTypeOf(raw.transform(clean)).toEqualTypeOf<PendingTransform>();
    expectTypeOf(raw.transform(clean).to(out)).toEqualTypeOf<Bucket>();
    expectTypeOf(new Pipeline({ sales, customers }).transform(join).to(out)).toEqualTypeOf<Bucket>();
    expectTypeOf(Pipeline.named("etl").source(raw).transform(clean).to(out)).toEqualTypeOf<NamedPipeline>();
    expectTypeOf<ReturnType<Bucket["preview"]>>().resolves.toEqualTypeOf<DataFrame>();
  });

  test("never comes out of a transform without a target", () => {
    const pending = raw.transform(clean);
    compiled(() => {
      expectTypeOf(pending.transform(clean)).toBeNever();
      expectTypeOf(pending.withName("etl")).toBeNever();
      expectTypeOf(pending.toDag()).toBeNever();
    });
    // @ts-expect-error -- a transform is no bucket
    expect(thrownBy(() => pending.to(pending))).toMatchObject({ code: "ARGUMENT_INVALID" });
    // @ts-expect-error -- a path is no bucket
    expect(thrownBy(() => pending.to("out.parquet"))).toMatchObject({ code: "ARGUMENT_INVALID" });
  });

  test("takes tasks, not functions", () => {
    // @ts-expect-error -- a function is no task
    expect(thrownBy(() => raw.transform((df: LazyFrame) => df))).toMatchObject({ code: "ARGUMENT_INVALID" });
  });
});

describe("sources", () => {
  test("of the names that the task takes compile", () => {
    expect(new Pipeline({ customers, sales }).transform(join).task).toBe(join);
    expect(Pipeline.named("etl").sources({ sales, customers }).transform(join).task).toBe(join);
    expect(new Pipeline({ df: raw }).transform(clean).task).toBe(clean);
  });

  test("of other names do not", () => {
    const mismatch = { code: "SOURCES_MISMATCH" };
    // @ts-expect-error -- `customers` is missing
    expect(thrownBy(() => new Pipeline({ sales }).transform(join))).toMatchObject(mismatch);
    // @ts-expect-error -- `costumers` is misspelt
    expect(thrownBy(() => new Pipeline({ sales, costumers: customers }).transform(join))).toMatchObject(mismatch);
    // @ts-expect-error -- `raw` is one too many
    expect(thrownBy(() => new Pipeline({ sales, customers, raw }).transform(join))).toMatchObject(mismatch);
    // @ts-expect-error -- a bucket alone is not two sources
    expect(thrownBy(() => raw.transform(join))).toMatchObject(mismatch);
    // @ts-expect-error -- and in the builder
    expect(thrownBy(() => Pipeline.named("etl").sources({ sales }).transform(join))).toMatchObject(mismatch);
    // @ts-expect-error -- nor there
    expect(thrownBy(() => Pipeline.named("etl").source(raw).transform(join))).toMatchObject(mismatch);
  });

  test("of a task that takes one frame are not two", () => {
    // @ts-expect-error -- `clean` takes one frame
    expect(compiled(() => new Pipeline({ sales, customers }).transform(clean))).toBe(1);
  });

  test("named in the function's own argument are checked as well", () => {
    const typed = here.task("typed", ({ left, right }: Sources<"left" | "right">) => left.join(right, { on: "id" }));
    expectTypeOf(typed).toExtend<Task<Sources<"left" | "right">, LazyFrame>>();
    expect(
      compiled(
        () => new Pipeline({ left: sales, right: customers }).transform(typed),
        // @ts-expect-error -- the names are `left` and `right`
        () => new Pipeline({ sales, customers }).transform(typed),
        // @ts-expect-error -- a bucket alone is not two sources
        () => raw.transform(typed),
      ),
    ).toBe(3);
  });

  test("that were not declared can't be asked for", () => {
    // @ts-expect-error -- there is no `costumers`
    here.task({ name: "join", sources: ["sales", "customers"] }, ({ sales, costumers }) => costumers ?? sales);
    expect(
      compiled(
        // @ts-expect-error -- a list is not sources by name
        () => new Pipeline([sales, customers]),
        // @ts-expect-error -- a path is no bucket
        () => new Pipeline({ sales: "sales.parquet" }),
        // @ts-expect-error -- nor is a transform
        () => new Pipeline({ sales: raw.transform(clean) }),
      ),
    ).toBe(3);
  });
});

describe("a task", () => {
  const df = pl.DataFrame({ id: [1] }).lazy();

  test("gets a lazy frame", () => {
    here.task("clean", (frame) => {
      expectTypeOf(frame).toEqualTypeOf<LazyFrame>();
      return frame;
    });
    here.task({ name: "join", sources: ["a", "b"], retries: 1 }, (frames) => {
      expectTypeOf(frames).toEqualTypeOf<Sources<"a" | "b">>();
      expectTypeOf(frames.a).toEqualTypeOf<LazyFrame>();
      return frames.a;
    });
  });

  test("called directly gives what its function returns: a lazy frame stays lazy", async () => {
    expectTypeOf(clean({ df })).resolves.toEqualTypeOf<LazyFrame>();
    const eager = here.task("eager", (frame) => frame.collectSync());
    expectTypeOf(eager({ df })).resolves.toEqualTypeOf<ReturnType<LazyFrame["collectSync"]>>();
    const slow = here.task("slow", async (frame) => frame.limit(1));
    expectTypeOf(slow({ df })).resolves.toExtend<Frame>();
    expect((await (await slow({ df })).collect()).height).toBe(1);
    expectTypeOf(join).parameter(0).toEqualTypeOf<Sources<"sales" | "customers">>();
  });

  test("called directly wants its own sources", async () => {
    // @ts-expect-error -- the frames go by name
    expect(await rejectionOf(clean(df))).toMatchObject({ code: "ARGUMENT_INVALID" });
    // @ts-expect-error -- `customers` is missing
    expect(await rejectionOf(join({ sales: df }))).toMatchObject({ code: "SOURCES_MISMATCH" });
  });

  test("that returns no frame does not compile", async () => {
    // @ts-expect-error -- a number is no frame
    const number = here.task("number", () => 5);
    // @ts-expect-error -- nor is nothing
    const nothing = here.task("nothing", (frame) => {
      frame.limit(1);
    });
    // @ts-expect-error -- nor a promise of a text
    here.task("text", async () => "done");
    // @ts-expect-error -- nor a group-by without `agg`
    here.task({ name: "grouped" }, (frame) => frame.groupBy("id"));
    for (const task of [number, nothing]) {
      expect(await rejectionOf((task as unknown as typeof clean)({ df }))).toMatchObject({
        code: "TASK_RESULT_INVALID",
      });
    }
  });

  test("has options of its own", () => {
    here.task({ name: "clean", timeout: "5m", retries: 2, cache: true }, (frame) => frame);
    // @ts-expect-error -- `retrys` is misspelt
    expect(thrownBy(() => here.task({ name: "clean", retrys: 2 }, (frame) => frame))).toMatchObject({
      code: "OPTION_UNKNOWN",
    });
    // @ts-expect-error -- days are not a unit
    expect(thrownBy(() => here.task({ name: "clean", timeout: "5d" }, (frame) => frame))).toMatchObject({
      code: "OPTION_INVALID",
    });
    // @ts-expect-error -- a number of retries is a number
    expect(thrownBy(() => here.task({ name: "clean", retries: "2" }, (frame) => frame))).toMatchObject({
      code: "OPTION_INVALID",
    });
  });
});

describe("executors", () => {
  const serverless: ExecutorFace<{ memory?: number }> = { options: { memory: aWholeNumber(128) } };
  const spark: ExecutorFace<{ master: string }> = { options: { master: required(aString) } };
  const cloud = new Provider({ name: "cloud", storage: fakeStorage(), executors: { serverless, spark } });

  test("are those of the plugin, with their options", () => {
    expectTypeOf(cloud.serverless({ memory: 512 })).toEqualTypeOf<ExecutionResource<"serverless">>();
    expectTypeOf(cloud.serverless()).toEqualTypeOf<ExecutionResource<"serverless">>();
    expectTypeOf(cloud.spark({ master: "local" })).toEqualTypeOf<ExecutionResource<"spark">>();
    expectTypeOf(cloud.local()).toEqualTypeOf<ExecutionResource<"local">>();
  });

  test("that the provider has not got do not compile", () => {
    // @ts-expect-error -- the fake plugin has no executors of its own
    expect(thrownBy(() => provider.serverless())).toMatchObject({ code: "EXECUTOR_UNKNOWN" });
    // @ts-expect-error -- the cloud has no such kind
    expect(thrownBy(() => cloud.queue())).toBeInstanceOf(TypeError);
  });

  test("with wrong options do not compile", () => {
    // @ts-expect-error -- memory is a number
    expect(thrownBy(() => cloud.serverless({ memory: "512" }))).toMatchObject({ code: "OPTION_INVALID" });
    // @ts-expect-error -- `memori` is misspelt
    expect(thrownBy(() => cloud.serverless({ memori: 512 }))).toMatchObject({ code: "OPTION_UNKNOWN" });
    // @ts-expect-error -- the master is needed
    expect(thrownBy(() => cloud.spark())).toMatchObject({ code: "OPTION_MISSING" });
    // @ts-expect-error -- here too
    expect(thrownBy(() => cloud.spark({}))).toMatchObject({ code: "OPTION_MISSING" });
    // @ts-expect-error -- `local` takes none
    expect(thrownBy(() => cloud.local({ threads: 1 }))).toMatchObject({ code: "OPTION_UNKNOWN" });
  });

  test("of a plugin whose type is not known are asked for by name", () => {
    const any: ProviderPlugin = { name: "any", executors: { serverless } };
    const wide = new Provider(any);
    expectTypeOf(wide.local()).toEqualTypeOf<ExecutionResource<"local">>();
    expect(wide.executor("serverless").kind).toBe("serverless");
    // @ts-expect-error -- nothing is known of it but its name
    expect(thrownBy(() => wide.serverless().kind())).toBeInstanceOf(TypeError);
  });
});

describe("the options of a bucket", () => {
  test("follow from the ending of its path", () => {
    provider.bucket("lake", "x.csv", { scan: { separator: ";" }, sink: { includeHeader: false } });
    provider.bucket("lake", "x.parquet", { sink: { compression: "lz4" } });
    provider.bucket({ bucket: "lake", path: "x.csv", scan: { separator: ";" } });
    // @ts-expect-error -- Parquet has no separator
    expect(thrownBy(() => provider.bucket("lake", "x.parquet", { scan: { separator: ";" } }))).toMatchObject({
      code: "OPTION_UNKNOWN",
    });
    expect(
      // @ts-expect-error -- in one object neither
      thrownBy(() => provider.bucket({ bucket: "lake", path: "x.parquet", scan: { separator: ";" } })),
    ).toMatchObject({ code: "OPTION_UNKNOWN" });
    // @ts-expect-error -- `seperator` is misspelt
    expect(thrownBy(() => provider.bucket("lake", "x.csv", { scan: { seperator: ";" } }))).toMatchObject({
      code: "OPTION_UNKNOWN",
    });
    // @ts-expect-error -- no such codec
    expect(thrownBy(() => provider.bucket("lake", "x.parquet", { sink: { compression: "zip" } }))).toMatchObject({
      code: "OPTION_INVALID",
    });
  });

  test("follow from its format, where that is given", () => {
    provider.bucket("lake", "x.txt", { format: "csv", scan: { separator: ";" } });
    provider.bucket("lake", "x.csv", { format: "parquet", sink: { compression: "lz4" } });
    expect(
      // @ts-expect-error -- it is Parquet, whatever its ending
      thrownBy(() => provider.bucket("lake", "x.csv", { format: "parquet", scan: { separator: ";" } })),
    ).toMatchObject({ code: "OPTION_UNKNOWN" });
    // @ts-expect-error -- there is no such format
    expect(thrownBy(() => provider.bucket("lake", "x.csv", { format: "xlsx" }))).toMatchObject({
      code: "OPTION_INVALID",
    });
  });

  test("are those of any format for a path that is only known when it runs", () => {
    const path: string = ["x", "csv"].join(".");
    expect(provider.bucket("lake", path, { scan: { separator: ";" } }).scanOptions).toEqual({ separator: ";" });
  });
});

describe("run", () => {
  const etl = raw.transform(clean).to(out);

  test("gives the result of mode local, unless another is asked for", () => {
    compiled(() => {
      expectTypeOf(etl.run()).resolves.toEqualTypeOf<RunResult>();
      expectTypeOf(etl.run({ mode: "local", concurrency: 2 })).resolves.toEqualTypeOf<RunResult>();
      expectTypeOf(etl.toPipeline().run({ failFast: true })).resolves.toEqualTypeOf<RunResult>();
      expectTypeOf(raw.transform(clean).run()).resolves.toEqualTypeOf<LazyFrame>();
    });
    expectTypeOf<RunArguments<"local">>().toExtend<RunOptions>();
  });

  test("refuses options and modes that are not there", () => {
    compiled(() => {
      // @ts-expect-error -- `concurency` is misspelt
      void etl.run({ concurency: 2 });
      // @ts-expect-error -- no package has merged this mode in
      void etl.run({ mode: "no-such-mode" });
      // @ts-expect-error -- options are an object
      void etl.run("local");
    });
    expect(etl.lineage).toHaveLength(1);
  });
});
