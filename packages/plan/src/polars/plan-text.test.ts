import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import type { SimpleKind } from "../model/column-type.ts";
import { makeLeaf } from "./leaf.ts";
import { readablePlan } from "./plan-text.ts";

const schema = (columns: Readonly<Record<string, SimpleKind>>) =>
  Object.entries(columns).map(([name, kind]) => ({ name, type: { kind } }));
const flights = makeLeaf(
  pl,
  "flights",
  schema({ delay: "Int64", carrier: "String", cancelled: "Boolean", tail: "String" }),
).frame;
const carriers = makeLeaf(pl, "the carriers/é", schema({ carrier: "String", name: "String" })).frame;

describe("Polars' description of a plan, made readable", () => {
  it("names sources instead of paths, and has one line for each thing that is done", () => {
    const late = flights
      .filter(pl.col("cancelled").not())
      .groupBy("carrier")
      .agg(pl.col("delay").mean())
      .join(carriers, { on: "carrier", how: "left" });
    expect(readablePlan(late.describePlan())).toBe(`LEFT JOIN:
LEFT PLAN ON: [col("carrier")]
  AGGREGATE[maintain_order: true] [col("delay").mean()] BY [col("carrier")]
    FILTER col("cancelled").not()
      READ flights: all 4 columns
RIGHT PLAN ON: [col("carrier")]
  READ the carriers/é: all 2 columns`);
    const optimized = readablePlan(late.describeOptimizedPlan());
    expect(optimized).toContain(`READ flights: 3 of 4 columns
        where col("cancelled").not()`);
    expect(optimized).not.toMatch(/π|\/dev\/null|FROM|END/);
  });

  it("numbers what has a random name, so that it is the same text every time", () => {
    const make = () =>
      flights
        .withColumns(
          pl.col("delay").cast(pl.Float64).alias("a"),
          pl.col("delay").cast(pl.Float64).multiplyBy(pl.col("delay").cast(pl.Float64)).alias("b"),
        )
        .join(flights, { on: "carrier", how: "inner" })
        .select("a", "b", "tail");
    const [one, other] = [make(), make()].map((frame) => readablePlan(frame.describeOptimizedPlan()));
    expect(one).toBe(other);
    expect(one).toContain("shared_1");
    expect(one).toMatch(/CACHE\[id: \d\]/);
  });

  it("tells of rows that are cut out, and of frames in memory", () => {
    expect(readablePlan(flights.limit(5).describeOptimizedPlan())).toBe(
      "READ flights: all 4 columns\n  slice Positive { offset: 0, len: 5 }",
    );
    const memory = pl.DataFrame({ carrier: ["a"], rank: [1] }).lazy();
    expect(readablePlan(memory.describePlan())).toBe('IN MEMORY ["carrier", "rank"]: all 2 columns');
  });

  it("leaves what it doesn't know, and texts of the user, as they are", () => {
    expect(readablePlan("MAGIC [x]\n  Csv SCAN [a/b.csv]\n  PROJECT 1/2 COLUMNS")).toBe(
      "MAGIC [x]\n  Csv SCAN [a/b.csv]: 1 of 2 columns",
    );
    expect(readablePlan(flights.filter(pl.col("tail").eq(pl.lit("π 1/2 [x]"))).describePlan())).toContain(
      '"π 1/2 [x]"',
    );
  });

  it("stays the same when it is made readable again", () => {
    const plan = flights.select("delay").sort("delay").limit(3);
    for (const text of [plan.describePlan(), plan.describeOptimizedPlan()]) {
      const once = readablePlan(text);
      expect(readablePlan(once)).toBe(once);
    }
  });
});
