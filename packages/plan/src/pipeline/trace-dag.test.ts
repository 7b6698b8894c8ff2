import { type Bucket, Dag, GlacierError, type LazyFrame, nullable, Pipeline, Provider } from "@glacier/core";
import { local } from "@glacier/provider-local";
import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { type TableSchema, typeText } from "../model/column-type.ts";
import type { PipelineTrace } from "../model/pipeline-trace.ts";
import { traceDag } from "./trace-dag.ts";

const provider = new Provider(local({ root: "/nowhere" }));
const here = provider.local();

const orders: TableSchema = [
  { name: "id", type: { kind: "Int64" } },
  { name: "amount", type: { kind: "Float64" } },
  { name: "state", type: { kind: "String" } },
  { name: "day", type: { kind: "Date" } },
];
const schemaOf = async (): Promise<TableSchema> => orders;

const traced = (bucket: Bucket | readonly Bucket[], of: (bucket: Bucket) => Promise<TableSchema> = schemaOf) =>
  traceDag(Dag.of(bucket), { schemaOf: of });

const columnsIn = (trace: PipelineTrace, key: string): Record<string, string> | undefined => {
  const schema = trace.buckets.find((bucket) => bucket.key === key)?.schema;
  return schema && Object.fromEntries(schema.map(({ name, type }) => [name, typeText(type)]));
};

const wrong = (trace: PipelineTrace): readonly object[] =>
  trace.findings
    .filter(({ severity }) => severity === "error")
    .map((finding) => {
      const { hint: _, message: __, ...rest } = finding;
      return rest;
    });

const raw = provider.bucket("in", "orders.parquet");
const out = (path: string, options = {}): Bucket => provider.bucket("out", path, options);
const same = (name: string) => here.task(name, (df) => df);

