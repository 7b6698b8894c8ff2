// Every way to compose a pipeline, run for real on small files.
import { beforeEach, describe, expect, test } from "vitest";
import { type AnyTask, type Bucket, Dag, type LazyFrame, Pipeline, Provider, type RunResult } from "@glacier/core";
import { local } from "@glacier/provider-local";
import pl from "nodejs-polars";
import { everythingIn, put, temporaryFolder, textOf } from "./folder.ts";

let root: string;
let provider: ReturnType<typeof providerAt>;
let here: ReturnType<typeof provider.local>;

const providerAt = (folder: string) => new Provider(local({ root: folder }));
const bucket = (path: string): Bucket => provider.bucket("data", path);
const rowsOf = async (result: RunResult | LazyFrame): Promise<unknown[]> => {
  const frame = "frame" in result ? await result.frame() : result;
  return (await frame.collect()).toRecords();
};
const stepsOf = (result: RunResult): unknown[] => result.steps.map(({ name, outcome }) => [name, outcome.status]);
const written = async (): Promise<string[]> =>
  Object.keys(await everythingIn(root)).filter((path) => /\.\w+$/.test(path) && !path.startsWith(".glacier"));

beforeEach(async () => {
  root = await temporaryFolder();
  provider = providerAt(root);
  here = provider.local();
  await put(root, {
    "data/raw.csv": "region,value\nnorth,1\nsouth,2\nnorth,3\nwest,\n",
    "data/sales.csv": "customer_id,product_id,revenue\n1,10,5\n2,10,7\n1,11,11\n",
    "data/customers.csv": "customer_id,region\n1,north\n2,south\n",
    "data/products.csv": "product_id,product\n10,bolt\n11,nut\n",
  });
});

const extract = () => here.task("extract", (df) => df.filter(pl.col("value").isNotNull()));
const double = () => here.task("double", (df) => df.withColumn(pl.col("value").mul(2).alias("doubled")));
const aggregate = () =>
  here.task("aggregate", (df) => df.groupBy("region").agg(pl.col("doubled").sum().alias("total")).sort("region"));
const totals = [
  { region: "north", total: 8 },
  { region: "south", total: 4 },
];

test("sequential: three steps, each through storage", async () => {
  const result = await bucket("raw.csv")
    .transform(extract())
    .to(bucket("int1.parquet"))
    .transform(double())
    .to(bucket("int2.parquet"))
    .transform(aggregate())
    .to(bucket("output.parquet"))
    .run();
  expect(result.status).toBe("succeeded");
  expect(stepsOf(result)).toEqual([
    ["extract", "succeeded"],
    ["double", "succeeded"],
    ["aggregate", "succeeded"],
  ]);
  expect(result.steps.map(({ outcome }) => outcome.status === "succeeded" && outcome.rows)).toEqual([3, 3, 2]);
  expect(await rowsOf(result)).toEqual(totals);
  expect(await rowsOf(await result.frame(bucket("int1.parquet")))).toHaveLength(3);
  expect(await written()).toEqual(
    expect.arrayContaining(["data/int1.parquet", "data/int2.parquet", "data/output.parquet"]),
  );
});

describe("named", () => {
  test("a chain with a name runs, and is drawn, under it", async () => {
    const etl = bucket("raw.csv")
      .transform(extract())
      .to(bucket("intermediate.parquet"))
      .transform(double())
      .to(bucket("output.csv"))
      .withName("etl_pipeline", "Extract, transform, load");
    expect(etl.visualize()).toContain('title: "etl_pipeline"');
    expect(etl.toPipeline()).toMatchObject({ name: "etl_pipeline", description: "Extract, transform, load" });
    const result = await etl.run({ mode: "local" });
    expect(result.target.path).toBe("output.csv");
    expect(await textOf(root, "data/output.csv")).toBe("region,value,doubled\nnorth,1,2.0\nsouth,2,4.0\nnorth,3,6.0\n");
  });

  test("the builder and the pipeline object run to the same rows", async () => {
    const built = Pipeline.named("etl")
      .source(bucket("raw.csv"))
      .transform(extract())
      .to(bucket("a.parquet"))
      .transform(double())
      .to(bucket("b.parquet"))
      .transform(aggregate())
      .to(bucket("c.parquet"));
    expect(await rowsOf(await built.run())).toEqual(totals);
    expect(await rowsOf(await built.target.toPipeline().run())).toEqual(totals);
  });
});

