import {
  type Bucket,
  Dag,
  type DagStep,
  type FormatName,
  formats,
  type LazyFrame,
  Pipeline,
  Provider,
} from "@glacier/core";
import pl from "nodejs-polars";
import { beforeEach, describe, expect, it } from "vitest";
import { fail, type Lake, makeLake, submit, succeed, wait } from "../test/lake.ts";
import { scanBucket } from "./scan.ts";
import { executeStep } from "./step.ts";

const names = Object.keys(formats) as FormatName[];
const ending = { parquet: ".parquet", csv: ".csv", ndjson: ".ndjson", ipc: ".arrow" } as const;

let lake: Lake;
beforeEach(() => {
  lake = makeLake();
  pl.DataFrame({ name: ["a", "b", null], n: [1.5, 2, 3] }).writeParquet(lake.path("in.parquet"));
  return () => lake.remove();
});

const bucket = (path: string, options: object = {}): Bucket => lake.provider.bucket("b", path, options);
const copy = (source: Bucket, target: Bucket): Bucket =>
  source.transform(lake.here.task("copy", (df) => df)).to(target);
const made = (task: (df: LazyFrame) => unknown, target = "out.parquet", options: object = {}): Bucket =>
  bucket("in.parquet")
    .transform(lake.here.task("make", task as (df: LazyFrame) => LazyFrame))
    .to(bucket(target, options));
const rowsIn = async (source: Bucket): Promise<unknown[][]> => (await (await scanBucket(source)).collect()).rows();

