import { inspect } from "node:util";
import pl from "nodejs-polars";
import { describe, expect, test } from "vitest";
import { Bucket } from "./bucket.ts";
import { GlacierError } from "./errors.ts";
import { fakePlugin, fakeProvider, fakeProviderOf, rejectionOf, thrownBy } from "./fake-storage.test-d.ts";
import { Provider } from "./provider.ts";
import { Registry } from "./registry.ts";

const provider = fakeProvider();
const here = provider.local();
const raw = provider.bucket("lake", "raw.parquet");
const tidy = provider.bucket("lake", "tidy.parquet");
const report = provider.bucket("lake", "report.csv");
const clean = here.task("clean", (df) => df);
const count = here.task("count", (df) => df);

describe("a bucket is a value", () => {
  test("that can't be changed", () => {
    const bucket = raw.transform(clean).to(tidy);
    for (const field of ["path", "name", "step", "uri", "location", "other"]) {
      expect(() => Object.assign(bucket, { [field]: "changed" })).toThrow(TypeError);
    }
    expect(Object.isFrozen(bucket.location)).toBe(true);
    expect(Object.isFrozen(bucket.step)).toBe(true);
    expect(Object.isFrozen(bucket.step?.sources)).toBe(true);
    expect(bucket.path).toBe("tidy.parquet");
  });

  test("that chaining leaves as it was", () => {
    const before = [raw.step, tidy.step, tidy.name];
    const produced = raw.transform(clean).to(tidy);
    expect([raw.step, tidy.step, tidy.name]).toEqual(before);
    expect(produced).not.toBe(tidy);
    expect(produced.step).toMatchObject({ task: clean, target: tidy, sources: { df: raw } });
  });

  test("whose options are those of the moment when it was made", () => {
    const options = { scan: { separator: ";" } };
    const bucket = provider.bucket("lake", "x.csv", options);
    options.scan.separator = "|";
    expect(bucket.scanOptions).toEqual({ separator: ";" });
    expect(Object.isFrozen(bucket.scanOptions)).toBe(true);
  });

  test("that is made from frozen options too", () => {
    const definition = Object.freeze({ bucket: "lake", path: "x.csv", scan: Object.freeze({ separator: ";" }) });
    expect(provider.bucket(definition).scanOptions).toEqual({ separator: ";" });
  });

  test("that prints as what it is, without the insides of its provider", () => {
    expect(inspect(raw)).toBe("Bucket(fake: lake/raw.parquet)");
    expect(inspect(raw.transform(clean).to(tidy))).toBe("Bucket(fake: lake/tidy.parquet, by clean)");
    expect(String(raw)).toBe("Bucket(lake/raw.parquet)");
    expect(JSON.parse(JSON.stringify(raw.transform(clean).to(tidy).withName("etl")))).toEqual({
      provider: "fake",
      bucket: "lake",
      path: "tidy.parquet",
      format: "parquet",
      glob: true,
      name: "etl",
      step: "clean",
    });
  });

  test("that is known to another copy of this package by its mark", () => {
    expect(Bucket.is(raw)).toBe(true);
    expect(Bucket.is({ [Symbol.for("glacier.bucket")]: true })).toBe(true);
    for (const other of [null, undefined, 1, "lake/raw.parquet", {}, [], clean, provider]) {
      expect(Bucket.is(other)).toBe(false);
    }
  });
});

describe("a bucket's identity is its whole location", () => {
  test("two made alike are the same place", () => {
    expect(provider.bucket("lake", "raw.parquet").uri).toBe(raw.uri);
    expect(provider.bucket({ bucket: "lake", path: "raw.parquet" }).uri).toBe(raw.uri);
  });

  test.each([
    ["another path", provider.bucket("lake", "other.parquet")],
    ["another bucket", provider.bucket("pond", "raw.parquet")],
    ["another provider", fakeProvider("fake", "fake://elsewhere").bucket("lake", "raw.parquet")],
  ])("%s is another place", (_, other) => {
    expect(other.uri).not.toBe(raw.uri);
  });

  test("two providers with the same root are the same place", () => {
    expect(fakeProvider("a", "fake://one").bucket("lake", "x.csv").uri).toBe(
      fakeProvider("b", "fake://one").bucket("lake", "x.csv").uri,
    );
  });
});

