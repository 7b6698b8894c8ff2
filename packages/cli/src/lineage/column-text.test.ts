import { stripVTControlCharacters } from "node:util";
import { describe, expect, test } from "vitest";
import { painter } from "../progress/line.ts";
import { flights, hostile, hostileNames, largeTrace, unreadable } from "../sample-traces.test-d.ts";
import { ColumnGraph } from "./column-graph.ts";
import { columnText } from "./column-text.ts";

const plain = painter(false);
const graph = new ColumnGraph(flights);
const textOf = (bucket: string, column: string, of: ColumnGraph = graph): string =>
  columnText(of, { bucket, column }, plain);

describe("the lineage of a column as text", () => {
  test("goes back through all steps, with what decides apart from what is in the values", () => {
    expect(textOf("reports/by_day.csv", "mean_delay")).toBe(`reports/by_day.csv.mean_delay  Float64, written by report

comes from
  └─ flights/named.parquet.delay  Float64  aggregation in report
     └─ flights/clean.parquet.delay  Float64  identity in named
        └─ flights/raw.csv.delay  Int64  transformation in clean

is decided by
  in report: flights/named.parquet.day (group-by, sort), flights/named.parquet.airline (group-by)
  in named: flights/clean.parquet.carrier (join), flights/carriers.csv.code (join)
  in clean: flights/raw.csv.cancelled (filter)

goes into
  No step puts its values anywhere.
`);
  });

  test("goes on to whatever it is used for", () => {
    expect(textOf("flights/clean.parquet", "delay")).toBe(`flights/clean.parquet.delay  Float64, written by clean

comes from
  └─ flights/raw.csv.delay  Int64  transformation in clean

is decided by
  in clean: flights/raw.csv.cancelled (filter)

goes into
  └─ flights/named.parquet.delay  Float64  identity in named
     ├─ reports/by_day.csv.mean_delay  Float64  aggregation in report
     └─ reports/worst.csv.delay  Float64  identity in worst

decides about
  in named: flights/named.parquet.label (conditional)
`);
    expect(textOf("flights/raw.csv", "cancelled")).toContain(`
comes from
  It is in a source: no step writes it.

goes into
  No step puts its values anywhere.

decides about
  in clean: every row of flights/clean.parquet (filter)
`);
  });

  test("says that it may be any column, where a step can't be read, and goes on", () => {
    const of = new ColumnGraph(unreadable);
    expect(textOf("a/out.csv", "p", of)).toContain(`
comes from
  └─ a/secret.parquet.p  Int64  identity in last
     └─ a/first.parquet: any of 2 columns (x, y)  transformation in secret
        └─ a/in.csv: any of 2 columns (x, y)  identity in first
`);
    expect(textOf("a/in.csv", "x", of)).toContain(`
goes into
  └─ a/first.parquet.x  Int64  identity in first
     └─ a/secret.parquet: any of 2 columns (p, q)  transformation in secret
        └─ a/out.csv.p  Int64  identity in last
`);
  });

  test("stays short where many ways meet again", () => {
    const large = new ColumnGraph(largeTrace(60, 50));
    for (const name of [
      textOf("lake/table_59.parquet", "column_7", large),
      textOf("lake/source_0.parquet", "column_7", large),
    ]) {
      expect(name).toContain("as above");
      expect(name.split("\n").length).toBeLessThan(5_000);
    }
  });

  test("is the same with colours, and has no control characters but line breaks", () => {
    const of = new ColumnGraph(hostile);
    for (const column of hostileNames) {
      const name = { bucket: `in/${hostileNames[0]}`, column };
      const text = columnText(of, name, plain);
      expect(stripVTControlCharacters(columnText(of, name, painter(true)))).toBe(text);
      // oxlint-disable-next-line no-control-regex -- they are what is looked for
      expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
    }
  });
});
