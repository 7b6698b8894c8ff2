// The lineage of columns that the command writes as Mermaid, read by Mermaid's own parser.
import { beforeAll, describe, expect, test, vi } from "vitest";
import type { PipelineTrace } from "@glacier/plan";
import { ColumnGraph } from "../packages/cli/src/lineage/column-graph.ts";
import { lineageMermaid } from "../packages/cli/src/lineage/mermaid.ts";
import { flights, hostile, hostileNames, unreadable } from "../packages/cli/src/sample-traces.test-d.ts";
import { loadMermaid, shown } from "./load-mermaid.ts";

interface Parsed {
  readonly db: {
    getVertices(): Map<string, { text: string }>;
    getEdges(): { start: string; end: string; text: string; stroke: string }[];
    getSubGraphs(): { id: string; title: string; nodes: string[] }[];
  };
}

let parse: (text: string) => Promise<Parsed["db"]>;

beforeAll(async () => {
  const mermaid = await loadMermaid();
  parse = async (text) => {
    await mermaid.parse(text);
    // The diagram alone: this function takes no title.
    const diagram = text.replace(/^---\ntitle: .*\n---\n/, "");
    return ((await mermaid.mermaidAPI.getDiagramFromText(diagram)) as unknown as Parsed).db;
  };
  return () => vi.unstubAllGlobals();
});

const textOf = (trace: PipelineTrace, column?: { bucket: string; column: string }): string =>
  lineageMermaid(new ColumnGraph(trace), "etl", column).text;

describe("Mermaid reads the lineage of columns", () => {
  test("with each column in its bucket, and an arrow for each influence", async () => {
    const db = await parse(textOf(flights));
    const inside = db
      .getSubGraphs()
      .map(({ title, nodes }) => [
        shown(title),
        nodes.map((id) => shown(`${db.getVertices().get(id)?.text}`)).toSorted(),
      ]);
    expect(Object.fromEntries(inside)).toMatchObject({
      "flights/raw.csv": ["cancelled", "carrier", "day", "delay"],
      "reports/by_day.csv": ["airline", "day", "mean_delay"],
    });
    expect(db.getEdges()).toHaveLength(21);
    const kinds = db.getEdges().map(({ text, stroke }) => `${stroke} ${text}`);
    expect(kinds).toContain("normal aggregation");
    expect(kinds).toContain("dotted group-by, sort");
  });

  test("of one column, and of a step that can't be read", async () => {
    const one = await parse(textOf(flights, { bucket: "reports/worst.csv", column: "label" }));
    expect(one.getEdges().length).toBeGreaterThan(5);
    const kinds = (await parse(textOf(unreadable))).getEdges().map(({ stroke }) => stroke);
    expect(kinds).toContain("thick");
  });

  test("with names as they are, whatever is in them", async () => {
    const db = await parse(textOf(hostile));
    const oneLine = (text: string): string => text.replaceAll(/[\r\n]+/g, "\n");
    const texts = new Set([...db.getVertices().values()].map(({ text }) => oneLine(shown(text))));
    expect(hostileNames.map(oneLine).filter((name) => !texts.has(name))).toEqual([]);
  });
});
