import { describe, expect, test } from "vitest";
import type { Bucket } from "./bucket.ts";
import { Dag, type DagStep } from "./dag.ts";
import { GlacierError } from "./errors.ts";
import { fakeProvider, thrownBy } from "./fake-storage.test-d.ts";
import { Pipeline } from "./pipeline.ts";
import type { Step } from "./step.ts";
import type { AnyTask } from "./task.ts";

const provider = fakeProvider();
const here = provider.local();
const at = (path: string): Bucket => provider.bucket("lake", path, { format: "parquet" });
const task = (name: string): AnyTask => here.task(name, (df) => df);
const names = (steps: readonly DagStep[]): readonly string[] => steps.map((node) => node.name);
const dependenciesOf = (dag: Dag): Record<string, readonly string[]> =>
  Object.fromEntries(dag.steps.map((node) => [node.name, names(node.dependencies).toSorted()]));

/** The steps of several chains, as one Dag. */
const together = (...buckets: readonly Bucket[]): Dag => Dag.of(buckets);

const a = task("a");
const b = task("b");
const c = task("c");
const d = task("d");
const both = here.task({ name: "both", sources: ["left", "right"] }, ({ left }) => left);

describe("a step depends on what writes its sources", () => {
  test("along a chain", () => {
    const dag = at("0").transform(a).to(at("1")).transform(b).to(at("2")).transform(c).to(at("3")).toDag();
    expect(dependenciesOf(dag)).toEqual({ a: [], b: ["a"], c: ["b"] });
    expect(dag.levels.map(names)).toEqual([["a"], ["b"], ["c"]]);
    expect(dag.steps[1]?.dependents).toEqual([dag.steps[2]]);
  });

  test("when it reads the bare bucket rather than the produced one", () => {
    const dag = together(at("1").transform(b).to(at("2")), at("0").transform(a).to(at("1")));
    expect(dependenciesOf(dag)).toEqual({ a: [], b: ["a"] });
  });

  test("when it reads the place through another provider with the same root", () => {
    const twin = fakeProvider("twin");
    const dag = together(
      at("0").transform(a).to(at("1")),
      twin.bucket("lake", "1", { format: "parquet" }).transform(b).to(at("2")),
    );
    expect(dependenciesOf(dag)).toEqual({ a: [], b: ["a"] });
  });

  test("not when only the path is the same", () => {
    const elsewhere = fakeProvider("fake", "fake://elsewhere");
    const dag = together(
      at("0").transform(a).to(at("1")),
      elsewhere.bucket("lake", "1", { format: "parquet" }).transform(b).to(at("2")),
      provider.bucket("pond", "1", { format: "parquet" }).transform(c).to(at("3")),
    );
    expect(dependenciesOf(dag)).toEqual({ a: [], b: [], c: [] });
  });

  test("once, however many of its sources that step writes", () => {
    const parts = at("0").transform(a).to(at("parts/1"));
    const dag = new Pipeline({ left: parts, right: at("parts") }).transform(both).to(at("2")).toDag();
    const alone = together(
      parts,
      new Pipeline({ left: at("parts/1"), right: at("parts") }).transform(both).to(at("2")),
    );
    for (const one of [dag, alone]) expect(dependenciesOf(one)).toEqual({ a: [], both: ["a"] });
  });

  test("with the same bucket under two names", () => {
    const produced = at("0").transform(a).to(at("1"));
    const dag = new Pipeline({ left: produced, right: produced }).transform(both).to(at("2")).toDag();
    expect(dependenciesOf(dag)).toEqual({ a: [], both: ["a"] });
  });
});