describe("a step", () => {
  const pairs = names.flatMap((from) => names.map((to) => [from, to] as const));
  it.each(pairs)("reads %s and writes %s", async (from, to) => {
    const source = bucket(`source${ending[from]}`);
    const target = bucket(`target${ending[to]}`);
    await succeed(copy(bucket("in.parquet"), source));
    const outcome = await succeed(copy(source, target));
    expect(outcome).toEqual({
      status: "succeeded",
      rows: 3,
      bytes: lake.bytes(`target${ending[to]}`)?.length,
      columns: [
        { name: "name", type: "String" },
        { name: "n", type: "Float64" },
      ],
      engine: `polars ${pl.version}`,
      notes: [],
    });
    expect(await rowsIn(target)).toEqual([
      ["a", 1.5],
      ["b", 2],
      [null, 3],
    ]);
    expect(lake.staged()).toEqual([]);
  });

  it.each(names)("writes no rows to %s, and the next step can read that", async (format) => {
    const schema = { name: pl.String, n: pl.Float64 };
    const none = made(
      (df) => df.filter(pl.lit(false)),
      `none${ending[format]}`,
      format === "ndjson" ? { scan: { schema } } : {},
    );
    expect(await succeed(none)).toMatchObject({ rows: 0, columns: [{ name: "name" }, { name: "n" }] });
    expect(await succeed(copy(none, bucket(`again${ending[format]}`)))).toMatchObject({
      rows: 0,
      columns: [{ name: "name" }, { name: "n" }],
    });
  });

  it("says that NDJSON without rows has no columns, when it writes it and when it reads it", async () => {
    for (const path of ["none.ndjson", "none.ndjson.gz", "none.ndjson.zst"]) {
      const none = made((df) => df.filter(pl.lit(false)), path);
      const { rows, columns, notes } = await succeed(none);
      expect({ rows, columns }).toEqual({
        rows: 0,
        columns: [
          { name: "name", type: "String" },
          { name: "n", type: "Float64" },
        ],
      });
      expect(notes).toEqual([expect.stringContaining("without any, NDJSON has no columns")]);
      expect(await fail(copy(bucket(path), bucket("out.csv")))).toMatchObject({
        code: "SOURCE_UNREADABLE",
        message: `\`b/${path}\` has no line, and without one NDJSON has no columns.`,
        hint: expect.stringContaining("schema") as string,
      });
    }
  });

  it("takes an eager frame, a promise, and a promise of an eager frame", async () => {
    expect(await succeed(made((df) => df.limit(2).collectSync()))).toMatchObject({ rows: 2 });
    expect(await succeed(made((df) => Promise.resolve(df.limit(1))))).toMatchObject({ rows: 1 });
    expect(await succeed(made((df) => wait(20).then(() => df.collect())))).toMatchObject({ rows: 3 });
  });

  it("gives a task with several sources all of them by name", async () => {
    await succeed(copy(bucket("in.parquet"), bucket("other.csv")));
    const joined = new Pipeline({ left: bucket("in.parquet"), right: bucket("other.csv") })
      .transform(
        lake.here.task({ name: "join", sources: ["left", "right"] }, ({ left, right }) =>
          left.join(right, { on: "name" }),
        ),
      )
      .to(bucket("joined.ndjson"));
    expect(await succeed(joined)).toMatchObject({
      rows: 2,
      columns: [{ name: "name" }, { name: "n" }, { name: "nright" }],
    });
  });

  it("says what it does, in order", async () => {
    const { events } = await submit(made((df) => df));
    expect(events.map((event) => (event.type === "step-progress" ? event.phase : event.type))).toEqual([
      "scan",
      "task",
      "write",
      "publish",
    ]);
    for (const event of events)
      expect(event).toMatchObject({ run: "run", step: "make", attempt: 1, time: expect.any(Number) as number });
  });

  it("says how far it came before it failed", async () => {
    const { events } = await submit(made((df) => df.select("nope")));
    expect(events.at(-1)).toMatchObject({ phase: "write" });
  });

  it("is not disturbed by others at the same time, nor by ones that fail", async () => {
    const work = Array.from({ length: 12 }, async (_, at) => {
      const isBad = at % 3 === 2;
      const pipeline = made(
        (df) => (isBad ? df.select(pl.col("name").cast(pl.Int64, true)) : df.limit(at % 4)),
        `out-${at}.${at % 2 ? "csv" : "parquet"}`,
      );
      const { outcome } = await submit(pipeline);
      return outcome.status === "succeeded" ? outcome.rows : outcome.status;
    });
    expect(await Promise.all(work)).toEqual(
      Array.from({ length: 12 }, (_, at) => (at % 3 === 2 ? "failed" : Math.min(at % 4, 3))),
    );
    expect(lake.staged()).toEqual([]);
  });

  it("may write one target from two runs at once: the target is one of the two, whole", async () => {
    const write = (value: number): Promise<unknown> =>
      succeed(made(() => pl.DataFrame({ v: Array.from({ length: 50_000 }, () => value) }), "same.csv"));
    for (let round = 0; round < 3; round++) {
      await Promise.all([write(1), write(2)]);
      const rows = await rowsIn(bucket("same.csv"));
      expect(rows).toHaveLength(50_000);
      expect(new Set(rows.flat()).size).toBe(1);
    }
  });

  it("never throws, whatever the storage and the watcher do", async () => {
    const { storage } = bucket("out.parquet");
    const broken = new Provider({
      name: "broken",
      storage: { ...storage, stage: () => Promise.reject(new Error("broken")) },
    });
    const context = { run: "run", attempt: 1, signal: new AbortController().signal, emit: () => {} };
    const failing = Dag.of(copy(bucket("in.parquet"), broken.bucket("b", "out.parquet"))).steps[0] as DagStep;
    expect(await executeStep(failing, context)).toMatchObject({ status: "failed", error: { code: "QUERY_FAILED" } });
    const node = Dag.of(made((df) => df)).steps[0] as DagStep;
    const emit = (): never => {
      throw new Error("watching failed");
    };
    expect((await executeStep(node, { ...context, emit })).status).toBe("failed");
    expect(lake.staged()).toEqual([]);
  });
});

