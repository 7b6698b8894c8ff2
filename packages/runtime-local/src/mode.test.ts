import { Dag, GlacierError, Pipeline, Provider, RunError, type RunEvent, Registry } from "@glacier/core";
import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { makeLake, numbersIn } from "../test/lake.ts";
import { mode } from "./mode.ts";

const above = (limit: number): pl.Expr => pl.col("n").gt(limit);

/** raw → odd → tail, with a frame to look at in between. */
async function makeChain() {
  const lake = await makeLake();
  const raw = await lake.numbers("raw.parquet", [1, 2, 3, 4, 5]);
  const middle = raw
    .transform(lake.here.task("drop-one", (df) => df.filter(above(1))))
    .to(lake.bucket("middle.parquet"));
  const final = middle
    .transform(lake.here.task("drop-three", (df) => df.filter(above(3))))
    .to(lake.bucket("out/final.parquet"));
  return { ...lake, raw, middle, final: final.withName("chain") };
}

const caught = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

describe("a run in mode `local`", () => {
  it("writes every target, and says what each step did", async () => {
    const { final, bucket, read, staged } = await makeChain();
    const before = Date.now();
    const result = await final.run();
    expect(await read(bucket("middle.parquet"))).toEqual([2, 3, 4, 5]);
    expect(await read(final)).toEqual([4, 5]);
    expect(await staged()).toEqual([]);

    expect(result.status).toBe("succeeded");
    expect(result.duration).toBeGreaterThanOrEqual(0);
    expect(result.target.uri).toBe(final.uri);
    expect(result.steps.map(({ name }) => name)).toEqual(["drop-one", "drop-three"]);
    expect(result.step("drop-three")).toMatchObject({
      name: "drop-three",
      attempts: 1,
      duration: expect.any(Number),
      outcome: {
        status: "succeeded",
        rows: 2,
        bytes: expect.any(Number),
        columns: [{ name: "n", type: "Float64" }],
        engine: expect.stringMatching(/^polars \d+\.\d+\.\d+$/),
        notes: [],
      },
    });

    // The id begins with the time, in UTC, and no two runs have the same.
    const [, ...parts] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)-[0-9a-f]{8}$/.exec(result.run) ?? [];
    const [year, month, day, hour, minute, second] = parts.map(Number) as [
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    const time = Date.UTC(year, month - 1, day, hour, minute, second);
    expect(Math.abs(time - before)).toBeLessThan(60_000);
    expect((await final.run()).run).not.toBe(result.run);
  });

  it("can be the mode of a registry, and the default of every run", async () => {
    const { plugin, raw } = await makeChain();
    const provider = new Provider(plugin, { registry: new Registry({ modes: [mode] }) });
    const copy = raw.transform(provider.local().task("copy", (df) => df)).to(provider.bucket("lake", "copy.parquet"));
    expect((await copy.run()).status).toBe("succeeded");
    expect((await copy.run({ mode: "local" })).step("copy").outcome.status).toBe("succeeded");
  });

  it("gives the final bucket, or any other of the pipeline, as a lazy frame", async () => {
    const { final, middle, raw } = await makeChain();
    const result = await final.run();
    expect(numbersIn(await (await result.frame()).collect())).toEqual([4, 5]);
    expect(numbersIn(await (await result.frame(middle)).collect())).toEqual([2, 3, 4, 5]);
    expect(numbersIn(await (await result.frame(raw)).select(pl.col("n").sum()).collect())).toEqual([15]);
  });

  it("refuses to give what is no bucket, or what nobody wrote, as a frame", async () => {
    const { final, bucket } = await makeChain();
    const result = await final.run();
    await expect(result.frame("middle" as never)).rejects.toMatchObject({
      code: "ARGUMENT_INVALID",
      message: '`result.frame(…)` takes a bucket, not "middle".',
    });
    await expect(result.frame(bucket("nowhere.parquet"))).rejects.toMatchObject({ code: "SOURCE_NOT_FOUND" });
  });

  it("does not know a step that it has not got, and suggests the one that was meant", async () => {
    const { final } = await makeChain();
    const result = await final.run();
    expect(() => result.step("drop-on")).toThrow(
      expect.objectContaining({
        code: "STEP_UNKNOWN",
        message: "The run has no step `drop-on`.",
        hint: expect.stringContaining("Did you mean `drop-one`?"),
      }) as Error,
    );
  });

  it("runs several pipelines as one, and what they share once", async () => {
    const { middle, here, bucket, read } = await makeChain();
    const low = middle.transform(here.task("low", (df) => df.filter(pl.col("n").lt(4)))).to(bucket("low.parquet"));
    const high = middle.transform(here.task("high", (df) => df.filter(above(4)))).to(bucket("high.parquet"));
    const dag = Dag.of([low, high], { name: "both" });
    const result = await mode.run(dag);
    expect(result.steps.map(({ name }) => name)).toEqual(["drop-one", "high", "low"]);
    expect(await read(low)).toEqual([2, 3]);
    expect(await read(high)).toEqual([5]);
    expect(result.target.uri).toBe(dag.targets[0]?.uri);
  });

  it("gives a task with several sources its frames by name", async () => {
    const { raw, here, bucket, numbers, read } = await makeChain();
    const more = await numbers("more.parquet", [3, 4, 99]);
    const both = here.task({ name: "both", sources: ["left", "right"] }, ({ left, right }) =>
      left.join(right, { on: "n", how: "inner" }).sort("n"),
    );
    const joined = new Pipeline({ left: raw, right: more }).transform(both).to(bucket("joined.parquet"));
    await joined.run();
    expect(await read(joined)).toEqual([3, 4]);
  });
});