describe("a folder or glob depends on every step that writes into it", () => {
  const writers = (...paths: readonly string[]): Bucket[] =>
    paths.map((path, index) =>
      at(`raw/${index}`)
        .transform(task(`write_${index}`))
        .to(at(path)),
    );

  test.each([
    ["days", ["days/1.parquet", "days/2/3.parquet", "daysbefore/1.parquet", "day"], ["write_0", "write_1"]],
    ["days/", ["days/1.parquet"], ["write_0"]],
    ["days/*.parquet", ["days/1.parquet", "days/2/3.parquet", "days/4.csv"], ["write_0"]],
    ["days/**/*.parquet", ["days/1.parquet", "days/2/3.parquet", "days/4.csv", "day.parquet"], ["write_0", "write_1"]],
    ["**/*.parquet", ["days/1.parquet", "2.parquet", "3.csv"], ["write_0", "write_1"]],
    ["*.parquet", ["days/1.parquet", "2.parquet"], ["write_1"]],
    [
      "day?/[ab].parquet",
      ["day1/a.parquet", "day2/b.parquet", "day10/a.parquet", "day3/c.parquet"],
      ["write_0", "write_1"],
    ],
    ["days/1.parquet", ["days"], ["write_0"]],
    ["days/2024/*.parquet", ["days"], ["write_0"]],
    ["days/*.parquet", ["days"], ["write_0"]],
    ["days/*.parquet", ["days/1.parquet", "day"], ["write_0"]],
  ])("%s, where %j are written", (source, targets, expected) => {
    const dag = together(...writers(...targets), at(source).transform(a).to(at("out/end")));
    expect(dependenciesOf(dag)["a"]).toEqual(expected);
  });

  test("several globs with other beginnings in one folder each find their own", () => {
    const globs = ["*.parquet", "part-*.parquet", "part-1?.parquet", "p*1.parquet"];
    const readers = globs.map((glob, index) =>
      at(`days/${glob}`)
        .transform(task(`read_${index}`))
        .to(at(`out/${index}`)),
    );
    const dag = together(...writers("days/part-1.parquet", "days/part-12.parquet", "days/x.parquet"), ...readers);
    const { read_0, read_1, read_2, read_3 } = dependenciesOf(dag);
    expect(read_0).toEqual(["write_0", "write_1", "write_2"]);
    expect(read_1).toEqual(["write_0", "write_1"]);
    expect(read_2).toEqual(["write_1"]);
    expect(read_3).toEqual(["write_0"]);
  });

  test("also in a bucket whose address ends in a slash where there is no path", () => {
    const slashed = fakeProvider("fake", "fake://store/");
    const dag = together(
      slashed.bucket("lake", "1.parquet").transform(a).to(slashed.bucket("lake", "2.parquet")),
      slashed.bucket("lake", "[2-9].parquet").transform(b).to(slashed.bucket("out", "3.parquet")),
    );
    expect(dependenciesOf(dag)).toEqual({ a: [], b: ["a"] });
  });

  test("but not where the wildcards are meant literally", () => {
    const literal = provider.bucket("lake", "days/*.parquet", { glob: false });
    const dag = together(at("0").transform(a).to(at("days/1.parquet")), literal.transform(b).to(at("2")));
    expect(dependenciesOf(dag)).toEqual({ a: [], b: [] });
    const same = together(at("0").transform(a).to(literal), literal.transform(b).to(at("2")));
    expect(dependenciesOf(same)).toEqual({ a: [], b: ["a"] });
  });

  test("of its own storage only", () => {
    const elsewhere = fakeProvider("fake", "fake://elsewhere");
    const dag = together(
      elsewhere.bucket("lake", "0.parquet").transform(a).to(elsewhere.bucket("lake", "days/1.parquet")),
      at("days/*.parquet").transform(b).to(at("2")),
    );
    expect(dependenciesOf(dag)).toEqual({ a: [], b: [] });
  });
});