describe("what a step reports", () => {
  it("counts rows with line breaks in them as one, in CSV and NDJSON", async () => {
    const texts = ["one\ntwo", 'a "quoted"\n\n', "\r\n", "\n", ",", "", null];
    const many = Array.from({ length: 70_000 }, (_, at) => texts[at % texts.length] ?? null);
    for (const [path, options] of [
      ["out.csv", {}],
      ["out.csv", { sink: { includeHeader: false } }],
      ["out.csv", { sink: { lineTerminator: "\r\n" } }],
      ["out.csv.gz", {}],
      ["out.ndjson", {}],
      ["out.ndjson.zst", {}],
    ] as const) {
      const outcome = await succeed(
        made(() => pl.DataFrame({ text: many, at: many.map((_, at) => at) }), path, options),
      );
      expect(outcome).toMatchObject({ rows: 70_000, bytes: lake.bytes(path)?.length });
      expect(await rowsIn(bucket(path, options))).toHaveLength(70_000);
    }
  });

  it("counts rows of one column that are null, in every format", async () => {
    for (const format of names) {
      const target = made(() => pl.DataFrame({ v: [null, "x", null, null] }), `nulls${ending[format]}`);
      expect(await succeed(target)).toMatchObject({ rows: 4, columns: [{ name: "v", type: "String" }] });
      expect(await rowsIn(target)).toEqual([[null], ["x"], [null], [null]]);
    }
  });

  const typed = (df: LazyFrame): LazyFrame =>
    df.select(
      pl.col("n").cast(pl.Int8).alias("small"),
      pl.col("n").cast(pl.Int64).cast(pl.Datetime("us")).alias("at"),
      pl.col("name"),
    );

  it("are the types that Parquet and Arrow IPC keep", async () => {
    for (const path of ["out.parquet", "out.arrow"]) {
      expect(await succeed(made(typed, path))).toMatchObject({
        columns: [{ type: "Int8" }, { type: "Datetime(us)" }, { type: "String" }],
        notes: [],
      });
    }
  });

  it("are the types that CSV and NDJSON lose, as a reader will find them", async () => {
    const csv = await succeed(made(typed, "out.csv"));
    expect(csv.columns).toEqual([
      { name: "small", type: "Int64" },
      { name: "at", type: "String" },
      { name: "name", type: "String" },
    ]);
    expect(csv.notes).toEqual([
      "`b/out.csv` is CSV, which keeps no types. Read back, these columns differ: `small` (Int8 → Int64), `at` (Datetime(us) → String). The bucket's `schema` can say which they are.",
    ]);
    const ndjson = await succeed(made(typed, "out.ndjson"));
    expect(ndjson.notes).toEqual([expect.stringContaining("`b/out.ndjson` is NDJSON, which keeps no types.")]);
  });

  it("are no lost types, where `scan` of the target says which they are", async () => {
    const scan = { schemaOverrides: { small: pl.Int8, at: pl.Datetime("us") } };
    expect((await succeed(made(typed, "out.csv", { scan }))).notes).toEqual([]);
    expect((await succeed(made(typed, "out.csv", { scan: { ...scan, nRows: 0, skipRowsAfterHeader: 1 } }))).rows).toBe(
      3,
    );
  });

  it("are no lost types, where the target can't be read as its `scan` says: that is for its reader to find out", async () => {
    expect(await succeed(made(typed, "out.csv", { scan: { schema: { other: pl.Int8 } } }))).toMatchObject({
      rows: 3,
      notes: [],
    });
  });

  it("warns of a column that NDJSON loses, because its first values are null", async () => {
    const late = pl.DataFrame({ v: [...Array.from({ length: 150 }, () => null), 7] });
    const { notes } = await succeed(made(() => late, "late.ndjson"));
    expect(notes).toEqual([expect.stringContaining("`v` (Float64 → Null)")]);
    expect(await fail(copy(bucket("late.ndjson"), bucket("out.csv")))).toMatchObject({ code: "SOURCE_UNREADABLE" });
    const given = bucket("late.ndjson", { scan: { schemaOverrides: { v: pl.Float64 } } });
    expect(await succeed(copy(given, bucket("out.csv")))).toMatchObject({ rows: 151 });
  });

  it("is a type that nodejs-polars can't tell, by its name", async () => {
    const json = { Cast: { expr: { Column: "name" }, dtype: { Literal: "Binary" }, options: "NonStrict" } };
    const binary = pl.Expr.deserialize(Buffer.from(JSON.stringify(json)), "json");
    const outcome = await succeed(made((df) => df.select(binary, pl.col("n"))));
    expect(outcome.columns).toEqual([
      { name: "name", type: "Binary" },
      { name: "n", type: "Float64" },
    ]);
    expect(await succeed(copy(bucket("out.parquet"), bucket("again.arrow")))).toMatchObject({ rows: 3 });
  });

  it("is refused, not a panic, where NDJSON would have to hold binary data, nested or not", async () => {
    const json = { Cast: { expr: { Column: "name" }, dtype: { Literal: "Binary" }, options: "NonStrict" } };
    const binary = pl.Expr.deserialize(Buffer.from(JSON.stringify(json)), "json");
    const error = await fail(made((df) => df.select(binary), "binary.ndjson"));
    expect(error).toMatchObject({ code: "QUERY_FAILED", message: expect.stringContaining("Column `name` is Binary") });
    const nested = await fail(made((df) => df.select(binary.implode().alias("list")), "binary.ndjson"));
    expect(nested).toMatchObject({ code: "QUERY_FAILED", message: expect.stringContaining("Column `list` is") });
  });

  it("is that `cache` had no effect yet", async () => {
    const task = lake.here.task({ name: "cached", cache: true }, (df) => df);
    const { notes } = await succeed(bucket("in.parquet").transform(task).to(bucket("out.parquet")));
    expect(notes).toEqual([expect.stringContaining("`cache` is on")]);
  });
});