describe("withName", () => {
  const etl = raw.transform(clean).to(tidy).withName("etl", "Cleans what came in");

  test("gives a new bucket with the same lineage", () => {
    const unnamed = raw.transform(clean).to(tidy);
    const named = unnamed.withName("etl");
    expect(named).not.toBe(unnamed);
    expect(unnamed.name).toBeUndefined();
    expect(named.name).toBe("etl");
    expect(named.step).toBe(unnamed.step);
  });

  test("keeps the description when only the name changes", () => {
    expect(etl.description).toBe("Cleans what came in");
    expect(etl.withName("other").description).toBe("Cleans what came in");
    expect(etl.withName("other", "new").description).toBe("new");
    expect(etl.name).toBe("etl");
  });

  test("names the Dag and the pipeline object", () => {
    expect(etl.toDag()).toMatchObject({ name: "etl", description: "Cleans what came in" });
    expect(etl.toPipeline()).toMatchObject({ name: "etl", description: "Cleans what came in" });
  });

  test("is not inherited by what is chained on it", () => {
    const next = etl.transform(count).to(report);
    expect(next.name).toBeUndefined();
    expect(next.toDag().name).toBe("report.csv");
  });

  test.each(["", "  ", "a\nb", "\u0000", null, undefined, 3, {}, [], Symbol("etl")])("refuses %s", (name) => {
    expect(thrownBy(() => raw.withName(name as string))).toMatchObject({
      code: "PIPELINE_NAME_INVALID",
      message: expect.stringContaining("can't be called"),
      hint: expect.stringContaining('"etl"'),
    });
  });

  test("refuses a description that is no text", () => {
    expect(thrownBy(() => raw.withName("etl", 5 as never))).toMatchObject({
      code: "PIPELINE_NAME_INVALID",
      message: expect.stringContaining("`etl`"),
    });
  });

  test.each(["end", "日本語", "a".repeat(10_000), '"quoted"', "__proto__"])("takes %s", (name) => {
    expect(raw.transform(clean).to(tidy).withName(name).toDag().name).toBe(name);
  });
});

describe("lineage", () => {
  test("is every step, each once, in an order in which they can run", () => {
    const cleaned = raw.transform(clean).to(tidy);
    const counted = cleaned.transform(count).to(report);
    expect(counted.lineage.map((step) => step.task.name)).toEqual(["clean", "count"]);
    expect(counted.lineage[0]).toBe(cleaned.step);
  });

  test("is empty for a source", () => {
    expect(raw.lineage).toEqual([]);
  });

  test("of a chain does not copy the steps before", () => {
    const cleaned = raw.transform(clean).to(tidy);
    const a = cleaned.transform(count).to(report);
    expect(a.step?.sources["df"]).toBe(cleaned);
  });
});

describe("a source bucket is no pipeline", () => {
  test.each([
    ["run", () => raw.run()],
    ["toDag", () => raw.toDag()],
    ["toPipeline", () => raw.toPipeline()],
    ["visualize", () => raw.visualize()],
  ])("%s refuses it by its name", async (_, use) => {
    const error = await rejectionOf((async () => use())());
    expect(error).toMatchObject({
      code: "BUCKET_HAS_NO_LINEAGE",
      message: expect.stringContaining("`lake/raw.parquet`"),
      hint: expect.stringContaining(".transform(task).to(target)"),
    });
  });

  test("what was run says so in the message", async () => {
    expect(await rejectionOf(raw.run())).toMatchObject({
      message: "Can't run bucket `lake/raw.parquet` as a pipeline: no step produces it.",
    });
  });
});

