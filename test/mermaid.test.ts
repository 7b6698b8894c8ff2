// What core writes as Mermaid, read by Mermaid's own parser.
import * as fc from "fast-check";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { Dag, type Graph, Pipeline, Provider } from "@glacier/core";
import { local } from "@glacier/provider-local";
import { loadMermaid, shown } from "./load-mermaid.ts";

interface Flowchart {
  readonly title: string;
  readonly kind: string;
  /** A directive in a name would be in it. */
  readonly settings: object;
  /** By id: what stands in the box, with `<br>` between lines, as it is shown. */
  readonly boxes: ReadonlyMap<string, { text: string; type: string; classes: readonly string[] }>;
  readonly edges: readonly { start: string; end: string; text: string }[];
}

interface Parsed {
  readonly db: {
    getVertices(): Map<string, { text: string; type: string; classes: string[] }>;
    getEdges(): { start: string; end: string; text: string }[];
  };
}

let parse: (text: string) => Promise<Flowchart>;

beforeAll(async () => {
  const mermaid = await loadMermaid();
  parse = async (text) => {
    const { diagramType, config } = await mermaid.parse(text);
    // The diagram alone: this function takes no title.
    const [, title, diagram] = /^---\ntitle: (".*")\n---\n(.*)$/s.exec(text) as unknown as [string, string, string];
    const { db } = (await mermaid.mermaidAPI.getDiagramFromText(diagram)) as unknown as Parsed;
    return {
      // In double quotes, YAML is as JSON.
      title: JSON.parse(title) as string,
      kind: diagramType,
      settings: config,
      boxes: new Map(
        [...db.getVertices()].map(([id, { text, type, classes }]) => [id, { text: shown(text), type, classes }]),
      ),
      edges: db.getEdges().map(({ start, end, text }) => ({ start, end, text: shown(text) })),
    };
  };
  return () => vi.unstubAllGlobals();
});

const provider = new Provider(local({ root: "." }));
const here = provider.local();
const bucket = (path: string) => provider.bucket("lake", path, { glob: false, format: "csv" });

/** What Mermaid should read of a graph: every box, edge and label, and nothing else. */
function flowchartOf(graph: Graph): Flowchart {
  const box = (id: string, text: string, type: string, ...classes: string[]) => [id, { text, type, classes }] as const;
  return {
    title: graph.name ?? "",
    kind: "flowchart-v2",
    settings: {},
    boxes: new Map([
      ...graph.buckets.map(({ id, label, storage }) => box(id, label, "cylinder", `in_${storage}`)),
      ...graph.steps.map(({ id, label, executor }) => box(id, `${label}<br>(${executor})`, "square")),
      ...graph.storages.map(({ id, label }) => box(id, label, "cylinder", `in_${id}`)),
    ]),
    edges: graph.edges.map(({ from, to, label }) => ({ start: from, end: to, text: label ?? "" })),
  };
}

describe("Mermaid reads", () => {
  test("a chain", async () => {
    const etl = bucket("a.csv")
      .transform(here.task("clean", (df) => df))
      .to(bucket("b.csv"));
    expect(await parse(etl.visualize())).toEqual(flowchartOf(etl.toDag().toGraph()));
  });

  test("a diamond over two storages, with the names of its sources", async () => {
    const other = new Provider(local({ root: "./other" }), { name: "other" });
    const shared = bucket("a.csv")
      .transform(here.task("shared", (df) => df))
      .to(other.bucket("lake", "b.csv"));
    const left = shared.transform(here.task("left", (df) => df)).to(bucket("l.csv"));
    const right = shared.transform(here.task("right", (df) => df)).to(other.bucket("lake", "r.csv"));
    const join = here.task({ name: "join", sources: ["one", "two"] }, ({ one }) => one);
    const end = new Pipeline({ one: left, two: right })
      .transform(join)
      .to(bucket("end.csv"))
      .withName("diamond", "Twice");
    const graph = end.toDag().toGraph();
    expect(graph.storages).toHaveLength(2);
    expect(graph.edges.filter(({ label }) => label !== undefined)).toHaveLength(2);
    expect(await parse(end.visualize())).toEqual(flowchartOf(graph));
  });

  test("300 steps", async () => {
    let chain = bucket("start.csv");
    for (let index = 0; index < 300; index++) {
      chain = chain.transform(here.task(`step ${index}`, (df) => df)).to(bucket(`${index}.csv`));
    }
    expect(await parse(chain.visualize())).toEqual(flowchartOf(chain.toDag().toGraph()));
  });

  test("what is broken as broken", async () => {
    const etl = bucket("a.csv")
      .transform(here.task("clean", (df) => df))
      .to(bucket("b.csv"));
    await expect(parse(etl.visualize().replace('"]', "]"))).rejects.toThrow(/error/i);
  });
});

