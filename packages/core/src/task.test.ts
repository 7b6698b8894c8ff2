import { inspect } from "node:util";
import pl from "nodejs-polars";
import { describe, expect, test } from "vitest";
import { fakeProvider, rejectionOf, thrownBy } from "./fake-storage.test-d.ts";
import { type Frame, isFrame, isLazyFrame, type LazyFrame } from "./frame.ts";
import { isTask } from "./task.ts";

const provider = fakeProvider();
const here = provider.local();
const df = pl.DataFrame({ n: [1, 2, 3] }).lazy();
const other = pl.DataFrame({ n: [1], text: ["one"] }).lazy();
const same = (frame: LazyFrame): LazyFrame => frame;

describe("the name of a task", () => {
  test("is the text given, or that in the options", () => {
    expect(here.task("clean", same).name).toBe("clean");
    expect(here.task({ name: "clean" }, same).name).toBe("clean");
  });

  test("is that of its function, if none is given", () => {
    expect(here.task(same).name).toBe("same");
    expect(
      here.task(function cleanUp(frame) {
        return frame;
      }).name,
    ).toBe("cleanUp");
    expect(here.task({ retries: 1 }, same).name).toBe("same");
  });

  test.each(["", "  ", "a\nb", "a\u0000b"])("is not %j", (name) => {
    for (const make of [() => here.task(name, same), () => here.task({ name }, same)]) {
      expect(thrownBy(make)).toMatchObject({
        code: "TASK_NAME_INVALID",
        message: expect.stringContaining("executor `local`"),
        hint: expect.stringContaining('executor.task("clean"'),
      });
    }
  });

  test("can't be left out for a function without one", () => {
    expect(thrownBy(() => here.task((frame) => frame))).toMatchObject({ code: "TASK_NAME_INVALID" });
  });

  test.each(["日本語 👨‍👩‍👧‍👦", "end", "x".repeat(5_000), 'a "b" <c>', "then", "__proto__"])("may be %s", (name) => {
    expect(here.task(name, same).name).toBe(name);
  });
});

describe("a task", () => {
  test("is a frozen function that knows its executor and options", () => {
    const task = here.task({ name: "clean", timeout: "5m", retries: 2, cache: true }, same);
    expect(typeof task).toBe("function");
    expect(isTask(task)).toBe(true);
    expect(task.executor).toBe(here);
    expect(task.options).toEqual({ timeout: "5m", retries: 2, cache: true });
    expect(task.sources).toBeUndefined();
    expect(Object.isFrozen(task)).toBe(true);
    expect(Object.isFrozen(task.options)).toBe(true);
    expect(() => Object.assign(task, { name: "other" })).toThrow(TypeError);
  });

  test("keeps its own list of sources", () => {
    const sources = ["left", "right"];
    const task = here.task({ name: "join", sources }, ({ left }) => left as LazyFrame);
    sources.push("third");
    expect(task.sources).toEqual(["left", "right"]);
    expect(Object.isFrozen(task.sources)).toBe(true);
  });

  test("is nothing else", () => {
    for (const value of [same, null, undefined, {}, "clean", here, provider]) expect(isTask(value)).toBe(false);
  });

  test.each([
    ["no function", ["clean"]],
    ["null for a function", ["clean", null]],
    ["a frame for a function", ["clean", df]],
    ["nothing at all", []],
    ["null", [null]],
    ["a promise", [Promise.resolve(same)]],
  ])("can't be made of %s", (_, given) => {
    const make = here.task.bind(here) as (...values: unknown[]) => unknown;
    expect(thrownBy(() => make(...given))).toMatchObject({
      code: "ARGUMENT_INVALID",
      message: expect.stringContaining("needs a function over frames"),
      hint: expect.stringContaining('executor.task("clean"'),
    });
  });
});

