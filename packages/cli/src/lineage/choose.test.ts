import { describe, expect, test } from "vitest";
import { flights, traceOf } from "../sample-traces.test-d.ts";
import { chooseColumn } from "./choose.ts";
import { ColumnGraph } from "./column-graph.ts";

const graph = new ColumnGraph(flights);
const refusal = (given: string, of: ColumnGraph = graph): { code: string; message: string; hint: string } => {
  try {
    return { code: "", message: "", hint: JSON.stringify(chooseColumn(of, given)) };
  } catch (error) {
    const { code, message, hint } = error as { code: string; message: string; hint: string };
    return { code, message, hint };
  }
};

describe("a column is chosen", () => {
  test.each([
    ["reports/by_day.csv.day", "the whole name"],
    ["by_day.csv.day", "the path"],
    ["by_day.day", "the name of the file"],
    ["report.day", "the step that writes it"],
  ])("by %s: %s", (given) => {
    expect(chooseColumn(graph, given)).toEqual({ bucket: "reports/by_day.csv", column: "day" });
  });

  test("also of a source, and of what is between", () => {
    expect(chooseColumn(graph, "raw.tail")).toEqual({ bucket: "flights/raw.csv", column: "tail" });
    expect(chooseColumn(graph, "clean.delay")).toEqual({ bucket: "flights/clean.parquet", column: "delay" });
  });

  const schema = { "x.y": "Int64", y: "Int64", z: "Int64" } as const;
  const dotted = new ColumnGraph(
    traceOf({
      sources: { "a/in.csv": schema, "b/in.csv": { z: "Int64", only: "Int64" }, "c/deep/v1.2/t.csv": schema },
      steps: [{ name: "in.csv.x", to: "a/out.csv", columns: { z: ["Int64", ["identity", "a/in.csv", "z"]] } }],
    }),
  );

  test("with dots in it, or in the name of its bucket", () => {
    expect(chooseColumn(dotted, "a/in.csv.x.y")).toEqual({ bucket: "a/in.csv", column: "x.y" });
    expect(chooseColumn(dotted, "c/deep/v1.2/t.csv.x.y")).toEqual({ bucket: "c/deep/v1.2/t.csv", column: "x.y" });
    expect(chooseColumn(dotted, "deep/v1.2/t.csv.z")).toEqual({ bucket: "c/deep/v1.2/t.csv", column: "z" });
    expect(chooseColumn(dotted, "in.csv.x.z")).toEqual({ bucket: "a/out.csv", column: "z" });
  });

  test("where only one bucket of a name has it; a more exact name comes first", () => {
    expect(chooseColumn(dotted, "in.only")).toEqual({ bucket: "b/in.csv", column: "only" });
    expect(refusal("in.z", dotted)).toEqual({
      code: "USAGE",
      message: "`--column in.z` can mean more than one column.",
      hint: "Write `a/in.csv.z` or `b/in.csv.z`.",
    });
  });
});

describe("a column that is not there", () => {
  test("is told with what it may have been meant to be", () => {
    expect(refusal("report.mean_dealy")).toEqual({
      code: "USAGE",
      message: "`reports/by_day.csv` has no column `mean_dealy`.",
      hint: "Did you mean `mean_delay`? It has `day`, `airline` and `mean_delay`.",
    });
    expect(refusal("reprot.day")).toMatchObject({
      code: "USAGE",
      message: "The pipeline has no bucket `reprot`.",
      hint: expect.stringMatching(/^Did you mean `report`\? It has `flights\/raw.csv`, /),
    });
    expect(refusal("airline")).toEqual({
      code: "USAGE",
      message: "`--column airline` does not say of which bucket.",
      hint: "Write `flights/named.parquet.airline` or `reports/by_day.csv.airline`.",
    });
    expect(refusal("nothing").hint).toBe("Write it as `bucket.column`.");
    expect(refusal("")).toMatchObject({ code: "USAGE" });
  });
});