describe("a diamond", () => {
  const shared = at("0").transform(a).to(at("1"));
  const end = new Pipeline({ left: shared.transform(b).to(at("2")), right: shared.transform(c).to(at("3")) })
    .transform(both)
    .to(at("4"));

  test("has its shared step once", () => {
    const dag = end.toDag();
    expect(dag.levels.map(names)).toEqual([["a"], ["b", "c"], ["both"]]);
    expect(end.lineage.filter((step) => step.task === a)).toHaveLength(1);
  });

  test("knows what is upstream and downstream of each step", () => {
    const dag = end.toDag();
    expect(names(dag.upstream("both"))).toEqual(["a", "b", "c"]);
    expect(names(dag.upstream("b"))).toEqual(["a"]);
    expect(names(dag.upstream("a"))).toEqual([]);
    expect(names(dag.downstream("a"))).toEqual(["b", "c", "both"]);
    expect(names(dag.downstream(dag.step("c")))).toEqual(["both"]);
    expect(names(dag.downstream("both"))).toEqual([]);
  });

  test("thirty of them in a row have 91 steps, not two to the thirtieth", () => {
    let bucket = at("start");
    for (let round = 0; round < 30; round++) {
      const left = bucket.transform(a).to(at(`${round}/left`));
      const right = bucket.transform(b).to(at(`${round}/right`));
      bucket = new Pipeline({ left, right }).transform(both).to(at(`${round}/both`));
    }
    expect(bucket.lineage).toHaveLength(90);
    expect(bucket.toDag().levels).toHaveLength(60);
  });

  test("knows its sources and targets", () => {
    const dag = end.toDag();
    expect(dag.sources.map((bucket) => bucket.path)).toEqual(["0"]);
    expect(dag.targets.map((bucket) => bucket.path)).toEqual(["4"]);
  });
});

describe("the same step made twice is one step", () => {
  test("with a task, sources and target that are the same", () => {
    const chain = (): Bucket => at("0").transform(a).to(at("1"));
    const dag = together(chain().transform(b).to(at("2")), chain().transform(c).to(at("3")));
    expect(dependenciesOf(dag)).toEqual({ a: [], b: ["a"], c: ["a"] });
  });

  test("whatever name the bucket has", () => {
    const chain = at("0").transform(a).to(at("1"));
    expect(together(chain, chain.withName("one"), chain.withName("two")).steps).toHaveLength(1);
  });

  test("read from the produced bucket here and the bare one there", () => {
    const produced = at("0").transform(a).to(at("1"));
    const dag = together(produced.transform(b).to(at("2")), at("1").transform(b).to(at("2")));
    expect(dependenciesOf(dag)).toEqual({ a: [], b: ["a"] });
  });

  test("but not with other names for the sources", () => {
    const loose = here.task("loose", (df) => df) as AnyTask;
    const one = new Pipeline({ left: at("0"), right: at("1") }).transform(loose).to(at("2"));
    const two = new Pipeline({ left: at("1"), right: at("0") }).transform(loose).to(at("2"));
    expect(thrownBy(() => together(one, two))).toMatchObject({ code: "TARGET_TWICE" });
  });

  test("nor with other options, of which one would be ignored", () => {
    const csv = (separator?: string): Bucket =>
      provider.bucket("lake", "x.csv", separator === undefined ? {} : { scan: { separator } });
    const out = (compression?: "lz4"): Bucket =>
      provider.bucket("lake", "out.parquet", compression === undefined ? {} : { sink: { compression } });
    expect(together(csv(";").transform(a).to(out()), csv(";").transform(a).to(out())).steps).toHaveLength(1);
    for (const [one, two] of [
      [csv(";").transform(a).to(out()), csv().transform(a).to(out())],
      [csv().transform(a).to(out()), csv().transform(a).to(out("lz4"))],
    ] as const) {
      expect(thrownBy(() => together(one, two))).toMatchObject({
        code: "TARGET_TWICE",
        message: "The bucket `lake/out.parquet` is written by two steps: `a` twice.",
        hint: expect.stringContaining("options of a bucket"),
      });
    }
  });
});

