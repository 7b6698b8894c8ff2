import pl from "nodejs-polars";
import { describe, expect, test } from "vitest";
import { fakeProvider, fakeProviderOf, rejectionOf, thrownBy } from "./fake-storage.test-d.ts";
import { isLazyFrame } from "./frame.ts";
import { Pipeline } from "./pipeline.ts";
import { isOpenTransform, PendingTransform } from "./transform.ts";

const provider = fakeProvider();
const here = provider.local();
const raw = provider.bucket("lake", "raw.parquet");
const tidy = provider.bucket("lake", "tidy.parquet");
const clean = here.task("clean", (df) => df);
const count = here.task("count", (df) => df);
const join = here.task({ name: "join", sources: ["left", "right"] }, ({ left, right }) =>
  left.join(right, { on: "n" }),
);

describe("transform", () => {
  test("gives a frozen transform without a target", () => {
    const pending = raw.transform(clean);
    expect(pending).toBeInstanceOf(PendingTransform);
    expect(isOpenTransform(pending)).toBe(true);
    expect(pending.sources).toEqual({ df: raw });
    expect(pending.task).toBe(clean);
    expect(Object.isFrozen(pending)).toBe(true);
    expect(isOpenTransform(pending.to(tidy))).toBe(false);
  });

  test.each([
    ["undefined", undefined],
    ["null", null],
    ["an arrow function", (df: unknown) => df],
    ["a text", "clean"],
    ["an executor", here],
    ["a bucket", tidy],
  ])("refuses %s for a task", (_, task) => {
    expect(thrownBy(() => raw.transform(task as never))).toMatchObject({
      code: "ARGUMENT_INVALID",
      message: expect.stringContaining("`.transform(…)` takes a task"),
      hint: expect.stringContaining("provider.local()"),
    });
  });

  test("refuses a task whose sources have other names", () => {
    // @ts-expect-error -- a bucket has one source, and this task takes two
    const error = thrownBy(() => raw.transform(join));
    expect(error).toMatchObject({
      code: "SOURCES_MISMATCH",
      message: "Task `join` takes `left` and `right`: it is not given `left` and `right`, and it does not take `df`.",
      hint: expect.stringContaining("new Pipeline({ left, right }).transform(join)"),
    });
  });
});

describe("one place under two names", () => {
  const csv = (separator?: string) =>
    provider.bucket("lake", "x.csv", separator === undefined ? {} : { scan: { separator } });

  test("is refused if it is to be read in two ways", () => {
    expect(thrownBy(() => new Pipeline({ left: csv(";"), right: csv() }).transform(join))).toMatchObject({
      code: "SOURCES_DIFFER",
      message: "Sources `left` and `right` of task `join` are both `lake/x.csv`, read with different options.",
      hint: expect.stringContaining("in steps of their own"),
    });
    const literal = provider.bucket("lake", "[x].csv", { glob: false });
    const glob = provider.bucket("lake", "[x].csv");
    expect(thrownBy(() => new Pipeline({ left: literal, right: glob }).transform(join))).toMatchObject({
      code: "SOURCES_DIFFER",
    });
  });

  test("is taken if it is read in one way, by whatever bucket", () => {
    const produced = raw.transform(clean).to(csv(";"));
    expect(new Pipeline({ left: csv(";"), right: produced }).transform(join).task).toBe(join);
  });
});

