import { type Finding, GlacierError, type RunEvent } from "@glacier/core";
import { getEventListeners } from "node:events";
import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { makeLake, never } from "../test/lake.ts";

async function refused(run: Promise<unknown>): Promise<GlacierError> {
  try {
    await run;
  } catch (error) {
    if (GlacierError.is(error)) return error;
    throw error;
  }
  throw new Error("The run should have been refused.");
}

describe("the check before a run", () => {
  it("finds what is wrong with a step before the steps before it have run", async () => {
    const { here, bucket, numbers, written } = await makeLake();
    const raw = await numbers("raw.parquet", [1, 2, 3]);
    const first = raw
      .transform(here.task("first", (df) => df.withColumn(pl.col("n").alias("m"))))
      .to(bucket("1.parquet"));
    const second = first.transform(here.task("second", (df) => df.select("m", "k"))).to(bucket("2.parquet"));
    const events: RunEvent[] = [];
    const error = await refused(second.withName("etl").run({ onEvent: (event) => events.push(event) }));
    expect(error.code).toBe("CHECK_FAILED");
    expect(error.message).toMatch(/^Pipeline `etl` is not run: .*`k`/);
    expect(error.hint).toContain("`check: false`");
    expect(error.details["findings"] as Finding[]).toMatchObject([
      { code: "COLUMN_NOT_FOUND", severity: "error", step: "second", column: "k" },
    ]);
    expect(events.map(({ type }) => type)).toEqual(["run-checked"]);
    expect(await written()).toEqual(["raw.parquet"]);
  });

  it("tells what else it finds, and runs", async () => {
    const { here, bucket, numbers } = await makeLake();
    const raw = await numbers("raw.parquet", [1, 2, 3]);
    const target = raw
      .transform(here.task("small", (df) => df.withColumn(pl.col("n").cast(pl.Int8))))
      .to(bucket("t.parquet"));
    const events: RunEvent[] = [];
    await target.run({ onEvent: (event) => events.push(event) });
    expect(events[0]).toMatchObject({
      type: "run-checked",
      findings: [{ code: "CAST_MAY_OVERFLOW", severity: "note", step: "small" }],
    });
  });

  it("has the task make its query, which is then executed: it is called once", async () => {
    const { here, bucket, numbers, read } = await makeLake();
    const raw = await numbers("raw.parquet", [1, 2, 3]);
    let calls = 0;
    const count = here.task("count", (df) => {
      calls += 1;
      return df.filter(pl.col("n").gt(pl.lit(1).cast(pl.Int64)));
    });
    const target = raw.transform(count).to(bucket("t.parquet"));
    await target.run();
    expect(calls).toBe(1);
    expect(await read(target)).toEqual([2, 3]);
  });

  it("asks the task again where the source has other columns than it was said to have", async () => {
    const { here, bucket, numbers, read } = await makeLake();
    const raw = await numbers("raw.parquet", [1, 2, 3]);
    const seen: string[][] = [];
    // An opaque task, which adds a column only where there are enough rows.
    const more = here.task("more", (df) => {
      const { height } = df.collectSync();
      return height < 3 ? df : df.withColumn(pl.lit("x").alias("x"));
    });
    const look = here.task("look", (df) => {
      seen.push(df.columns);
      return df.select("n");
    });
    const target = raw.transform(more).to(bucket("more.parquet")).transform(look).to(bucket("t.parquet"));
    await target.run();
    expect(seen).toEqual([["n"], ["n", "x"]]);
    expect(await read(target)).toEqual([1, 2, 3]);
  });

  it("is left out with `check: false`", async () => {
    const { here, bucket, numbers } = await makeLake();
    const raw = await numbers("raw.parquet", [1, 2, 3]);
    const target = raw.transform(here.task("bad", (df) => df.select("k"))).to(bucket("t.parquet"));
    const events: RunEvent[] = [];
    const error = await refused(target.run({ check: false, onEvent: (event) => events.push(event) }));
    expect(error).toMatchObject({ code: "RUN_FAILED", cause: { code: "COLUMN_NOT_FOUND" } });
    expect(events[0]?.type).toBe("run-started");
  });

  it("ends when the run is cancelled, though a task never returns", async () => {
    const { here, bucket, numbers } = await makeLake();
    const raw = await numbers("raw.parquet", [1]);
    const control = new AbortController();
    const waits = here.task("waits", () => {
      setImmediate(() => control.abort());
      return never();
    });
    const target = raw.transform(waits).to(bucket("t.parquet"));
    const error = await refused(target.run({ signal: control.signal }));
    expect(error.code).toBe("RUN_CANCELLED");
    expect(getEventListeners(control.signal, "abort")).toEqual([]);
  });

  it("lets a task throw that may not throw when the step runs", async () => {
    const { here, bucket, numbers, read } = await makeLake();
    const raw = await numbers("raw.parquet", [1, 2]);
    let calls = 0;
    const late = here.task("late", (df) => {
      if (++calls === 1) throw new Error("the rates are not there yet");
      return df;
    });
    const target = raw.transform(late).to(bucket("t.parquet"));
    await target.run();
    expect(await read(target)).toEqual([1, 2]);
  });
});