describe("two steps can't write one place", () => {
  test("by one name", () => {
    expect(thrownBy(() => together(at("0").transform(a).to(at("1")), at("0").transform(b).to(at("1"))))).toMatchObject({
      code: "TARGET_TWICE",
      message: "The bucket `lake/1` is written by two steps: `a` and `b`.",
      hint: "Give each step a bucket of its own.",
      details: { target: "lake/1", steps: ["a", "b"] },
    });
  });

  test("through two providers", () => {
    const twin = fakeProvider("twin");
    const other = twin.bucket("lake", "1", { format: "parquet" });
    expect(thrownBy(() => together(at("0").transform(a).to(at("1")), at("0").transform(b).to(other)))).toMatchObject({
      code: "TARGET_TWICE",
    });
  });

  test("with one task from two sources", () => {
    expect(thrownBy(() => together(at("0").transform(a).to(at("2")), at("1").transform(a).to(at("2"))))).toMatchObject({
      code: "TARGET_TWICE",
      message: "The bucket `lake/2` is written by two steps: `a` twice.",
      hint: expect.stringContaining("differ in their sources"),
    });
  });

  test("one inside the other", () => {
    const outer = at("0").transform(a).to(at("out"));
    const inner = at("0").transform(b).to(at("out/deep/1"));
    for (const pair of [
      [outer, inner],
      [inner, outer],
    ]) {
      expect(thrownBy(() => together(...pair))).toMatchObject({
        code: "TARGET_OVERLAPS",
        message: "Step `b` writes `lake/out/deep/1`, which lies inside `lake/out`, the target of step `a`.",
        hint: "Give each step a place of its own.",
      });
    }
  });

  test("but names that only begin alike are two places", () => {
    expect(together(at("0").transform(a).to(at("out")), at("0").transform(b).to(at("out.d/1"))).steps).toHaveLength(2);
  });
});

describe("a cycle is refused", () => {
  const cycleOf = (...buckets: readonly Bucket[]): GlacierError => {
    const error = thrownBy(() => together(...buckets)) as GlacierError;
    expect(error).toMatchObject({ code: "CYCLE", hint: expect.stringMatching(/bucket/) });
    return error;
  };

  test.each([
    ["its source", "1", "1"],
    ["a file of the folder that it reads", "raw", "raw/1.parquet"],
    ["a file under the glob that it reads", "raw/*.parquet", "raw/1.parquet"],
    ["the folder of the file that it reads", "raw/1.parquet", "raw"],
    ["the folder of the glob that it reads", "raw/*.parquet", "raw"],
    ["the folder above the glob that it reads", "raw/2024/*.parquet", "raw"],
  ])("of a step that writes %s", (_, source, target) => {
    expect(cycleOf(at(source).transform(a).to(at(target)))).toMatchObject({
      message: `Step \`a\` writes \`lake/${target}\`, which is among what it reads.`,
      hint: expect.stringContaining("Write to another bucket"),
      details: { steps: ["a"] },
    });
  });

  test("through another provider with the same root", () => {
    const twin = fakeProvider("twin").bucket("lake", "1", { format: "parquet" });
    expect(cycleOf(at("1").transform(a).to(twin)).details).toEqual({ steps: ["a"] });
  });

  test("of a step with several sources that writes one of them", () => {
    const error = cycleOf(new Pipeline({ left: at("1"), right: at("2") }).transform(both).to(at("2")));
    expect(error.message).toBe("Step `both` writes `lake/2`, which is among what it reads.");
  });

  test("within one chain that comes back", () => {
    const error = cycleOf(at("1").transform(a).to(at("2")).transform(b).to(at("1")));
    expect(error.message).toBe("The steps `a` → `b` → `a` need each other.");
  });

  test("of two chains", () => {
    const error = cycleOf(at("1").transform(a).to(at("2")), at("2").transform(b).to(at("1")));
    expect(error.message).toMatch(/^The steps `[ab]` → `[ab]` → `[ab]` need each other\.$/);
    expect(error.hint).toContain("lake/1");
    expect(error.hint).toContain("lake/2");
  });

  test("of three chains, and names just those, along the flow of data", () => {
    const error = cycleOf(
      at("1").transform(a).to(at("2")),
      at("2").transform(b).to(at("3")),
      at("3").transform(c).to(at("1")),
      at("3").transform(d).to(at("4")),
      at("4").transform(task("e")).to(at("5")),
    );
    const order = (error.details["steps"] as string[]).join("");
    expect(["abc", "bca", "cab"]).toContain(order);
    expect(error.message).not.toContain("`d`");
  });

  test("through a folder and a glob", () => {
    const there = at("in").transform(a).to(at("out/1.parquet"));
    const back = at("out/*.parquet").transform(b).to(at("in/1.parquet"));
    expect(cycleOf(there, back).details["steps"]).toHaveLength(2);
  });

  test("when the bucket's lineage is asked for", () => {
    expect(thrownBy(() => at("1").transform(a).to(at("1")).lineage)).toMatchObject({ code: "CYCLE" });
  });
});