describe("the options of a task", () => {
  test.each([90, 0.5, "500ms", "90s", "1.5m", "2h"] as const)("take a timeout of %s", (timeout) => {
    expect(here.task({ timeout }, same).options.timeout).toBe(timeout);
  });

  test.each([0, -1, Number.NaN, Infinity, 3_000_000, "5", "5 m", "5d", "m", "-5m", "1e3s", "", null, {}, 5n])(
    "refuse a timeout of %s",
    (timeout) => {
      expect(thrownBy(() => here.task({ name: "clean", timeout: timeout as never }, same))).toMatchObject({
        code: "OPTION_INVALID",
        message: expect.stringMatching(/^Task `clean`: option `timeout` must be a number of seconds above 0/),
      });
    },
  );

  test.each([-1, 1.5, 101, "2", null, Number.NaN])("refuse %s retries", (retries) => {
    expect(thrownBy(() => here.task({ name: "clean", retries: retries as never }, same))).toMatchObject({
      code: "OPTION_INVALID",
      message: expect.stringContaining("`retries` must be a whole number from 0 to 100"),
    });
  });

  test("refuse a cache that is neither true nor false", () => {
    expect(thrownBy(() => here.task({ name: "clean", cache: "yes" as never }, same))).toMatchObject({
      code: "OPTION_INVALID",
      message: 'Task `clean`: option `cache` must be true or false, not "yes".',
    });
  });

  test.each([[[]], [["a", "a"]], [[""]], [[1]], ["a"], [{ a: 1 }], [null]])("refuse the sources %j", (sources) => {
    expect(thrownBy(() => here.task({ name: "join", sources } as never, same as never))).toMatchObject({
      code: "OPTION_INVALID",
      message: expect.stringContaining("a list of different names, at least one"),
    });
  });

  test("refuse what does not exist, and say what was meant", () => {
    expect(thrownBy(() => here.task({ name: "clean", retrys: 3 } as never, same as never))).toMatchObject({
      code: "OPTION_UNKNOWN",
      message: "Task `clean` has no option `retrys`.",
      hint: "Did you mean `retries`? It takes `name`, `timeout`, `retries`, `cache` and `sources`.",
    });
  });

  test("may be undefined, which is as if they were left out", () => {
    const task = here.task({ name: "clean", timeout: undefined, cache: undefined } as never, same as never) as {
      options: object;
    };
    expect(task.options).toEqual({});
  });
});

describe("a task called directly", () => {
  const clean = here.task("clean", (frame) => frame.filter(pl.col("n").gt(1)));
  const join = here.task({ name: "join", sources: ["left", "right"] }, ({ left, right }) =>
    left.join(right, { on: "n" }),
  );

  test("returns what its function returns, lazily or not", async () => {
    const lazy = await clean({ df });
    expect(isLazyFrame(lazy)).toBe(true);
    expect((await lazy.collect()).getColumn("n").toArray()).toEqual([2, 3]);
    const eager = await here.task("eager", (frame) => frame.collectSync())({ df });
    expect(isLazyFrame(eager)).toBe(false);
    expect(isFrame(eager)).toBe(true);
    expect(eager.height).toBe(3);
  });

  test("may be asynchronous", async () => {
    const slow = here.task("slow", async (frame) => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      return frame.limit(1);
    });
    expect((await (await slow({ df })).collect()).height).toBe(1);
  });

  test("with several sources gets them by name", async () => {
    expect((await (await join({ left: df, right: other })).collect()).toRecords()).toEqual([{ n: 1, text: "one" }]);
  });

  test("with declared sources gets the object, even if there is only `df`", async () => {
    const task = here.task({ name: "one", sources: ["df"] }, ({ df: frame }) => frame.limit(1));
    expect((await (await task({ df })).collect()).height).toBe(1);
  });

  test("rejects with what its function throws", async () => {
    const failing = here.task("failing", () => {
      throw new RangeError("no luck");
    });
    await expect(failing({ df })).rejects.toThrow(RangeError);
  });

  test.each([
    ["nothing", undefined, "not with undefined"],
    ["null", null, "not with null"],
    ["the frame itself", df, "not with a frame"],
    ["a text", "df", 'not with "df"'],
  ])("refuses %s", async (_, given, message) => {
    const call = clean as (given: unknown) => Promise<Frame>;
    expect(await rejectionOf(call(given))).toMatchObject({
      code: "ARGUMENT_INVALID",
      message: expect.stringContaining(message),
      hint: "Call it as `clean({ df })`.",
    });
  });

  test("says how a task with declared sources is called", async () => {
    expect(await rejectionOf((join as (given: unknown) => Promise<Frame>)(df))).toMatchObject({
      hint: "Call it as `join({ left, right })`.",
    });
  });

  test.each([undefined, null, 5, "df", [], {}, { df }])("refuses %s for a frame", async (frame) => {
    expect(await rejectionOf(clean({ df: frame as never }))).toMatchObject({
      code: "ARGUMENT_INVALID",
      message: expect.stringContaining("Source `df` of task `clean` is no frame"),
    });
  });

  test("refuses sources of other names than were declared", async () => {
    expect(await rejectionOf(join({ left: df, rihgt: other } as never))).toMatchObject({
      code: "SOURCES_MISMATCH",
      message: "Task `join` takes `left` and `right`: it is not given `right`, and it does not take `rihgt`.",
    });
  });
});

