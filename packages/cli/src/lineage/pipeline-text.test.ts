import { stripVTControlCharacters } from "node:util";
import type { PipelineTrace } from "@glacier/plan";
import { describe, expect, test } from "vitest";
import { painter } from "../progress/line.ts";
import { flights, hostile, largeTrace, unreadable } from "../sample-traces.test-d.ts";
import { ColumnGraph } from "./column-graph.ts";
import { pipelineText } from "./pipeline-text.ts";

const textOf = (trace: PipelineTrace, isColoured = false): string =>
  pipelineText(new ColumnGraph(trace), trace.lineage, painter(isColoured));

describe("the lineage of a pipeline as text", () => {
  test("tells of each final column which columns of the sources it comes from, and once what decides for all", () => {
    expect(textOf(flights)).toBe(`reports/by_day.csv  written by report
  day         Date     ← flights/raw.csv.day (identity)
  airline     String   ← flights/carriers.csv.name (identity)
  mean_delay  Float64  ← flights/raw.csv.delay (aggregation)
  every row is decided by flights/raw.csv.carrier (join), flights/raw.csv.day (group-by, sort), flights/raw.csv.cancelled (filter), flights/carriers.csv.code (join), flights/carriers.csv.name (group-by)

reports/worst.csv  written by worst
  label  String   ← flights/raw.csv.carrier (transformation), flights/carriers.csv.name (transformation)
                    decided by flights/raw.csv.delay (conditional)
  delay  Float64  ← flights/raw.csv.delay (transformation)
                    decided by flights/raw.csv.carrier (window)
  every row is decided by flights/raw.csv.carrier (join), flights/raw.csv.cancelled (filter), flights/carriers.csv.code (join)
`);
  });

  test("says where it is not exact, and of many columns only how many they are", () => {
    const secret = {
      ...unreadable,
      buckets: unreadable.buckets.map((bucket) => ({ ...bucket, role: "target" as const })),
    };
    expect(textOf(secret)).toContain(`a/secret.parquet  written by secret
  not exact: the plan of its step can't be read. It uses \`str.toUpperCase\`.
  p  Int64  ← a/in.csv.x (transformation), a/in.csv.y (transformation)
`);
    expect(textOf(largeTrace(10, 50))).toContain("lake/source_0.parquet: 50 columns (transformation)");
  });

  test("says what is not known, and of a column that no source is in it", () => {
    const bucket = { key: "a/b.csv", provider: "local", role: "target" as const };
    expect(textOf({ ...flights, buckets: [bucket] })).toBe("a/b.csv\n  Its columns are not known.\n");
    const schema = [{ name: "one", type: { kind: "Int64" as const } }];
    expect(textOf({ ...flights, lineage: { buckets: [] }, buckets: [{ ...bucket, schema }] })).toContain(
      "one  Int64  ← a/b.csv.one (identity)",
    );
    const written = { bucket: "a/b.csv", step: "make", columns: [{ column: "one", inputs: [] }], dataset: [] };
    expect(textOf({ ...flights, lineage: { buckets: [written] }, buckets: [{ ...bucket, schema }] })).toContain(
      "one  Int64  ← no source",
    );
  });

  test("is the same with colours, and has no control characters but line breaks", () => {
    for (const trace of [flights, hostile]) {
      expect(stripVTControlCharacters(textOf(trace, true))).toBe(textOf(trace));
      // oxlint-disable-next-line no-control-regex -- they are what is looked for
      expect(textOf(trace)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
    }
  });
});