const hostile = [
  'say "hi"',
  "it's",
  "<br>",
  "<br/>",
  "<script>alert(1)</script>",
  '<img src=x onerror="alert(1)">',
  "a & b &amp; c &lt;",
  "#quot; #35; #9829;",
  "`code` and `**bold**`",
  "[brackets]",
  "(round) ((double)) [(cylinder)]",
  "{curly} {{hexagon}}",
  "a --> b",
  "a -->|x| b",
  "|pipes|",
  "end",
  "subgraph x",
  "graph TD",
  "flowchart LR; a-->b",
  "click a href",
  "classDef default fill:#f00",
  "%% comment",
  "%%{init: {'theme':'dark'}}%%",
  "--- title ---",
  "---",
  "a;b",
  "@{ shape: rect }",
  "a@b",
  ":::x",
  "1. first",
  "- item",
  "# heading",
  "*a* **b** __c__ ~~d~~",
  "[link](https://example.org)",
  "fa:fa-ban",
  "$$x^2$$",
  "日本語 émoji 👨‍👩‍👧‍👦",
  "مرحبا",
  "a\u0085b\u2028c",
  "\u200b\u2060",
  "x".repeat(2_000),
  "default",
  "style",
  "linkStyle",
  "style a:b#c;",
  "o--o",
  "x",
];

describe("Mermaid reads as it is the name", () => {
  test.each(hostile)("%s of a task, a source and a pipeline", async (name) => {
    const join = here.task({ name, sources: [name, "other"] }, (frames) => frames["other"] as never);
    const sources = Object.fromEntries([
      [name, bucket("a.csv")],
      ["other", bucket("b.csv")],
    ]);
    const end = new Pipeline(sources).transform(join).to(bucket("c.csv")).withName(name);
    expect(await parse(end.visualize())).toEqual(flowchartOf(end.toDag().toGraph()));
  });

  test.each(hostile.filter((name) => !/[/\\]/.test(name) && Buffer.byteLength(name) < 250))(
    "%s of a file and a bucket",
    async (name) => {
      const target = provider.bucket(name, name, { glob: false, format: "csv" });
      const end = bucket("a.csv")
        .transform(here.task("clean", (df) => df))
        .to(target);
      expect(await parse(end.visualize())).toEqual(flowchartOf(end.toDag().toGraph()));
    },
  );

  test("of any letters", async () => {
    const name = fc
      .array(
        fc.oneof(
          fc.constantFrom(...hostile.filter((text) => text.length < 50)),
          fc.string({ unit: "grapheme", maxLength: 5 }),
        ),
        {
          minLength: 1,
          maxLength: 3,
        },
      )
      .map((parts) => parts.join(""))
      // oxlint-disable-next-line no-control-regex -- what a task can't be called
      .filter((text) => text.trim() === text && text !== "" && !/[\u0000-\u001f\u007f]/.test(text));
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(name, { minLength: 1, maxLength: 4 }), async (names) => {
        const dag = Dag.of(
          names.map((text, index) =>
            bucket("a.csv")
              .transform(here.task(text, (df) => df))
              .to(bucket(`${index}.csv`)),
          ),
          { name: names[0] },
        );
        expect(await parse(dag.toMermaid())).toEqual(flowchartOf(dag.toGraph()));
      }),
      { numRuns: 60 },
    );
  });
});
