import { describe, expect, test } from "vitest";
import { Dag } from "./dag.ts";
import { fakePlugin, fakeProvider, rejectionOf, thrownBy } from "./fake-storage.test-d.ts";
import { NamedPipeline, Pipeline, PipelineStart } from "./pipeline.ts";
import { Provider } from "./provider.ts";
import { Registry } from "./registry.ts";
import { PendingTransform } from "./transform.ts";

const provider = fakeProvider();
const here = provider.local();
const raw = provider.bucket("lake", "raw.parquet");
const sales = provider.bucket("lake", "sales.parquet");
const customers = provider.bucket("lake", "customers.parquet");
const tidy = provider.bucket("lake", "tidy.parquet");
const joined = provider.bucket("lake", "joined.parquet");
const report = provider.bucket("lake", "report.csv");
const clean = here.task("clean", (df) => df);
const count = here.task("count", (df) => df);
const join = here.task({ name: "join", sources: ["sales", "customers"] }, ({ sales }) => sales);

/** A Dag as plain data, to compare two. */
const asData = (dag: Dag): unknown => ({
  name: dag.name,
  description: dag.description,
  steps: dag.steps.map((node) => ({
    name: node.name,
    level: node.level,
    task: node.step.task.name,
    target: node.step.target.uri,
    sources: Object.entries(node.step.sources).map(([name, bucket]) => `${name}: ${bucket.uri}`),
    dependencies: node.dependencies.map((other) => other.name),
  })),
});

describe("several sources", () => {
  test("go to one transform by their names", () => {
    const step = new Pipeline({ sales, customers }).transform(join).to(joined).step;
    expect(step?.sources).toEqual({ sales, customers });
  });

  test("the pipeline is frozen, and a copy of what was given", () => {
    const given = { sales, customers };
    const pipeline = new Pipeline(given);
    given.sales = raw;
    expect(pipeline.sources.sales).toBe(sales);
    expect(Object.isFrozen(pipeline)).toBe(true);
    expect(Object.isFrozen(pipeline.sources)).toBe(true);
    expect(Pipeline.is(pipeline)).toBe(true);
    expect(pipeline.transform(join)).toBeInstanceOf(PendingTransform);
  });

  test("the chain goes on from the target", () => {
    const end = new Pipeline({ sales, customers }).transform(join).to(joined).transform(count).to(report);
    expect(end.lineage.map((step) => step.task.name)).toEqual(["join", "count"]);
  });

  test("a source that a step produces brings its lineage", () => {
    const cleaned = raw.transform(clean).to(sales);
    const end = new Pipeline({ sales: cleaned, customers }).transform(join).to(joined);
    expect(end.lineage.map((step) => step.task.name)).toEqual(["clean", "join"]);
  });

  test.each([
    ["a missing one", { sales }, "Task `join` takes `sales` and `customers`: it is not given `customers`."],
    ["an extra one", { sales, customers, raw }, "Task `join` takes `sales` and `customers`: it does not take `raw`."],
    [
      "a misspelt one",
      { sales, costumers: customers },
      "Task `join` takes `sales` and `customers`: it is not given `customers`, and it does not take `costumers`.",
    ],
  ])("%s is refused by name", (_, sources, message) => {
    const error = thrownBy(() =>
      new Pipeline(sources as { sales: typeof sales; customers: typeof customers }).transform(join),
    );
    expect(error).toMatchObject({
      code: "SOURCES_MISMATCH",
      message,
      hint: "Use `new Pipeline({ sales, customers }).transform(join)`.",
      details: { task: "join", declared: ["sales", "customers"] },
    });
  });

  test.each([
    ["nothing", undefined, "takes its buckets by name, not undefined"],
    ["null", null, "takes its buckets by name, not null"],
    ["a bucket", raw, "takes its buckets by name, not an object"],
    ["a list", [sales, customers], "takes its buckets by name, not an array"],
    ["a text", "sales", 'takes its buckets by name, not "sales"'],
    ["no bucket", {}, "needs at least one source"],
    ["a path", { sales: "sales.parquet" }, 'Source `sales` of a pipeline is no bucket, but "sales.parquet"'],
    ["a missing value", { sales, customers: undefined }, "Source `customers` of a pipeline is no bucket"],
    ["a transform", { sales: raw.transform(clean) }, "Source `sales` of a pipeline is no bucket"],
  ])("%s is refused", (_, sources, message) => {
    expect(thrownBy(() => new Pipeline(sources as never))).toMatchObject({
      code: "ARGUMENT_INVALID",
      message: expect.stringContaining(message),
      hint: expect.any(String),
    });
  });

  test.each(["__proto__", "then", "constructor", "toString", "0", "a b", "日本"])(
    "a source may be called %s",
    (name) => {
      const task = here.task({ name: "odd", sources: [name, "other"] }, (frames) => frames["other"] as never);
      const step = new Pipeline(
        Object.fromEntries([
          [name, sales],
          ["other", customers],
        ]),
      )
        .transform(task)
        .to(joined).step;
      expect(Object.keys(step?.sources ?? {})).toContain(name);
      expect(new Dag([step as never]).sources.map((bucket) => bucket.path).sort()).toEqual([
        "customers.parquet",
        "sales.parquet",
      ]);
    },
  );
});

