import { stripVTControlCharacters } from "node:util";
import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import { chain, diamond, empty, graphOf, hostile, largeGraph, selfJoin } from "./sample-graphs.test-d.ts";
import { drawText } from "./text.ts";

const samples = { chain, diamond, selfJoin, hostile, empty, "200 steps": largeGraph(200) };

test("a chain is one line per step", () => {
  expect(drawText(chain)).toBe(`flights
Flights by airport and day
2 steps, 3 buckets in local

0 ── flights/raw.csv ─▶ clean (local) ─▶ flights/clean.parquet
1 ── flights/clean.parquet ─▶ aggregate (local) ─▶ flights/by_day.parquet
`);
});

test("a diamond shows its levels in columns, and gathers the sources of a join", () => {
  expect(drawText(diamond, { width: 110 })).toBe(`etl
Orders in euros, with their customers
6 steps, 8 buckets in local, aws, gcp

0 ┬─ aws:landing/orders.csv ──▶ clean_orders (serverless) ─▶ aws:clean/orders.parquet
  └─ local:finance/rates.csv ─▶ rates (local) ─────────────▶ local:finance/rates.parquet
1 ┬─ aws:clean/orders.parquet ─▶ by_customer (serverless) ─▶ aws:mart/customers.parquet
  └─ aws:clean/orders.parquet ─▶ by_country (spark) ───────▶ gcp:mart/countries.parquet
2 ── customers = aws:mart/customers.parquet ───────┬▶ join_report (spark) ─▶ gcp:reports/revenue.parquet
     countries = gcp:mart/countries.parquet ───────┤
     exchange_rates = local:finance/rates.parquet ─┘
3 ── gcp:reports/revenue.parquet ─▶ publish (local) ─▶ local:reports/revenue.csv
`);
});

test("what is too wide for one line stands below its step", () => {
  expect(drawText(diamond, { width: 60 })).toContain(`
2 ── join_report (spark)
     ◀ customers = aws:mart/customers.parquet
     ◀ countries = gcp:mart/countries.parquet
     ◀ exchange_rates = local:finance/rates.parquet
     ▶ gcp:reports/revenue.parquet
`);
});

describe.each(Object.entries(samples))("the text of %s", (_, graph) => {
  test.each([1, 7, 20, 40, 80, 200])("is nowhere wider than %i columns, with and without colours", (width) => {
    for (const color of [false, true]) {
      const lines = drawText(graph, { width, color }).split("\n");
      expect(lines.length).toBeGreaterThan(3);
      for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(width);
    }
  });

  test("is the same with colours and without, apart from the colours", () => {
    const colored = drawText(graph, { color: true });
    expect(colored).not.toBe(drawText(graph));
    expect(stripVTControlCharacters(colored)).toBe(drawText(graph));
  });

  test("has no control characters but line breaks", () => {
    // oxlint-disable-next-line no-control-regex -- they are what is looked for
    expect(drawText(graph)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  });
});

test("every step and bucket of 200 steps is named, at 80 columns", () => {
  const graph = largeGraph(200);
  const text = drawText(graph, { width: 80 });
  const words = new Set(text.split(/[\s:]+/));
  const labels = [...graph.steps, ...graph.buckets].map(({ label }) => label);
  expect(labels.length).toBeGreaterThan(400);
  expect(labels.filter((label) => !words.has(label))).toEqual([]);
});

test("a step that reads nothing and one that writes nothing have a line too", () => {
  const graph = graphOf({
    steps: [
      { name: "make", from: [], to: "a/b.csv" },
      { name: "use", from: ["a/b.csv"], to: "a/c.csv" },
    ],
  });
  const without = { ...graph, edges: graph.edges.slice(0, -1) };
  expect(drawText(without)).toContain("0 ── make (local) ─▶ a/b.csv\n1 ── a/b.csv ─▶ use (local)\n");
});

test("the time grows with the number of steps, not with its square", () => {
  const time = (steps: number): number => {
    const graph = largeGraph(steps);
    const started = performance.now();
    drawText(graph);
    return performance.now() - started;
  };
  time(500);
  expect(time(4_000)).toBeLessThan(Math.max(16 * time(500), 3_000));
});