describe("several sources", () => {
  const joinSales = () =>
    here.task({ name: "join_sales", sources: ["sales", "customers"] }, ({ sales, customers }) =>
      sales.join(customers, { on: "customer_id", how: "left" }),
    );
  const enrich = () =>
    here.task({ name: "enrich", sources: ["joined", "products"] }, ({ joined, products }) =>
      joined.join(products, { on: "product_id", how: "left" }),
    );
  const perRegion = () =>
    here.task("per_region", (df) =>
      df.groupBy(["region", "product"]).agg(pl.col("revenue").sum()).sort(["region", "product"]),
    );
  const expected = [
    { region: "north", product: "bolt", revenue: 5 },
    { region: "north", product: "nut", revenue: 11 },
    { region: "south", product: "bolt", revenue: 7 },
  ];

  test("two joins in a row, then one source from there", async () => {
    const joined = new Pipeline({ sales: bucket("sales.csv"), customers: bucket("customers.csv") })
      .transform(joinSales())
      .to(bucket("joined.parquet"));
    const output = new Pipeline({ joined, products: bucket("products.csv") })
      .transform(enrich())
      .to(bucket("enriched.parquet"))
      .transform(perRegion())
      .to(bucket("output.ndjson"));
    const result = await output.run();
    expect(stepsOf(result)).toEqual([
      ["join_sales", "succeeded"],
      ["enrich", "succeeded"],
      ["per_region", "succeeded"],
    ]);
    expect(await rowsOf(result)).toEqual(expected);
    expect(
      (await textOf(root, "data/output.ndjson"))
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual(expected);
  });

  test("with the builder", async () => {
    const joined = Pipeline.named("sales")
      .sources({ sales: bucket("sales.csv"), customers: bucket("customers.csv") })
      .transform(joinSales())
      .to(bucket("joined.parquet"));
    expect(await rowsOf(await joined.run())).toHaveLength(3);
  });

  test("a join task on one bucket does not compile, and is refused", () => {
    const joined = bucket("joined.parquet");
    // @ts-expect-error -- it takes `joined` and `products`
    expect(() => joined.transform(enrich())).toThrow("it is not given `joined` and `products`");
  });

  test("one bucket under two names: each employee with the manager", async () => {
    await put(root, { "data/staff.csv": "id,name,boss\n1,Ada,\n2,Bob,1\n" });
    const staff = bucket("staff.csv");
    const managers = here.task({ name: "managers", sources: ["staff", "bosses"] }, ({ staff, bosses }) =>
      staff.join(bosses.select(pl.col("id").alias("boss"), pl.col("name").alias("boss_name")), { on: "boss" }),
    );
    const result = await new Pipeline({ staff, bosses: staff }).transform(managers).to(bucket("managers.csv")).run();
    expect(await rowsOf(result)).toEqual([{ id: 2, name: "Bob", boss: 1, boss_name: "Ada" }]);
  });

  test("a diamond runs its shared step once", async () => {
    let calls = 0;
    const counted = here.task("counted", (df) => {
      calls += 1;
      return df.filter(pl.col("value").isNotNull());
    });
    const shared = bucket("raw.csv").transform(counted).to(bucket("shared.parquet"));
    const low = here.task("low", (df) => df.filter(pl.col("value").lt(3)));
    const high = here.task("high", (df) => df.filter(pl.col("value").gtEq(3)));
    const meet = here.task({ name: "meet", sources: ["lows", "highs"] }, ({ lows, highs }) =>
      pl.concat([lows, highs]).sort("value"),
    );
    const end = new Pipeline({
      lows: shared.transform(low).to(bucket("low.parquet")),
      highs: shared.transform(high).to(bucket("high.parquet")),
    })
      .transform(meet)
      .to(bucket("end.parquet"));
    const result = await end.run();
    expect(calls).toBe(1);
    expect(result.steps).toHaveLength(4);
    expect((await rowsOf(result)).map((row) => (row as { value: number }).value)).toEqual([1, 2, 3]);
  });
});

describe("reusable references", () => {
  test("two pipelines that share a bucket run one after the other, or as one chain", async () => {
    const clean = bucket("clean.parquet");
    const first = bucket("raw.csv").transform(extract()).to(clean);
    const second = clean.transform(double()).to(bucket("output.parquet"));
    await expect(second.run()).rejects.toMatchObject({
      code: "CHECK_FAILED",
      details: { findings: [{ code: "SOURCE_NOT_FOUND", bucket: "data/clean.parquet" }] },
    });
    expect(stepsOf(await first.run())).toEqual([["extract", "succeeded"]]);
    expect(stepsOf(await second.run())).toEqual([["double", "succeeded"]]);
    const full = bucket("raw.csv").transform(extract()).to(clean).transform(double()).to(bucket("output2.parquet"));
    expect(await rowsOf(await full.run())).toEqual(await rowsOf(await bucket("output.parquet").scan()));
  });

  test("or together as one graph, in the right order", async () => {
    const clean = bucket("clean.parquet");
    const dag = Dag.of([
      clean.transform(double()).to(bucket("output.parquet")),
      bucket("raw.csv").transform(extract()).to(clean),
    ]);
    const mode = await provider.registry.mode("local");
    const result = (await mode.run(dag, {})) as RunResult;
    expect(stepsOf(result)).toEqual([
      ["extract", "succeeded"],
      ["double", "succeeded"],
    ]);
  });

  test("one task serves several steps", async () => {
    const keep = here.task("keep", (df) => df.limit(1));
    const dag = Dag.of([
      bucket("sales.csv").transform(keep).to(bucket("one_sale.csv")),
      bucket("products.csv").transform(keep).to(bucket("one_product.csv")),
    ]);
    const result = (await (await provider.registry.mode("local")).run(dag, {})) as RunResult;
    expect(stepsOf(result)).toEqual([
      ["keep@data/one_product.csv", "succeeded"],
      ["keep@data/one_sale.csv", "succeeded"],
    ]);
    expect(await textOf(root, "data/one_product.csv")).toBe("product_id,product\n10,bolt\n");
  });
});

test.each([
  ["full", ["extract", "double"], ["region", "value", "doubled"]],
  ["quick", ["extract"], ["region", "value"]],
])("conditional: the %s one has the steps %j", async (kind, steps, columns) => {
  const build = (): Bucket => {
    const raw = bucket("raw.csv");
    const output = bucket("output.parquet");
    if (kind !== "full") return raw.transform(extract()).to(output);
    return raw.transform(extract()).to(bucket("intermediate.parquet")).transform(double()).to(output);
  };
  const result = await build().run();
  expect(result.steps.map(({ name }) => name)).toEqual(steps);
  expect((await result.frame()).columns).toEqual(columns);
});

test("dynamic: a chain from lists of tasks and buckets", async () => {
  const build = (tasks: readonly AnyTask[], [first, ...targets]: readonly [Bucket, ...Bucket[]]): Bucket =>
    targets.reduce((chain, target, index) => chain.transform(tasks[index] as AnyTask).to(target), first);
  const paths = ["raw.csv", "step1.parquet", "step2.csv", "step3.ndjson"];
  const buckets = paths.map(bucket) as [Bucket, ...Bucket[]];
  const result = await build([extract(), double(), aggregate()], buckets).run();
  expect(result.steps.map(({ name }) => name)).toEqual(["extract", "double", "aggregate"]);
  expect(await rowsOf(result)).toEqual(totals);
});

test("dynamic: one step for each file, and one that reads them all by a glob", async () => {
  const days = ["mon", "tue", "wed"];
  const dayTask = here.task("day", (df) => df.limit(1));
  const parts = days.map((day) =>
    bucket("raw.csv")
      .transform(dayTask)
      .to(bucket(`days/${day}.parquet`)),
  );
  const all = bucket("days/*.parquet")
    .transform(here.task("all", (df) => df))
    .to(bucket("all.parquet"));
  const result = (await (await provider.registry.mode("local")).run(Dag.of([all, ...parts]), {})) as RunResult;
  expect(result.steps.map(({ name }) => name)).toEqual([
    "day@data/days/mon.parquet",
    "day@data/days/tue.parquet",
    "day@data/days/wed.parquet",
    "all",
  ]);
  expect(await rowsOf(result)).toHaveLength(3);
});

describe("interactive", () => {
  test("a transform can be run and previewed, and writes nothing", async () => {
    const before = await everythingIn(root);
    const pending = bucket("raw.csv").transform(extract());
    const frame = await pending.run();
    expect(await rowsOf(frame)).toHaveLength(3);
    expect((await pending.preview(2)).height).toBe(2);
    expect((await bucket("raw.csv").preview()).height).toBe(4);
    expect((await bucket("raw.csv").scan()).columns).toEqual(["region", "value"]);
    expect(await everythingIn(root)).toEqual(before);
    await pending.to(bucket("intermediate.parquet")).run();
    expect(await written()).toContain("data/intermediate.parquet");
  });

  test("several sources too", async () => {
    const before = await everythingIn(root);
    const both = here.task({ name: "both", sources: ["sales", "customers"] }, ({ sales, customers }) =>
      sales.join(customers, { on: "customer_id" }),
    );
    const pending = new Pipeline({ sales: bucket("sales.csv"), customers: bucket("customers.csv") }).transform(both);
    expect((await pending.preview()).columns).toEqual(["customer_id", "product_id", "revenue", "region"]);
    expect(await everythingIn(root)).toEqual(before);
  });

  test("on what a step would produce, says to run that first", async () => {
    const cleaned = bucket("raw.csv").transform(extract()).to(bucket("clean.parquet"));
    await expect(cleaned.transform(double()).preview()).rejects.toMatchObject({
      code: "SOURCE_NOT_FOUND",
      message: expect.stringContaining("`data/clean.parquet`"),
      hint: expect.stringContaining("Step `extract` writes it: run that first."),
    });
    await cleaned.run();
    expect((await cleaned.transform(double()).preview()).height).toBe(3);
  });

  test("a task can be called by itself", async () => {
    const df = pl.DataFrame({ region: ["a", "b"], value: [1, null] }).lazy();
    expect(await rowsOf(await extract()({ df }))).toEqual([{ region: "a", value: 1 }]);
  });
});

test("partial: the first part, and later the rest from there", async () => {
  const first = bucket("raw.csv").transform(extract()).to(bucket("int1.parquet"));
  await first.run();
  expect(await written()).not.toContain("data/int2.parquet");
  const before = (await everythingIn(root))["data/int1.parquet"];
  const rest = bucket("int1.parquet")
    .transform(double())
    .to(bucket("int2.parquet"))
    .transform(aggregate())
    .to(bucket("output.parquet"));
  const result = await rest.run();
  expect(result.steps.map(({ name }) => name)).toEqual(["double", "aggregate"]);
  expect(await rowsOf(result)).toEqual(totals);
  expect((await everythingIn(root))["data/int1.parquet"]).toBe(before);
  const whole = first
    .transform(double())
    .to(bucket("int2.parquet"))
    .transform(aggregate())
    .to(bucket("output.parquet"));
  expect((await whole.run()).steps).toHaveLength(3);
});