describe("the sources of a task", () => {
  const undeclared = (use: (sources: Record<string, unknown>) => unknown): Promise<unknown> =>
    here.task("join", (async (sources: Record<string, unknown>) => {
      await use(sources);
      return df;
    }) as never)({ left: df, right: other } as never);

  test("refuse a name that is not among them", async () => {
    expect(await rejectionOf(undeclared(({ rigt }) => rigt))).toMatchObject({
      code: "SOURCES_MISMATCH",
      message: "Task `join` asked for a source `rigt`, which it is not given.",
      hint: "Did you mean `right`? It is given `left` and `right`.",
    });
  });

  test("refuse a method of frames, which is what a task with one source would call", async () => {
    expect(
      await rejectionOf(undeclared((sources) => (sources as never as LazyFrame).filter(pl.col("n").gt(1)))),
    ).toMatchObject({
      code: "SOURCES_MISMATCH",
      message: "Task `join` asked for a source `filter`, which it is not given.",
    });
  });

  test("can be spread, listed, printed and awaited", async () => {
    await undeclared(async (sources) => {
      const { left, ...rest } = sources;
      expect(left).toBe(df);
      expect(rest).toEqual({ right: other });
      expect(Object.keys(sources)).toEqual(["left", "right"]);
      expect("third" in sources).toBe(false);
      expect(inspect(sources)).toContain("left");
      expect(await Promise.resolve(sources)).toBe(sources);
    });
  });

  test("can't be changed", async () => {
    await expect(undeclared((sources) => (sources["left"] = other))).rejects.toThrow(TypeError);
  });
});

describe("the result of a task", () => {
  test.each([undefined, null])("can't be %s", async (result) => {
    expect(await rejectionOf(here.task("empty", (() => result) as never)({ df }))).toMatchObject({
      code: "TASK_RESULT_INVALID",
      message: "Task `empty` returned nothing.",
      hint: expect.stringContaining("needs a `return`"),
    });
  });

  test.each([
    ["a number", 5, "5"],
    ["a text", "done", '"done"'],
    ["an object", { df }, "an object"],
    ["a list of frames", [df], "an array"],
    ["a function", () => df, "a function"],
    ["a series", pl.Series("n", [1]), "an object"],
    ["an expression", pl.col("n"), "an object"],
    ["a group-by without `agg`", df.groupBy("n"), "an object"],
    ["false", false, "false"],
  ])("can't be %s", async (_, result, shown) => {
    for (const given of [() => result, async () => result]) {
      expect(await rejectionOf(here.task("odd", given as never)({ df }))).toMatchObject({
        code: "TASK_RESULT_INVALID",
        message: `Task \`odd\` returned ${shown}, which is no frame.`,
        hint: expect.stringContaining(".agg("),
      });
    }
  });

  test("is a frame of any copy of Polars, by its tag", () => {
    expect(isFrame({ [Symbol.toStringTag]: "LazyDataFrame" })).toBe(true);
    expect(isFrame(df.collectSync())).toBe(true);
    for (const value of [null, undefined, {}, [], pl.Series([1]), pl.col("n"), "LazyDataFrame"]) {
      expect(isFrame(value)).toBe(false);
    }
  });
});