describe("run", () => {
  const seen: unknown[] = [];
  const registry = new Registry({
    modes: [
      {
        name: "local",
        run: async (dag, options) => {
          seen.push([dag.name, options]);
          return "done";
        },
      },
    ],
  });
  const own = new Provider(fakePlugin(), { registry });
  const etl = own.bucket("lake", "a.parquet").transform(clean).to(own.bucket("lake", "b.parquet")).withName("etl");

  test("gives the mode the Dag, and its options without the mode", async () => {
    expect(await etl.run({ concurrency: 3 })).toBe("done");
    expect(seen.pop()).toEqual(["etl", { concurrency: 3 }]);
    expect(await etl.run({ mode: "local" })).toBe("done");
    expect(seen.pop()).toEqual(["etl", {}]);
  });

  test.each([null, "local", 5, true, ["local"], () => {}])("refuses %s for its options", async (options) => {
    expect(await rejectionOf(etl.run(options as never))).toMatchObject({
      code: "ARGUMENT_INVALID",
      hint: expect.stringContaining('run({ mode: "local" })'),
    });
    expect(seen).toEqual([]);
  });

  test.each([null, 5, "", {}, "locl"])("refuses mode %s", async (mode) => {
    expect(await rejectionOf(etl.run({ mode } as never))).toMatchObject({
      code: "MODE_UNKNOWN",
      hint: expect.stringContaining("`local`"),
    });
  });

  test("uses the registry of the final bucket's provider", async () => {
    const mixed = etl.transform(count).to(report);
    const error = await rejectionOf(mixed.run({ mode: "no-such-mode" } as never));
    expect(error).toMatchObject({ code: "MODE_UNKNOWN" });
    expect(seen).toEqual([]);
    await raw.transform(count).to(own.bucket("lake", "c.csv")).run();
    expect(seen.pop()).toEqual(["c.csv", {}]);
  });
});

describe("preview", () => {
  const numbers = fakeProviderOf(() => pl.DataFrame({ n: Array.from({ length: 30 }, (_, n) => n) }).lazy());
  const bucket = numbers.bucket("lake", "numbers.parquet");

  test("gives the first ten rows, or as many as are asked for", async () => {
    expect((await bucket.preview()).height).toBe(10);
    expect((await bucket.preview(3)).getColumn("n").toArray()).toEqual([0, 1, 2]);
    expect((await bucket.preview(0)).height).toBe(0);
    expect((await bucket.preview(1_000)).height).toBe(30);
  });

  test.each([-1, 1.5, Number.NaN, Infinity, "5", null, {}])("refuses %s rows", async (rows) => {
    expect(await rejectionOf(bucket.preview(rows as number))).toMatchObject({ code: "ARGUMENT_INVALID" });
  });

  test("a query that Polars refuses is an error of the bucket, on one line", async () => {
    const broken = fakeProviderOf(() =>
      pl
        .DataFrame({ n: [1] })
        .lazy()
        .select("nope"),
    ).bucket("lake", "x.parquet");
    const error = (await rejectionOf(broken.preview())) as GlacierError;
    expect(error).toMatchObject({ code: "QUERY_FAILED", message: expect.stringContaining("`lake/x.parquet`") });
    expect(error.message).toContain("nope");
    expect(error.message).not.toContain("\n");
    expect(error.hint).toBeDefined();
    expect(error.cause).toBeInstanceOf(Error);
  });
});

test("scan gives the frame that mode local gives", async () => {
  const numbers = fakeProviderOf(() => pl.DataFrame({ n: [1, 2] }).lazy());
  const frame = await numbers.bucket("lake", "x.csv").scan();
  expect((await frame.collect()).toRecords()).toEqual([{ n: 1 }, { n: 2 }]);
});

test("a mode local that can't scan is said to be the reason", async () => {
  const registry = new Registry({ modes: [{ name: "local", run: async () => {} }] });
  const bucket = new Provider(fakePlugin(), { registry }).bucket("lake", "x.csv");
  expect(await rejectionOf(bucket.scan())).toMatchObject({ code: "PLUGIN_INVALID" });
});