describe("the builder", () => {
  test("makes the same graph as the chain of buckets", () => {
    const chain = raw.transform(clean).to(tidy).transform(count).to(report).withName("etl", "Counts");
    const built = Pipeline.named("etl", "Counts").source(raw).transform(clean).to(tidy).transform(count).to(report);
    expect(asData(built.build())).toEqual(asData(chain.toDag()));
    expect(built.steps.map((step) => step.task)).toEqual(chain.lineage.map((step) => step.task));
  });

  test("takes several sources", () => {
    const chain = new Pipeline({ sales, customers }).transform(join).to(joined).transform(count).to(report);
    const built = Pipeline.named("sales").sources({ sales, customers }).transform(join).to(joined).transform(count);
    expect(asData(built.to(report).build())).toEqual(asData(chain.withName("sales").toDag()));
  });

  test("gives new values at every step", () => {
    const start = Pipeline.named("etl");
    const first = start.source(raw).transform(clean).to(tidy);
    const second = first.transform(count).to(report);
    expect(start).toBeInstanceOf(PipelineStart);
    expect(first).toBeInstanceOf(NamedPipeline);
    expect([first.steps.length, second.steps.length]).toEqual([1, 2]);
    for (const value of [start, first, second]) expect(Object.isFrozen(value)).toBe(true);
  });

  test("keeps the name to the end", () => {
    const built = Pipeline.named("etl").source(raw).transform(clean).to(tidy).transform(count).to(report);
    expect(built.name).toBe("etl");
    expect(built.target.name).toBe("etl");
    expect(built.visualize()).toContain('title: "etl"');
  });

  test.each(["", " ", null, undefined, 4, "a\tb"])("refuses the name %j", (name) => {
    expect(thrownBy(() => Pipeline.named(name as string))).toMatchObject({ code: "PIPELINE_NAME_INVALID" });
  });

  test("refuses what is no bucket or task", () => {
    const start = Pipeline.named("etl");
    expect(thrownBy(() => start.source(null as never))).toMatchObject({ code: "ARGUMENT_INVALID" });
    expect(thrownBy(() => start.sources({ sales: 5 } as never))).toMatchObject({ code: "ARGUMENT_INVALID" });
    expect(thrownBy(() => start.source(raw).transform(count.name as never))).toMatchObject({
      code: "ARGUMENT_INVALID",
    });
    expect(thrownBy(() => start.source(raw).transform(join as never))).toMatchObject({ code: "SOURCES_MISMATCH" });
    expect(
      thrownBy(() =>
        start
          .source(raw)
          .transform(clean)
          .to("tidy" as never),
      ),
    ).toMatchObject({
      code: "ARGUMENT_INVALID",
    });
  });
});

describe("a pipeline object", () => {
  const chain = raw.transform(clean).to(tidy).transform(count).to(report).withName("etl", "Counts");
  const pipeline = chain.toPipeline();

  test("is the bucket with another face", () => {
    expect(pipeline).toBeInstanceOf(NamedPipeline);
    expect(Pipeline.is(pipeline)).toBe(true);
    expect(pipeline).toMatchObject({ name: "etl", description: "Counts" });
    expect(pipeline.target.uri).toBe(report.uri);
    expect(pipeline.steps).toEqual(chain.lineage);
    expect(asData(pipeline.toDag())).toEqual(asData(chain.toDag()));
    expect(pipeline.visualize()).toBe(chain.visualize());
  });

  test("of an unnamed bucket is called as its path", () => {
    expect(raw.transform(clean).to(tidy).toPipeline().name).toBe("tidy.parquet");
  });

  test("runs as its bucket does", async () => {
    const registry = new Registry({
      modes: [{ name: "local", run: async (dag, options) => [dag.name, dag.steps.length, options] }],
    });
    const own = new Provider(fakePlugin(), { registry });
    const run = raw
      .transform(clean)
      .to(own.bucket("lake", "x.csv"))
      .withName("own")
      .toPipeline()
      .run({ failFast: true });
    expect(await run).toEqual(["own", 1, { failFast: true }]);
  });

  test("rejects rather than throws when its run is refused", async () => {
    expect(await rejectionOf(pipeline.run({ mode: "nope" } as never))).toMatchObject({ code: "MODE_UNKNOWN" });
  });

  test("can be chained on", () => {
    const longer = pipeline.transform(here.task("more", (df) => df)).to(joined);
    expect(longer.steps.map((step) => step.task.name)).toEqual(["clean", "count", "more"]);
    expect(longer.name).toBe("etl");
    expect(pipeline.steps).toHaveLength(2);
  });
});