describe("tracing a pipeline", () => {
  it("gives each step the columns that the one before writes", async () => {
    const clean = here.task("clean", (df) => df.withColumn(pl.col("amount").mul(2).alias("twice")).drop("id"));
    const report = here.task("report", (df) => df.groupBy("state").agg(pl.col("twice").sum(), pl.len()));
    const trace = await traced(raw.transform(clean).to(out("clean.parquet")).transform(report).to(out("report.ipc")));
    expect(columnsIn(trace, "out/clean.parquet")).toEqual({
      amount: "Float64",
      state: "String",
      day: "Date",
      twice: "Float64",
    });
    expect(columnsIn(trace, "out/report.ipc")).toEqual({ state: "String", twice: "Float64", len: "UInt32" });
    expect(trace.buckets.map(({ key, role, knownFrom }) => [key, role, knownFrom])).toEqual([
      ["in/orders.parquet", "source", "metadata"],
      ["out/clean.parquet", "intermediate", "step"],
      ["out/report.ipc", "target", "step"],
    ]);
    expect(trace.findings).toEqual([]);
    expect(trace.steps.map(({ fingerprint }) => fingerprint)).toEqual([
      expect.stringMatching(/^g1-[0-9a-f]{64}$/) as string,
      expect.stringMatching(/^g1-[0-9a-f]{64}$/) as string,
    ]);
  });

  it("asks no storage for a bucket that declares its schema, or that a step writes", async () => {
    const declared = provider.bucket("in", "declared.parquet", { schema: { id: pl.Int64, note: nullable(pl.String) } });
    const asked: string[] = [];
    const trace = await traced(declared.transform(same("copy")).to(out("copy.parquet")), async ({ path }) => {
      asked.push(path);
      return orders;
    });
    expect(asked).toEqual([]);
    expect(columnsIn(trace, "out/copy.parquet")).toEqual({ id: "Int64", note: "String" });
  });

  it("reports a source that is not there once, and not what follows from it", async () => {
    const missing = new GlacierError("SOURCE_NOT_FOUND", "`in/orders.parquet` does not exist.", { hint: "Check it." });
    const trace = await traced(
      raw.transform(same("a")).to(out("a.parquet")).transform(same("b")).to(out("b.parquet")),
      async () => {
        throw missing;
      },
    );
    expect(wrong(trace)).toEqual([
      {
        code: "SOURCE_NOT_FOUND",
        severity: "error",
        bucket: "in/orders.parquet",
        place: expect.objectContaining({ file: "packages/plan/src/pipeline/trace-dag.test.ts" }) as object,
      },
    ]);
    expect(trace.steps.map(({ opaque }) => opaque?.reason)).toEqual([
      "The columns of `df` are not known.",
      "The columns of `df` are not known.",
    ]);
  });

  it("goes on after a mistake, in steps that don't need its result", async () => {
    const bad = here.task("bad", (df) => df.select("amuont"));
    const worse = here.task("worse", (df) => df.filter(pl.col("staet").eq(pl.lit("a"))));
    const trace = await traced([
      raw.transform(bad).to(out("bad.parquet")).transform(same("after")).to(out("after.parquet")),
      raw.transform(worse).to(out("worse.parquet")),
    ]);
    expect(wrong(trace)).toMatchObject([
      { code: "COLUMN_NOT_FOUND", step: "bad", column: "amuont" },
      { code: "COLUMN_NOT_FOUND", step: "worse", column: "staet" },
    ]);
  });

  it("says where in the code a misspelt column stands", async () => {
    const bad = here.task("bad", (df) => df.filter(pl.col("amount").gt(1)).select("amuont"));
    const trace = await traced(raw.transform(bad).to(out("bad.parquet")));
    const [{ place } = {}] = trace.findings;
    const lines = (await import("node:fs")).readFileSync(place?.file ?? "", "utf8").split("\n");
    expect(lines[(place?.line ?? 0) - 1]?.slice((place?.column ?? 0) - 1)).toMatch(/^amuont"\)/);
  });

  it("names buckets by their provider, where two have the same path", async () => {
    const other = new Provider(local({ root: "/elsewhere" }), { name: "archive" });
    const trace = await traced(raw.transform(same("copy")).to(other.bucket("in", "orders.parquet")));
    expect(trace.buckets.map(({ key }) => key)).toEqual(["local:in/orders.parquet", "archive:in/orders.parquet"]);
    expect(trace.lineage.buckets[0]?.columns[0]).toEqual({
      column: "id",
      inputs: [{ bucket: "local:in/orders.parquet", column: "id", influence: "identity" }],
    });
  });
});

describe("a target that declares a schema", () => {
  const target = (schema: Record<string, object>, options = {}): Bucket => out("t.parquet", { schema, ...options });

  it("is compared with what the step gives", async () => {
    const trace = await traced(
      raw
        .transform(same("copy"))
        .to(target({ id: pl.Int32, amount: pl.Float64, state: pl.String, day: pl.Date, total: pl.Float64 })),
    );
    expect(wrong(trace)).toMatchObject([
      { code: "SCHEMA_MISMATCH", step: "copy", bucket: "out/t.parquet", column: "id" },
      { code: "SCHEMA_MISMATCH", step: "copy", bucket: "out/t.parquet", column: "total" },
    ]);
  });

  it("may get columns that it does not declare, unless it is strict", async () => {
    const loose = await traced(raw.transform(same("copy")).to(target({ id: pl.Int64 })));
    expect(loose.findings).toMatchObject([
      { code: "SCHEMA_MISMATCH", severity: "warning", column: "amount" },
      { code: "SCHEMA_MISMATCH", severity: "warning", column: "state" },
      { code: "SCHEMA_MISMATCH", severity: "warning", column: "day" },
    ]);
    const strict = await traced(raw.transform(same("copy")).to(target({ id: pl.Int64 }, { strict: true })));
    expect(wrong(strict)).toHaveLength(3);
  });

  it("is read as declared, whatever the step gives", async () => {
    const trace = await traced(
      raw
        .transform(same("copy"))
        .to(target({ state: pl.String, id: pl.Int64 }))
        .transform(same("again"))
        .to(out("again.parquet")),
    );
    expect(columnsIn(trace, "out/again.parquet")).toEqual({ state: "String", id: "Int64" });
  });
});

describe("what is written as text", () => {
  const year = here.task("year", (df) => df.select(pl.col("day").dt.year()));
  const sum = here.task("sum", (df) => df.select(pl.col("id").add(pl.col("state"))));

  it("comes back with other types, some of them guesses", async () => {
    const trace = await traced(raw.transform(same("copy")).to(out("o.csv")).transform(same("b")).to(out("b.ipc")));
    expect(columnsIn(trace, "out/o.csv")).toEqual({ id: "Int64", amount: "Float64", state: "String", day: "String" });
    const buckets = Object.fromEntries(trace.buckets.map(({ key, guessed }) => [key, guessed]));
    expect(buckets["out/o.csv"]).toEqual(["id", "amount", "state"]);
    expect(buckets["out/b.ipc"]).toEqual(["id", "amount", "state"]);
  });

  it("makes a mistake certain where the type is, and a warning where it is a guess", async () => {
    const certain = await traced(raw.transform(same("a")).to(out("o.csv")).transform(year).to(out("b.parquet")));
    expect(wrong(certain)).toMatchObject([{ step: "year" }]);
    const guess = await traced(raw.transform(same("a")).to(out("o.csv")).transform(sum).to(out("b.parquet")));
    expect(wrong(guess)).toEqual([]);
    expect(guess.findings.find(({ step, severity }) => step === "sum" && severity === "warning")?.hint).toContain(
      "a guess",
    );
  });

  it("is certain of columns whose types its reader says", async () => {
    const target = out("o.csv", { scan: { schemaOverrides: { id: pl.Int32, day: pl.Date } } });
    const trace = await traced(raw.transform(same("a")).to(target).transform(same("b")).to(out("b.parquet")));
    expect(columnsIn(trace, "out/b.parquet")).toEqual({ id: "Int32", amount: "Float64", state: "String", day: "Date" });
    expect(trace.buckets.find(({ key }) => key === "out/o.csv")?.guessed).toEqual(["amount", "state"]);
  });

  it("is certain with a declared schema", async () => {
    const schema = { id: pl.Int64, amount: pl.Float64, state: pl.String, day: pl.Date };
    const trace = await traced(
      raw.transform(same("a")).to(out("o.csv", { schema })).transform(year).to(out("b.parquet")),
    );
    expect(wrong(trace)).toEqual([]);
    expect(columnsIn(trace, "out/b.parquet")).toEqual({ day: "Int32" });
  });
});

describe("a folder that steps write into", () => {
  it("has the columns of what they write", async () => {
    const [one, two] = [
      raw.transform(same("one")).to(out("parts/1.parquet")),
      raw.transform(same("two")).to(out("parts/2.parquet")),
    ];
    const all = provider.bucket("out", "parts/*.parquet").transform(same("all")).to(out("all.parquet"));
    const trace = await traced([one, two, all]);
    expect(columnsIn(trace, "out/all.parquet")).toEqual({
      id: "Int64",
      amount: "Float64",
      state: "String",
      day: "Date",
    });
    expect(trace.lineage.buckets.at(-1)?.columns[0]?.inputs).toEqual([
      { bucket: "out/parts/1.parquet", column: "id", influence: "identity" },
      { bucket: "out/parts/2.parquet", column: "id", influence: "identity" },
    ]);
  });

  it("is not known where they write different columns", async () => {
    const ids = here.task("ids", (df: LazyFrame) => df.select("id"));
    const [one, two] = [
      raw.transform(same("one")).to(out("parts/1.parquet")),
      raw.transform(ids).to(out("parts/2.parquet")),
    ];
    const all = provider.bucket("out", "parts", { format: "parquet" }).transform(same("all")).to(out("all.parquet"));
    const trace = await traced([one, two, all]);
    expect(columnsIn(trace, "out/all.parquet")).toBeUndefined();
  });
});

describe("a task that can't be read", () => {
  it("is said to execute a query itself", async () => {
    const eager = here.task("eager", async (df) => (await df.collect()).lazy().filter(pl.col("id").gt(1)));
    const { steps, findings } = await traced(raw.transform(eager).to(out("e.parquet")));
    expect(steps[0]?.opaque?.reason).toContain("executes a query itself");
    expect(steps[0]?.schema?.map(({ name }) => name)).toEqual(["id", "amount", "state", "day"]);
    expect(steps[0]).not.toHaveProperty("fingerprint");
    expect(steps[0]?.lineage.columns[0]?.inputs).toHaveLength(4);
    expect(findings).toMatchObject([{ code: "STEP_OPAQUE", severity: "note" }]);
  });

  it("has its columns all the same, where a method can't be written down", async () => {
    const upper = here.task("upper", (df) => df.withColumn(pl.col("state").str.toUpperCase().alias("S")));
    const { steps, findings } = await traced(raw.transform(upper).to(out("u.parquet")));
    expect(steps[0]?.schema?.at(-1)).toEqual({ name: "S", type: { kind: "String" } });
    expect(steps[0]?.opaque).toMatchObject({ expression: "str.toUpperCase", substitute: "upper" });
    expect(findings).toMatchObject([{ code: "STEP_OPAQUE", step: "upper" }]);
  });

  it("may read files of its own, which is a warning", async () => {
    const own = here.task("own", (df) => df.join(pl.scanParquet("/data/secret/rates.parquet"), { on: "id" }));
    const { findings } = await traced(raw.transform(own).to(out("o.parquet")));
    expect(findings).toMatchObject([{ code: "SOURCE_UNDECLARED", severity: "warning" }]);
    expect(findings[0]?.message).toContain("`rates.parquet`");
    expect(JSON.stringify(findings)).not.toContain("/data/secret");
  });

  it("may throw: an error where it is a mistake in its code, else a warning", async () => {
    const thrower = here.task("thrower", () => {
      throw new Error("no such rate");
    });
    const misspelt = here.task("misspelt", (df) => (df as unknown as { fliter(): LazyFrame }).fliter());
    const trace = await traced([
      raw.transform(misspelt).to(out("m.parquet")),
      raw.transform(thrower).to(out("t.parquet")),
    ]);
    expect(trace.findings).toMatchObject([
      { code: "TASK_FAILED", step: "misspelt", severity: "error" },
      { code: "TASK_FAILED", step: "thrower", severity: "warning" },
    ]);
  });
});

it("reads steps with several sources", async () => {
  const people = provider.bucket("in", "people.parquet", { schema: { id: pl.Int64, name: pl.String } });
  const join = here.task({ name: "join", sources: ["sales", "people"] }, ({ sales, people: known }) =>
    sales.join(known, { on: "id", how: "left" }).select("name", "amount"),
  );
  const trace = await traced(new Pipeline({ sales: raw, people }).transform(join).to(out("j.parquet")));
  expect(trace.steps[0]?.reads).toEqual({
    sales: { columns: ["id", "amount"], of: 4 },
    people: { columns: ["id", "name"], of: 2 },
  });
  expect(trace.findings).toEqual([]);
});
