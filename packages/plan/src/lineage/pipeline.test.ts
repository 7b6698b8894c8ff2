import { describe, expect, it } from "vitest";
import type { LineageInput, StepLineage } from "../model/lineage.ts";
import { opaqueLineage } from "./opaque.ts";
import { type LineageOfStep, pipelineLineage } from "./pipeline.ts";

const input = (source: string, column: string, influence: LineageInput["influence"]): LineageInput => ({
  source,
  column,
  influence,
});
const total: StepLineage = {
  columns: [
    { column: "status", inputs: [input("df", "status", "identity")] },
    { column: "total", inputs: [input("df", "amount", "aggregation")] },
  ],
  dataset: [input("df", "status", "group-by")],
};
const step = (sources: LineageOfStep["sources"], lineage: StepLineage = total): LineageOfStep => ({
  step: "sum",
  target: "lake/totals",
  sources,
  lineage,
});

describe("the lineage of a pipeline", () => {
  it("has buckets where the steps have names of sources", () => {
    expect(pipelineLineage([step({ df: "lake/orders" })])).toEqual({
      buckets: [
        {
          bucket: "lake/totals",
          step: "sum",
          columns: [
            { column: "status", inputs: [{ bucket: "lake/orders", column: "status", influence: "identity" }] },
            { column: "total", inputs: [{ bucket: "lake/orders", column: "amount", influence: "aggregation" }] },
          ],
          dataset: [{ bucket: "lake/orders", column: "status", influence: "group-by" }],
        },
      ],
    });
  });

  it("says a thing once where a task gets one bucket by two names", () => {
    const both: StepLineage = {
      columns: [
        {
          column: "a",
          inputs: [input("left", "a", "identity"), input("right", "a", "identity"), input("right", "b", "window")],
        },
      ],
      dataset: [input("left", "id", "join"), input("right", "id", "join")],
    };
    const [bucket] = pipelineLineage([step({ left: "lake/x", right: "lake/x" }, both)]).buckets;
    expect(bucket?.columns[0]?.inputs).toEqual([
      { bucket: "lake/x", column: "a", influence: "identity" },
      { bucket: "lake/x", column: "b", influence: "window" },
    ]);
    expect(bucket?.dataset).toEqual([{ bucket: "lake/x", column: "id", influence: "join" }]);
  });

  it("goes to what lies in a folder", () => {
    const parts = new Map([["lake/days", ["lake/days/1", "lake/days/2", "lake/days"]]]);
    const [bucket] = pipelineLineage([step({ df: "lake/days" })], parts).buckets;
    expect(bucket?.columns[1]?.inputs.map((each) => each.bucket)).toEqual(["lake/days/1", "lake/days/2", "lake/days"]);
    expect(bucket?.dataset).toHaveLength(3);
  });

  it("says of an opaque step that everything may come from everything, and why", () => {
    const columns = [{ name: "a", type: { kind: "Int64" } } as const, { name: "b", type: { kind: "String" } } as const];
    const opaque = opaqueLineage(
      columns,
      new Map([
        ["df", columns],
        ["more", undefined],
      ]),
      "It calls `collect`.",
    );
    const [bucket] = pipelineLineage([step({ df: "lake/x", more: "lake/y" }, opaque)]).buckets;
    expect(bucket?.opaque).toBe("It calls `collect`.");
    const all = columns.map(({ name }) => ({ bucket: "lake/x", column: name, influence: "transformation" }));
    expect(bucket?.columns).toEqual([
      { column: "a", inputs: all },
      { column: "b", inputs: all },
    ]);
    expect(opaqueLineage(undefined, new Map(), "It does.").columns).toEqual([]);
  });
});