describe("names of steps", () => {
  test("two different tasks can't have one", () => {
    const chain = at("0").transform(a).to(at("1")).transform(task("a")).to(at("2"));
    expect(thrownBy(() => chain.toDag())).toMatchObject({
      code: "TASK_NAME_DUPLICATE",
      message: "Two different tasks are called `a`: one writes `lake/2`, one `lake/1`.",
      hint: expect.stringContaining("Rename one."),
    });
  });

  test("a task that is used twice is told apart by its targets", () => {
    const dag = at("0").transform(a).to(at("1")).transform(a).to(at("2")).transform(b).to(at("3")).toDag();
    expect(names(dag.steps)).toEqual(["a@lake/1", "a@lake/2", "b"]);
    expect(dag.step("a@lake/2").step.target.path).toBe("2");
  });

  test("the same path in two providers is told apart by theirs", () => {
    const twin = fakeProvider("twin", "fake://elsewhere");
    const dag = together(
      at("0").transform(a).to(at("1")),
      at("0")
        .transform(a)
        .to(twin.bucket("lake", "1", { format: "csv" })),
    );
    const found = names(dag.steps);
    expect(new Set(found).size).toBe(2);
    expect(found.every((name) => name.startsWith("a@lake/1"))).toBe(true);
  });

  test("are unique even where a task is called like one", () => {
    const dag = together(
      at("0").transform(task("a@lake/1")).to(at("3")),
      at("0").transform(a).to(at("1")),
      at("0").transform(a).to(at("2")),
    );
    expect(new Set(names(dag.steps)).size).toBe(3);
  });

  test.each(["b", "A", "", "__proto__", "constructor", null, undefined, 5, {}])(
    "a step that is not there, %s, is refused",
    (name) => {
      const dag = at("0").transform(task("abc")).to(at("1")).withName("etl").toDag();
      for (const find of [
        () => dag.step(name as never),
        () => dag.upstream(name as never),
        () => dag.downstream(name as never),
      ]) {
        expect(thrownBy(find)).toMatchObject({
          code: "STEP_UNKNOWN",
          message: expect.stringContaining("Pipeline `etl` has no step"),
          hint: expect.stringContaining("`abc`"),
        });
      }
    },
  );

  test("a misspelt one is suggested, and a long list is not printed", () => {
    const dag = Dag.of(
      Array.from({ length: 30 }, (_, index) =>
        at("0")
          .transform(task(`step_${index}`))
          .to(at(`out/${index}`)),
      ),
    );
    expect(thrownBy(() => dag.step("stp_7"))).toMatchObject({ hint: "Did you mean `step_7`? It has 30 steps." });
  });
});

describe("several pipelines together", () => {
  const shared = at("0").transform(a).to(at("1"));
  const one = shared.transform(b).to(at("2")).withName("one", "The first");
  const two = shared.transform(c).to(at("3")).withName("two");

  test("have each shared step once", () => {
    const dag = Dag.of([one, two]);
    expect(dependenciesOf(dag)).toEqual({ a: [], b: ["a"], c: ["a"] });
    expect(dag.targets.map((bucket) => bucket.path)).toEqual(["2", "3"]);
  });

  test("have the name that is given, or that of a target", () => {
    expect(Dag.of([one, two], { name: "all", description: "Both" })).toMatchObject({
      name: "all",
      description: "Both",
    });
    expect(Dag.of([one, two]).name).toBe("2");
    expect(Dag.of([one])).toMatchObject({ name: "one", description: "The first" });
    expect(Dag.of(one)).toMatchObject({ name: "one", description: "The first" });
  });

  test("the order does not depend on the order in which they are given", () => {
    const more = at("9").transform(d).to(at("10"));
    const orders = [
      [one, two, more],
      [more, two, one],
      [two, more, one],
    ].map((buckets) => names(Dag.of(buckets).steps));
    expect(orders[1]).toEqual(orders[0]);
    expect(orders[2]).toEqual(orders[0]);
  });
});