describe("the options of a run", () => {
  it("are refused when they are unknown, with the one that was meant, and nothing runs", async () => {
    const { final, middle, read } = await makeChain();
    await expect(final.run({ concurency: 2 } as never)).rejects.toMatchObject({
      code: "OPTION_UNKNOWN",
      message: "Mode `local` has no option `concurency`.",
      hint: expect.stringContaining("Did you mean `concurrency`?"),
    });
    await expect(read(middle)).rejects.toMatchObject({ code: "SOURCE_NOT_FOUND" });
  });

  it.each([
    ["concurrency", 0],
    ["concurrency", 1_001],
    ["concurrency", 1.5],
    ["concurrency", "2"],
    ["failFast", "yes"],
    ["signal", { aborted: false }],
    ["onEvent", []],
  ])("are refused when they can't be meant: %s = %s", async (name, value) => {
    const { final } = await makeChain();
    await expect(final.run({ [name]: value })).rejects.toMatchObject({
      code: "OPTION_INVALID",
      message: expect.stringContaining(`\`${name}\``),
    });
  });

  it("may be undefined", async () => {
    const { final } = await makeChain();
    const none = { concurrency: undefined, failFast: undefined, signal: undefined, onEvent: undefined };
    expect((await final.run(none as never)).status).toBe("succeeded");
  });
});

describe("whoever watches a run", () => {
  it("gets every event, with the phases of each step", async () => {
    const { final } = await makeChain();
    const events: RunEvent[] = [];
    const result = await final.run({ onEvent: (event) => void events.push(event) });
    const story = events.map((event) =>
      event.type === "step-progress"
        ? `${event.step} ${event.phase}`
        : "step" in event
          ? `${event.step} ${event.type}`
          : event.type,
    );
    const phases = ["step-started", "scan", "task", "write", "publish", "step-finished"];
    expect(story).toEqual([
      "run-checked",
      "run-started",
      ...phases.map((phase) => `drop-one ${phase}`),
      ...phases.map((phase) => `drop-three ${phase}`),
      "run-finished",
    ]);
    expect(new Set(events.map(({ run }) => run))).toEqual(new Set([result.run]));
    expect(events[0]).toMatchObject({ findings: [], duration: expect.any(Number) as number });
    expect(events[1]).toMatchObject({ steps: ["drop-one", "drop-three"], concurrency: 2 });
  });

  it("can't break it", async () => {
    const { final } = await makeChain();
    const rejects = (): Promise<never> => Promise.reject(new Error("No."));
    const throws = (): never => {
      throw new Error("No.");
    };
    for (const onEvent of [throws, rejects as () => void])
      expect((await final.run({ onEvent })).status).toBe("succeeded");
  });
});