describe("a task that does not do what it should", () => {
  it("throws: its error and its words are reported", async () => {
    const boom = new RangeError("boom");
    const thrown = (): never => {
      throw boom;
    };
    for (const task of [thrown, () => Promise.reject(boom), () => wait(5).then(thrown)]) {
      expect(await fail(made(task))).toMatchObject({
        code: "TASK_FAILED",
        message: "Task `make` threw: RangeError: boom",
        cause: boom,
        hint: expect.stringContaining("the task's own code") as string,
      });
    }
  });

  it.each([
    ["a text", "a text", 'Task `make` threw: "a text"'],
    ["nothing", undefined, "Task `make` threw: undefined"],
    ["an object without a prototype", Object.create(null), "Task `make` threw: an object"],
  ])("throws %s", async (_, thrown, message) => {
    const task = (): never => {
      // oxlint-disable-next-line no-throw-literal, typescript/only-throw-error -- user code does
      throw thrown;
    };
    expect(await fail(made(task))).toMatchObject({ code: "TASK_FAILED", message });
  });

  it.each<[string, (df: LazyFrame) => unknown]>([
    ["nothing", () => {}],
    ["null", () => null],
    ["a group-by", (df) => df.groupBy("name")],
    ["a series", () => pl.Series("s", [1])],
    ["an expression", () => pl.col("n")],
    ["rows", () => [{ a: 1 }]],
    ["a function", () => (df: LazyFrame) => df],
  ])("returns %s", async (_, task) => {
    expect(await fail(made(task))).toMatchObject({ code: "TASK_RESULT_INVALID" });
  });

  it("takes its one source out of an object: the hint says that it is the frame itself", async () => {
    const destructured = (({ flights }: { flights: LazyFrame }) => flights.filter(pl.lit(true))) as never;
    expect(await fail(made(destructured))).toMatchObject({
      code: "TASK_FAILED",
      hint: "A task with one source gets the frame itself, `(df) => …`; only a task with several gets them by name.",
    });
  });

  it("has another TypeError: the hint does not blame the argument", async () => {
    const other = (df: LazyFrame): LazyFrame =>
      df.select((pl.col("n") as never as { date: { year(): pl.Expr } }).date.year());
    expect(await fail(made(other))).toMatchObject({
      code: "TASK_FAILED",
      hint: expect.stringContaining("the task's own code") as string,
    });
  });

  it("takes a source that it is not given", async () => {
    const misspelt = (sources: { left: LazyFrame; right: LazyFrame }): LazyFrame =>
      (sources as unknown as { lef: LazyFrame }).lef;
    const join = new Pipeline({ left: bucket("in.parquet"), right: bucket("in.parquet") })
      .transform(lake.here.task("join", misspelt))
      .to(bucket("out.parquet"));
    expect(await fail(join)).toMatchObject({
      code: "SOURCES_MISMATCH",
      hint: expect.stringContaining("Did you mean `left`?") as string,
    });
  });

  it("leaves the target as it was", async () => {
    lake.put("out.parquet", "old");
    for (const task of [() => Promise.reject(new Error("no")), () => {}, (df: LazyFrame) => df.select("nope")]) {
      await fail(made(task));
      expect(lake.bytes("out.parquet")?.toString()).toBe("old");
      expect(lake.staged()).toEqual([]);
    }
  });
});

describe("a step that can't start or end", () => {
  it("names the source that is missing", async () => {
    expect(await fail(copy(bucket("gone.parquet"), bucket("out.csv")))).toMatchObject({ code: "SOURCE_NOT_FOUND" });
  });

  it("names the target that can't be replaced, and has nothing left over", async () => {
    lake.put("out.csv/file", "x");
    expect(await fail(copy(bucket("in.parquet"), bucket("out.csv")))).toMatchObject({ code: "TARGET_NOT_REPLACEABLE" });
    expect(lake.staged()).toEqual([]);
  });
});