describe("what is no pipeline", () => {
  test.each([
    null,
    undefined,
    5,
    "etl",
    {},
    [null],
    [at("1").transform(a)],
    at("1").transform(a).to(at("2")).toPipeline(),
  ])("%s is refused", (value) => {
    expect(thrownBy(() => Dag.of(value as never))).toMatchObject({
      code: "ARGUMENT_INVALID",
      message: expect.stringContaining("A Dag is made of buckets"),
      hint: expect.any(String),
    });
  });

  test("a source is refused by its name", () => {
    expect(thrownBy(() => Dag.of([at("1").transform(a).to(at("2")), at("3")]))).toMatchObject({
      code: "BUCKET_HAS_NO_LINEAGE",
      message: "No step produces bucket `lake/3`.",
    });
  });

  test.each([[[]], [new Set<Step>()]])("no step at all is refused", (steps) => {
    expect(thrownBy(() => new Dag(steps))).toMatchObject({ code: "ARGUMENT_INVALID", hint: expect.any(String) });
    expect(thrownBy(() => Dag.of([]))).toMatchObject({ code: "ARGUMENT_INVALID" });
  });
});

test("a Dag can't be changed", () => {
  const dag = at("0").transform(a).to(at("1")).toDag();
  expect(Object.isFrozen(dag)).toBe(true);
  expect(Object.isFrozen(dag.steps)).toBe(true);
  expect(String(dag)).toBe("Dag(1, 1 steps)");
});

describe("no depth is too great", () => {
  test("for a chain of 20,000 steps", () => {
    let bucket = at("start");
    for (let index = 0; index < 20_000; index++) bucket = bucket.transform(a).to(at(`chain/${index}`));
    const dag = bucket.toDag();
    expect(dag.steps).toHaveLength(20_000);
    expect(dag.levels).toHaveLength(20_000);
    expect(dag.steps[19_999]?.step.target.path).toBe("chain/19999");
    expect(dag.upstream(dag.steps[19_999] as DagStep)).toHaveLength(19_999);
    expect(dag.downstream(dag.steps[0] as DagStep)).toHaveLength(19_999);
    expect(dag.toMermaid().split("\n").length).toBeGreaterThan(80_000);
    expect(JSON.stringify(bucket)).toContain("chain/19999");
  });

  test("for a cycle of 20,000 steps", () => {
    let bucket = at("start");
    for (let index = 0; index < 19_999; index++) bucket = bucket.transform(a).to(at(`chain/${index}`));
    const error = thrownBy(() => bucket.transform(b).to(at("start")).toDag()) as GlacierError;
    expect(error.code).toBe("CYCLE");
    expect(error.message).toContain("(19992 more)");
    expect(error.message.length + (error.hint?.length ?? 0)).toBeLessThan(1_000);
    expect(error.details["steps"]).toHaveLength(20_000);
  });

  test("for a folder of 20,000 buckets", () => {
    const sources = Array.from({ length: 20_000 }, (_, index) =>
      at("0")
        .transform(a)
        .to(at(`parts/${index}.parquet`)),
    );
    const dag = Dag.of([
      ...sources,
      at("parts").transform(b).to(at("1")),
      at("parts/*.parquet").transform(c).to(at("2")),
    ]);
    expect(dag.step("b").dependencies).toHaveLength(20_000);
    expect(dag.step("c").dependencies).toHaveLength(20_000);
  });
});
