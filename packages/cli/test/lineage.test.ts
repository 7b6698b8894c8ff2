import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { faulty, glacier, makeProject, numbers, twoSteps } from "./project.ts";

describe("glacier lineage", () => {
  const folder = makeProject({ ...numbers, "pipeline.ts": twoSteps });
  const lineage = (...args: readonly string[]) => glacier(folder, "lineage", "pipeline.ts", ...args);

  test("tells of every final column where it comes from", () => {
    const { status, stdout, stderr } = lineage();
    expect(stdout).toContain("out/total.csv  written by total\n  n  Int64  ← in/numbers.csv.n (aggregation)\n");
    expect(stdout).toContain("every row is decided by in/numbers.csv.n (filter)");
    expect(stderr).toBe("");
    expect(status).toBe(0);
  });

  test("--column tells of one column, back to its sources and on to what depends on it", () => {
    const { stdout } = lineage("--column", "even.n");
    expect(stdout).toContain("out/even.parquet.n  Int64, written by even\n");
    expect(stdout).toContain("  └─ in/numbers.csv.n  Int64  identity in even\n");
    expect(stdout).toContain("  └─ out/total.csv.n  Int64  aggregation in total\n");
  });

  test("a column or bucket that is not there ends with 2, and what may have been meant", () => {
    const column = lineage("--column", "total.m");
    expect(column.stderr).toContain("`out/total.csv` has no column `m`.");
    expect(column.stderr).toContain("It has `n`.");
    expect(column.status).toBe(2);
    const bucket = lineage("--column", "totle.n");
    expect(bucket.stderr).toContain("Did you mean `total`?");
    expect(bucket.status).toBe(2);
  });

  test("--format writes the same as Mermaid, JSON, OpenLineage and a page", () => {
    expect(lineage("--format", "mermaid").stdout).toContain('flowchart LR\n  subgraph b0 ["in/numbers.csv"]');
    const json = JSON.parse(lineage("--format", "json").stdout) as { buckets: { key: string; columns: object[] }[] };
    expect(json.buckets.map(({ key }) => key)).toEqual(["in/numbers.csv", "out/even.parquet", "out/total.csv"]);
    expect(json.buckets[2]?.columns).toEqual([
      { column: "n", type: "Int64", inputs: [{ bucket: "out/even.parquet", column: "n", influence: "aggregation" }] },
    ]);
    const one = JSON.parse(lineage("--format", "json", "--column", "total.n").stdout) as object;
    expect(one).toMatchObject({
      bucket: "out/total.csv",
      column: "n",
      type: "Int64",
      step: "total",
      origins: expect.arrayContaining([{ bucket: "in/numbers.csv", column: "n", influence: "aggregation" }]) as unknown,
      affected: [],
    });
    expect(lineage("--format", "html").stdout).toMatch(/^<!doctype html>/);
  });

  test("--format openlineage tells of every step what it reads, and of what it writes the columns and their lineage", () => {
    const events = JSON.parse(lineage("--format", "openlineage").stdout) as {
      eventTime: string;
      job: { name: string };
      inputs: { namespace: string; name: string }[];
      outputs: { name: string; facets: { schema: { fields: object[] }; columnLineage: { fields: object } } }[];
    }[];
    expect(events.map(({ job }) => job.name)).toEqual(["etl.even", "etl.total"]);
    expect(events[0]?.inputs).toEqual([{ namespace: "file", name: join(folder, "data/in/numbers.csv") }]);
    expect(new Date(`${events[0]?.eventTime}`).getTime()).toBeGreaterThan(Date.now() - 60_000);
    expect(events[1]?.outputs[0]?.facets.schema.fields).toEqual([{ name: "n", type: "Int64" }]);
    expect(events[1]?.outputs[0]?.facets.columnLineage.fields).toMatchObject({
      n: { inputFields: [{ namespace: "file", name: join(folder, "data/out/even.parquet"), field: "n" }] },
    });
  });

  test.each([
    ["page.html", "<!doctype html>"],
    ["lineage.mmd", "---\ntitle:"],
    ["lineage.json", "{"],
    ["lineage.txt", "out/total.csv"],
  ])("--out %s follows the ending", (file, start) => {
    const { status, stdout, stderr } = lineage("--out", `deep/${file}`);
    expect(readFileSync(join(folder, "deep", file), "utf8").startsWith(start)).toBe(true);
    expect(stderr).toContain(`Written: deep/${file}`);
    expect(stdout).toBe("");
    expect(status).toBe(0);
  });

  test("says so where mistakes keep it from knowing all", () => {
    const faults = makeProject({ ...numbers, "pipeline.ts": faulty });
    const { status, stdout, stderr } = glacier(faults, "lineage", "pipeline.ts");
    expect(stderr).toContain("The pipeline has mistakes");
    expect(stdout).toContain("out/good.parquet");
    expect(status).toBe(0);
  });
});
