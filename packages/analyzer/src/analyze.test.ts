import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Bucket, defaultRegistry, Pipeline, Provider } from "@glacier/core";
import { local } from "@glacier/provider-local";
import pl, { type DataFrame } from "nodejs-polars";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Analysis } from "./analysis.ts";
import { mode } from "./mode.ts";

async function makeLake(): Promise<{
  provider: Provider;
  put: (bucket: Bucket, data: DataFrame) => Promise<void>;
  root: string;
}> {
  const root = await mkdtemp(join(tmpdir(), "glacier-analyze-"));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  const put = async (bucket: Bucket, data: DataFrame): Promise<void> => {
    const { uri } = bucket.storage.scan(bucket.location);
    await mkdir(dirname(uri), { recursive: true });
    if (bucket.format === "csv") data.writeCSV(uri);
    else data.writeParquet(uri);
  };
  return { provider: new Provider(local({ root })), put, root };
}

const orders = pl.DataFrame({
  id: pl.Series(
    "id",
    Array.from({ length: 1_000 }, (_, at) => at),
    pl.Int64,
  ),
  state: Array.from({ length: 1_000 }, (_, at) => (at % 3 === 0 ? "paid" : "open")),
  amount: Array.from({ length: 1_000 }, (_, at) => at / 7),
});

describe("mode `analyze`", () => {
  it("says what a pipeline does, and runs nothing", async () => {
    const { provider, put, root } = await makeLake();
    const here = provider.executor("local");
    const raw = provider.bucket("in", "orders.parquet");
    await put(raw, orders);
    const paid = here.task("paid", (df) => df.filter(pl.col("state").eq(pl.lit("paid"))).select("id", "amount"));
    const sum = here.task("sum", (df) => df.select(pl.col("amount").sum()));
    const etl = raw
      .transform(paid)
      .to(provider.bucket("out", "paid.parquet"))
      .transform(sum)
      .to(provider.bucket("out", "sum.parquet"))
      .withName("etl");
    const before = await readdir(root, { recursive: true });
    const analysis: Analysis = await etl.run({ mode: "analyze" });
    expect(await readdir(root, { recursive: true })).toEqual(before);

    expect(analysis.pipeline).toBe("etl");
    expect(analysis.issues).toEqual([]);
    expect(analysis.schemas).toEqual({
      "in/orders.parquet": [
        { name: "id", type: "Int64" },
        { name: "state", type: "String" },
        { name: "amount", type: "Float64" },
      ],
      "out/paid.parquet": [
        { name: "id", type: "Int64" },
        { name: "amount", type: "Float64" },
      ],
      "out/sum.parquet": [{ name: "amount", type: "Float64" }],
    });
    expect(analysis.columnsRead).toEqual({
      paid: { df: { columns: ["id", "state", "amount"], of: 3 } },
      sum: { df: { columns: ["amount"], of: 2 } },
    });
    expect(analysis.columnLineage.buckets.map(({ bucket, step }) => [bucket, step])).toEqual([
      ["out/paid.parquet", "paid"],
      ["out/sum.parquet", "sum"],
    ]);
    expect(analysis.steps).toMatchObject([
      { name: "paid", executor: "local", rows: { expected: 100, atMost: 1_000 } },
      { name: "sum", executor: "local", rows: { expected: 1, atMost: 1 } },
    ]);
    const [first, second] = analysis.steps;
    expect(first?.bytesRead).toBe(analysis.buckets[0]?.bytes);
    // One of two columns of the same width, and never more than there is.
    expect(second?.bytesRead).toBeCloseTo((first?.bytesWritten ?? 0) / 2, -1);
    expect(analysis.cost).toBeNull();
    expect(JSON.parse(JSON.stringify(analysis))).toEqual(analysis);
  });

  it("has no path of this machine in it", async () => {
    const { provider, put, root } = await makeLake();
    const raw = provider.bucket("in", "orders.csv");
    await put(raw, orders);
    const etl = raw.transform(provider.executor("local").task("copy", (df) => df)).to(provider.bucket("out", "o.csv"));
    expect(JSON.stringify(await etl.run({ mode: "analyze" }))).not.toContain(root);
  });

  it("estimates the rows of text from its first lines", async () => {
    const { provider, put } = await makeLake();
    const raw = provider.bucket("in", "orders.csv");
    await put(raw, pl.concat([orders, orders, orders]));
    const etl = raw.transform(provider.executor("local").task("copy", (df) => df)).to(provider.bucket("out", "o.csv"));
    const { buckets, steps } = await etl.run({ mode: "analyze" });
    expect(buckets[0]?.rows?.expected).toBeGreaterThan(2_500);
    expect(buckets[0]?.rows?.expected).toBeLessThan(3_500);
    expect(buckets[0]?.rows).not.toHaveProperty("atMost");
    expect(steps[0]?.bytesRead).toBe(buckets[0]?.bytes);
  });

  it("reports what is wrong, errors first, and goes on with the rest", async () => {
    const { provider, put } = await makeLake();
    const here = provider.executor("local");
    const raw = provider.bucket("in", "orders.parquet");
    await put(raw, orders);
    const missing = provider.bucket("in", "missing.parquet");
    const both = here.task({ name: "both", sources: ["a", "b"] }, ({ a, b }) => a.join(b, { on: "id" }));
    const small = here.task("small", (df) => df.withColumn(pl.col("state").cast(pl.Int8)));
    const a = raw.transform(small).to(provider.bucket("out", "a.parquet"));
    const etl = new Pipeline({ a, b: missing }).transform(both).to(provider.bucket("out", "both.parquet"));
    const { issues, steps, schemas } = await etl.run({ mode: "analyze" });
    expect(issues.map(({ code, severity }) => [code, severity])).toEqual([
      ["SOURCE_NOT_FOUND", "error"],
      ["CAST_LOSES_VALUES", "warning"],
    ]);
    expect(schemas["out/a.parquet"]?.[1]).toEqual({ name: "state", type: "Int8" });
    expect(steps[1]).toMatchObject({ name: "both", opaque: { reason: expect.stringContaining("`b`") as string } });
    expect(steps[1]).not.toHaveProperty("rows");
  });

  it("takes no options", async () => {
    const { provider } = await makeLake();
    const etl = provider
      .bucket("in", "a.parquet")
      .transform(provider.executor("local").task("copy", (df) => df))
      .to(provider.bucket("out", "a.parquet"));
    await expect(mode.run(etl.toDag(), { deep: true })).rejects.toMatchObject({ code: "OPTION_UNKNOWN" });
  });

  it("is found by its name", async () => {
    expect(defaultRegistry.modes).toContain("analyze");
    expect(await defaultRegistry.mode("analyze")).toBe(mode);
  });
});
