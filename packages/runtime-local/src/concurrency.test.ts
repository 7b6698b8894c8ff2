import { Dag, type RunEvent } from "@glacier/core";
import { describe, expect, it } from "vitest";
import { makeGate, makeLake } from "../test/lake.ts";
import { mode } from "./mode.ts";

/** The most steps that were under way at once. */
function mostAtOnce(events: readonly RunEvent[]): number {
  let [open, most] = [0, 0];
  for (const { type } of events) {
    if (type === "step-started") open += 1;
    if (type === "step-finished") open -= 1;
    most = Math.max(most, open);
  }
  return most;
}

describe("steps that do not need each other", () => {
  it("run at the same time: each can wait for the other one", async () => {
    const { here, bucket, numbers, read } = await makeLake();
    const raw = await numbers("raw.parquet", [1, 2]);
    const [left, right] = [makeGate(), makeGate()];
    const a = here.task("a", async (df) => {
      left.open();
      await right.opened;
      return df;
    });
    const b = here.task("b", async (df) => {
      right.open();
      await left.opened;
      return df;
    });
    const targets = [raw.transform(a).to(bucket("a.parquet")), raw.transform(b).to(bucket("b.parquet"))] as const;
    const events: RunEvent[] = [];
    await mode.run(Dag.of(targets), { concurrency: 2, onEvent: (event: RunEvent) => events.push(event) });
    expect(events.filter(({ type }) => /step-(started|finished)/.test(type)).map(({ type }) => type)).toEqual([
      "step-started",
      "step-started",
      "step-finished",
      "step-finished",
    ]);
    for (const target of targets) expect(await read(target)).toEqual([1, 2]);
  });

  it.each([1, 2, 3])("run %d at a time, if that is the limit", async (concurrency) => {
    const { here, bucket, numbers, staged } = await makeLake();
    const raw = await numbers("raw.parquet", [1, 2]);
    let [underWay, most] = [0, 0];
    const full = makeGate();
    const targets = ["a", "b", "c", "d", "e"].map((name) => {
      const task = here.task(name, async (df) => {
        underWay += 1;
        most = Math.max(most, underWay);
        // Nobody leaves before as many as may be are here.
        if (underWay === concurrency) full.open();
        await full.opened;
        underWay -= 1;
        return df;
      });
      return raw.transform(task).to(bucket(`${name}.parquet`));
    });
    const events: RunEvent[] = [];
    await mode.run(Dag.of(targets), { check: false, concurrency, onEvent: (event: RunEvent) => events.push(event) });
    expect(mostAtOnce(events)).toBe(concurrency);
    expect(most).toBe(concurrency);
    expect(events[0]).toMatchObject({ concurrency });
    expect(await staged()).toEqual([]);
  });

  it("run two at a time by default", async () => {
    const { here, bucket, numbers } = await makeLake();
    const raw = await numbers("raw.parquet", [1, 2]);
    const targets = ["a", "b", "c"].map((name) =>
      raw.transform(here.task(name, (df) => df)).to(bucket(`${name}.parquet`)),
    );
    const events: RunEvent[] = [];
    await mode.run(Dag.of(targets), { onEvent: (event: RunEvent) => events.push(event) });
    expect(mostAtOnce(events)).toBe(2);
  });
});

describe("two runs of one pipeline in one process", () => {
  it("do not disturb each other: each target is whole all the time, and nothing is left behind", async () => {
    const { here, bucket, numbers, read, staged } = await makeLake();
    const expected = Array.from({ length: 5_000 }, (_, index) => index);
    const raw = await numbers("raw.parquet", expected);
    const middle = raw.transform(here.task("copy", (df) => df)).to(bucket("middle.parquet"));
    const final = middle.transform(here.task("sort", (df) => df.sort("n"))).to(bucket("final.parquet"));
    await final.run();

    const over = new AbortController();
    let looks = 0;
    const look = async (): Promise<void> => {
      while (!over.signal.aborted) {
        expect(await read(final)).toHaveLength(expected.length);
        looks += 1;
      }
    };
    const looking = look();
    const runs = Array.from({ length: 8 }, () => final.run());
    const results = await Promise.all(runs);
    over.abort();
    await looking;
    expect(looks).toBeGreaterThan(0);
    expect(new Set(results.map(({ run }) => run)).size).toBe(8);
    expect(results.map(({ status }) => status)).toEqual(results.map(() => "succeeded"));
    expect(await read(middle)).toEqual(expected);
    expect(await read(final)).toEqual(expected);
    expect(await staged()).toEqual([]);
  });

  it("keep their failures to themselves", async () => {
    const { here, bucket, numbers, read, staged } = await makeLake();
    const raw = await numbers("raw.parquet", [1, 2, 3]);
    let calls = 0;
    const every2nd = here.task("every-2nd-fails", (df) => {
      calls += 1;
      if (calls % 2 === 0) throw new Error("boom");
      return df;
    });
    const final = raw.transform(every2nd).to(bucket("final.parquet"));
    const settled = await Promise.allSettled([1, 2, 3, 4].map(() => final.run({ check: false })));
    expect(settled.map(({ status }) => status).sort()).toEqual(["fulfilled", "fulfilled", "rejected", "rejected"]);
    expect(await read(final)).toEqual([1, 2, 3]);
    expect(await staged()).toEqual([]);
  });
});