describe("to", () => {
  test.each([
    ["undefined", undefined],
    ["null", null],
    ["a path", "out.parquet"],
    ["a transform", raw.transform(clean)],
    ["a pipeline object", raw.transform(clean).to(tidy).toPipeline()],
    ["the provider", provider],
  ])("refuses %s for a target", (_, target) => {
    expect(thrownBy(() => raw.transform(clean).to(target as never))).toMatchObject({
      code: "ARGUMENT_INVALID",
      message: expect.stringContaining("after task `clean` takes a bucket"),
      hint: expect.stringContaining("provider.bucket("),
    });
  });

  test("refuses a bucket that another step writes", () => {
    const cleaned = raw.transform(clean).to(tidy);
    expect(thrownBy(() => raw.transform(count).to(cleaned))).toMatchObject({
      code: "TARGET_TWICE",
      message: "Step `count` would write `lake/tidy.parquet`, which step `clean` already writes.",
      hint: "Give each step a bucket of its own.",
    });
  });

  test("refuses a glob", () => {
    expect(thrownBy(() => raw.transform(clean).to(provider.bucket("lake", "parts/*.parquet")))).toMatchObject({
      code: "TARGET_IS_PATTERN",
      message: expect.stringContaining("`lake/parts/*.parquet`"),
      hint: expect.stringContaining("glob: false"),
    });
  });

  test("takes a path with wildcards that are meant literally", () => {
    const literal = provider.bucket("lake", "parts[1].parquet", { glob: false });
    expect(raw.transform(clean).to(literal).path).toBe("parts[1].parquet");
  });

  test("can complete one transform several times", () => {
    const pending = raw.transform(clean);
    const [a, b] = [pending.to(tidy), pending.to(provider.bucket("lake", "copy.parquet"))];
    expect([a.path, b.path]).toEqual(["tidy.parquet", "copy.parquet"]);
    expect(a.step).not.toBe(b.step);
  });
});

describe("a transform without a target", () => {
  const pending = raw.transform(clean);
  test.each([
    ["transform", () => pending.transform(count), "before `.transform(count)`"],
    ["withName", () => pending.withName("etl"), "before `.withName(…)`"],
    ["toDag", () => pending.toDag(), "before it is used as a pipeline"],
    ["visualize", () => pending.visualize(), "before it is drawn"],
    ["build", () => Pipeline.named("etl").source(raw).transform(clean).build(), "before `.build()`"],
  ])("refuses `%s`, and names the step", (_, use, when) => {
    expect(thrownBy(use)).toMatchObject({
      code: "TRANSFORM_WITHOUT_TARGET",
      message: `The transform \`clean\` has no target: call \`.to(bucket)\` ${when}.`,
      hint: expect.stringContaining("`.preview()`"),
    });
  });

  test("refuses what is no task before it asks for a target", () => {
    expect(thrownBy(() => pending.transform(null as never))).toMatchObject({ code: "ARGUMENT_INVALID" });
  });
});

describe("looking at a transform", () => {
  const numbers = fakeProviderOf(() => pl.DataFrame({ n: [1, 2, 3] }).lazy());
  const source = numbers.bucket("lake", "numbers.parquet");
  const doubled = numbers.local().task("doubled", (df) => df.select(pl.col("n").mul(2)));

  test("run gives a lazy frame", async () => {
    const frame = await source.transform(doubled).run();
    expect(isLazyFrame(frame)).toBe(true);
    expect((await frame.collect()).getColumn("n").toArray()).toEqual([2, 4, 6]);
  });

  test("run gives a lazy frame of a task that returns one in memory", async () => {
    const eager = numbers.local().task("eager", async (df) => df.collect());
    expect(isLazyFrame(await source.transform(eager).run())).toBe(true);
  });

  test("preview gives rows", async () => {
    expect((await source.transform(doubled).preview(2)).getColumn("n").toArray()).toEqual([2, 4]);
  });

  test("a task with several sources gets each by its name", async () => {
    const joined = new Pipeline({ left: source, right: source }).transform(join);
    expect((await joined.preview()).height).toBe(3);
  });

  test.each([-1, 0.5, "all", null])("preview refuses %s rows", async (rows) => {
    expect(await rejectionOf(source.transform(doubled).preview(rows as number))).toMatchObject({
      code: "ARGUMENT_INVALID",
      message: expect.stringContaining("`preview` takes a number of rows"),
    });
  });

  test("preview of a query that Polars refuses names the task", async () => {
    const misspelt = numbers.local().task("misspelt", (df) => df.select("m"));
    expect(await rejectionOf(source.transform(misspelt).preview())).toMatchObject({
      code: "QUERY_FAILED",
      message: expect.stringMatching(/^The result of task `misspelt` can't be shown: [^\n]*"m"/),
    });
  });

  test("what the task throws comes through", async () => {
    const failing = numbers.local().task("failing", () => {
      throw new RangeError("no luck");
    });
    await expect(source.transform(failing).run()).rejects.toThrow(RangeError);
  });
});
