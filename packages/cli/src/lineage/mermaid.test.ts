import { describe, expect, test } from "vitest";
import { flights, largeTrace, unreadable } from "../sample-traces.test-d.ts";
import { ColumnGraph } from "./column-graph.ts";
import { lineageMermaid } from "./mermaid.ts";

const graph = new ColumnGraph(flights);

// That Mermaid reads what is written here, and hostile names as they are, is tested in test/lineage-mermaid.test.ts.
describe("the lineage as Mermaid", () => {
  test("of one column: its whole way in both directions, and what decides along it by broken lines", () => {
    expect(lineageMermaid(graph, "etl", { bucket: "flights/clean.parquet", column: "delay" })).toEqual({
      text: `---
title: "etl"
---
flowchart LR
  subgraph b0 ["flights/raw.csv"]
    b0c1["delay"]
    b0c2["cancelled"]
  end
  subgraph b1 ["flights/clean.parquet"]
    b1c4["delay"]
  end
  subgraph b2 ["flights/named.parquet"]
    b2c6["delay"]
    b2c7["label"]
  end
  subgraph b3 ["reports/by_day.csv"]
    b3c9["mean_delay"]
  end
  subgraph b4 ["reports/worst.csv"]
    b4c11["delay"]
  end
  b0c1 -->|"transformation"| b1c4
  b0c2 -.->|"filter"| b1
  b1c4 --> b2c6
  b1c4 -.->|"conditional"| b2c7
  b2c6 -->|"aggregation"| b3c9
  b2c6 --> b4c11
  style b1c4 stroke-width:3px
`,
    });
  });

  test("of all columns, where they fit into one picture", () => {
    const { text, leftOut } = lineageMermaid(graph, "etl");
    expect(leftOut).toBeUndefined();
    expect(text.match(/^ {2}subgraph/gm)).toHaveLength(6);
    expect(text.match(/-->/g)).toHaveLength(14);
    expect(text.match(/-\.->/g)).toHaveLength(7);
    expect(text).not.toContain("tail");
  });

  test("draws a step that can't be read from bucket to bucket", () => {
    const { text } = lineageMermaid(new ColumnGraph(unreadable), "etl");
    expect(text).toContain('  b1 ==>|"transformation"| b2\n');
    expect(text).toContain('subgraph b2 ["a/secret.parquet"]');
  });

  test("leaves out what is too much for one picture, and says so in it", () => {
    const some = lineageMermaid(new ColumnGraph(largeTrace(3, 83)), "etl");
    expect(some.leftOut).toBe("What only decides about rows or values is left out.");
    expect(some.text).toContain(`---\n%% ${some.leftOut}\nflowchart LR\n`);
    expect(some.text).toContain("column_82");
    expect(some.text).not.toContain("-.->");
    const many = lineageMermaid(new ColumnGraph(largeTrace(40, 50)), "etl");
    expect(many.leftOut).toContain("`--column` draws one, and `--format html` shows all");
    expect(many.text).not.toContain("column_");
    expect(many.text.match(/==>/g)).toHaveLength(80);
    const one = { bucket: "lake/table_39.parquet", column: "column_1" };
    expect(lineageMermaid(new ColumnGraph(largeTrace(40, 50)), "etl", one).leftOut).not.toContain("--column");
  });
});