describe("a run that fails", () => {
  it("throws an error with the step's own in it, and the result so far", async () => {
    const { middle, here, bucket, read, staged } = await makeChain();
    const bad = middle.transform(here.task("bad", (df) => df.select(pl.col("m")))).to(bucket("bad.parquet"));
    const behind = bad
      .transform(here.task("behind", (df) => df))
      .to(bucket("behind.parquet"))
      .withName("etl");
    const error = await caught(behind.run({ check: false }));
    if (!RunError.is(error)) throw new Error("It should be a RunError.", { cause: error });
    expect(error.code).toBe("RUN_FAILED");
    expect(error.message).toMatch(/^Pipeline `etl` failed: Step `bad` asks for a column `m`/);
    expect(error.cause).toMatchObject({ code: "COLUMN_NOT_FOUND" });
    expect(error.hint).toBe((error.cause as GlacierError).hint);
    const { result } = error;
    expect(result.status).toBe("failed");
    expect(result.steps.map(({ name, outcome }) => `${name} ${outcome.status}`)).toEqual([
      "drop-one succeeded",
      "bad failed",
      "behind skipped",
    ]);
    expect(result.step("behind").outcome).toMatchObject({ because: "bad", reason: expect.stringContaining("`bad`") });
    expect(await read(middle)).toEqual([2, 3, 4, 5]);
    await expect(result.frame()).rejects.toMatchObject({ code: "SOURCE_NOT_FOUND" });
    expect(await staged()).toEqual([]);
  });

  it("goes on with what does not need the step that failed", async () => {
    const { raw, here, bucket, read, numbers } = await makeChain();
    const target = await numbers("a.parquet", [7]);
    const fails = here.task("a-fails", () => Promise.reject(new Error("boom")));
    const works = raw.transform(here.task("b-works", (df) => df)).to(bucket("b.parquet"));
    const dag = Dag.of([raw.transform(fails).to(target), works]);
    const error = await caught(mode.run(dag, { concurrency: 1 }));
    expect(error).toMatchObject({ code: "RUN_FAILED", cause: { code: "TASK_FAILED" } });
    expect(await read(works)).toEqual([1, 2, 3, 4, 5]);
    expect(await read(target)).toEqual([7]);
  });

  it("starts nothing more after the first failure with `failFast`", async () => {
    const { raw, here, bucket, read } = await makeChain();
    const fails = here.task("a-fails", () => Promise.reject(new Error("boom")));
    const other = raw.transform(here.task("b-waits", (df) => df)).to(bucket("b.parquet"));
    const dag = Dag.of([raw.transform(fails).to(bucket("a.parquet")), other]);
    const error = await caught(mode.run(dag, { concurrency: 1, failFast: true }));
    expect((error as RunError).result.step("b-waits").outcome).toMatchObject({ status: "skipped", because: "a-fails" });
    await expect(read(other)).rejects.toMatchObject({ code: "SOURCE_NOT_FOUND" });
  });

  it("counts the steps that failed when there are several", async () => {
    const { raw, here, bucket } = await makeChain();
    const failing = ["a", "b", "c"].map((name) =>
      raw.transform(here.task(name, () => Promise.reject(new Error(`${name} broke`)))).to(bucket(`${name}.parquet`)),
    );
    const error = await caught(mode.run(Dag.of(failing, { name: "three" })));
    expect((error as Error).message).toBe("Pipeline `three` failed in 3 steps, first: Task `a` threw: Error: a broke");
  });
});
