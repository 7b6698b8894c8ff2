import { describe, expect, test } from "vitest";
import { Dag } from "./dag.ts";
import { fakePlugin, fakeProvider } from "./fake-storage.test-d.ts";
import type { Graph } from "./graph.ts";
import { IdMaker } from "./id.ts";
import { toMermaid } from "./mermaid.ts";
import { Pipeline } from "./pipeline.ts";
import { Provider } from "./provider.ts";

const provider = fakeProvider();
const cloud = new Provider(
  { ...fakePlugin("cloud://store"), name: "cloud", executors: { serverless: { options: {} } } },
  { name: "cloud" },
);
const here = provider.local();
const raw = provider.bucket("lake", "raw.csv");
const tidy = provider.bucket("lake", "tidy.parquet");
const airports = cloud.bucket("open", "airports.csv");
const report = cloud.bucket("reports", "delays.parquet");
const clean = here.task("clean", (df) => df);
const locate = cloud.serverless().task({ name: "locate", sources: ["flights", "airports"] }, ({ flights }) => flights);

const cleaned = raw.transform(clean).to(tidy);
const located = new Pipeline({ flights: cleaned, airports }).transform(locate).to(report);

describe("the flowchart", () => {
  test("of one source", () => {
    expect(cleaned.visualize()).toBe(
      [
        "---",
        'title: "tidy.parquet"',
        "---",
        "flowchart LR",
        '  bucket_fake_lake_raw_csv_wgg9jx[("lake/raw.csv")]',
        '  bucket_fake_lake_tidy_parquet_1h3ltep[("lake/tidy.parquet")]',
        '  step_clean_mbe0xq["clean<br/>(local)"]',
        "  bucket_fake_lake_raw_csv_wgg9jx --> step_clean_mbe0xq",
        "  step_clean_mbe0xq --> bucket_fake_lake_tidy_parquet_1h3ltep",
        '  subgraph legend ["Storage"]',
        '    storage_fake_9929g4[("fake")]',
        "  end",
        "  classDef in_storage_fake_9929g4 fill:#e3f2fd,stroke:#1976d2,color:#111",
        "  class storage_fake_9929g4,bucket_fake_lake_raw_csv_wgg9jx,bucket_fake_lake_tidy_parquet_1h3ltep in_storage_fake_9929g4",
        "",
      ].join("\n"),
    );
  });

  test("of several sources says the name of each, the kind of every executor, and which storage is which", () => {
    const text = located.withName("etl").visualize();
    expect(text).toContain('title: "etl"');
    expect(text).toMatch(/ {2}bucket_fake_lake_tidy_parquet_\w+ -->\|"flights"\| step_locate_\w+/);
    expect(text).toMatch(/ {2}bucket_cloud_open_airports_csv_\w+ -->\|"airports"\| step_locate_\w+/);
    expect(text).toContain('["locate<br/>(serverless)"]');
    expect(text).toContain('["clean<br/>(local)"]');
    const [fake, other] = [...text.matchAll(/classDef in_(storage_\w+) (fill:#\w+)/g)];
    expect(fake?.[1]).toMatch(/^storage_fake_/);
    expect(other?.[1]).toMatch(/^storage_cloud_/);
    expect(fake?.[2]).not.toBe(other?.[2]);
    expect(text).toContain(`class ${other?.[1]},bucket_cloud_open_airports_csv_`);
  });

  test("is that of the pipeline object and of the Dag", () => {
    expect(located.toPipeline().visualize()).toBe(located.visualize());
    expect(located.toDag().toMermaid()).toBe(located.visualize());
  });

  test("has more storages than colours, if need be", () => {
    const steps = Array.from({ length: 10 }, (_, index) =>
      fakeProvider(`p${index}`, `fake://${index}`)
        .bucket("b", "x.csv")
        .transform(clean)
        .to(fakeProvider().bucket("out", `${index}.csv`)),
    );
    const text = Dag.of(steps).toMermaid();
    expect(text.match(/classDef/g)).toHaveLength(11);
    expect(text).not.toContain("undefined");
  });
});

describe("the graph as data", () => {
  const graph = located.toDag().toGraph();

  test("is plain", () => {
    expect(JSON.parse(JSON.stringify(graph))).toEqual(graph);
    expect(JSON.stringify(structuredClone(graph))).toBe(JSON.stringify(graph));
  });

  test("says what each bucket is for", () => {
    expect(graph.buckets.map(({ label, role, format }) => [label, role, format])).toEqual([
      ["lake/raw.csv", "source", "csv"],
      ["lake/tidy.parquet", "intermediate", "parquet"],
      ["open/airports.csv", "source", "csv"],
      ["reports/delays.parquet", "target", "parquet"],
    ]);
    expect(graph.steps.map(({ label, executor, level }) => [label, executor, level])).toEqual([
      ["clean", "local", 0],
      ["locate", "serverless", 1],
    ]);
    expect(graph.storages.map(({ label }) => label)).toEqual(["fake", "cloud"]);
  });

  test("has only edges between what is in it", () => {
    const ids = new Set([...graph.buckets, ...graph.steps].map((part) => part.id));
    expect(graph.edges).toHaveLength(5);
    for (const { from, to } of graph.edges) expect([ids.has(from), ids.has(to)]).toEqual([true, true]);
    const storages = new Set(graph.storages.map(({ id }) => id));
    for (const { storage } of graph.buckets) expect(storages.has(storage)).toBe(true);
  });

  test("shows two providers with the same root as one place, and those of one name as one storage", () => {
    const again = fakeProvider();
    const dag = Dag.of([
      cleaned,
      again.bucket("lake", "tidy.parquet").transform(locateOne()).to(again.bucket("lake", "z.csv")),
    ]);
    expect(dag.toGraph().buckets).toHaveLength(3);
    expect(dag.toGraph().storages.map(({ label }) => label)).toEqual(["fake"]);
  });

  test("leads from what is written into a folder or glob to the step that reads it", () => {
    const parts = [1, 2].map((part) => raw.transform(clean).to(provider.bucket("lake", `parts/${part}.parquet`)));
    for (const source of ["parts/*.parquet", "parts"]) {
      const all = provider.bucket("lake", source, { format: "parquet" });
      const { buckets, edges, steps } = Dag.of([...parts, all.transform(locateOne()).to(tidy)]).toGraph();
      const reader = steps.find(({ label }) => label === "one")?.id;
      const idOf = (label: string): string | undefined => buckets.find((bucket) => bucket.label === label)?.id;
      const from = edges.filter(({ to }) => to === reader).map((edge) => edge.from);
      const expected = [`lake/${source}`, "lake/parts/1.parquet", "lake/parts/2.parquet"].map((label) => idOf(label));
      expect(new Set(from)).toEqual(new Set(expected));
      expect(from).toHaveLength(3);
      expect(buckets.find(({ label }) => label === "lake/parts/1.parquet")?.role).toBe("intermediate");
    }
  });

  function locateOne(): typeof clean {
    return here.task("one", (df) => df);
  }
});

describe("ids", () => {
  const idsIn = (text: string): Set<string> => new Set(text.match(/\b(?:step|bucket|storage)_\w+/g));

  test("stay when a step is added", () => {
    const before = idsIn(cleaned.visualize());
    const after = idsIn(located.visualize());
    expect(before.size).toBe(4);
    for (const id of before) expect(after).toContain(id);
  });

  test("differ for names with the same letters", () => {
    const names = ["a/b", "a_b", "a.b", "A/B", "a//b", "日", "本", "", " "];
    const ids = new IdMaker();
    expect(new Set(names.map((name) => ids.make("bucket", name))).size).toBe(names.length);
  });

  test("differ even where the hashes are the same", () => {
    const ids = new IdMaker();
    expect(ids.make("step", "a")).not.toBe(ids.make("step", "a"));
  });

  test("are short for long names", () => {
    expect(new IdMaker().make("step", "x".repeat(10_000)).length).toBeLessThan(60);
  });

  test("are the same in every process and on every machine", () => {
    expect(new IdMaker().make("step", "clean")).toBe("step_clean_mbe0xq");
    expect(new IdMaker().make("bucket", "fake/lake/raw.csv")).toBe("bucket_fake_lake_raw_csv_wgg9jx");
  });
});

describe("hostile labels", () => {
  const labelIn = (label: string): string => {
    const graph: Graph = {
      name: label,
      storages: [{ id: "storage_x", label }],
      buckets: [{ id: "bucket_x", label, storage: "storage_x", format: "csv", role: "source" }],
      steps: [{ id: "step_x", label, executor: label, level: 0 }],
      edges: [{ from: "bucket_x", to: "step_x", label }],
    };
    const text = toMermaid(graph);
    const lines = text.split("\n");
    expect(lines).toHaveLength(13);
    return /\[\("(.*)"\)\]/.exec(lines[4] as string)?.[1] as string;
  };

  test.each([
    ['say "hi"', "say #34;hi#34;"],
    ["<br>", "#60;br#62;"],
    ["<script>alert(1)</script>", "#60;script#62;alert(1)#60;/script#62;"],
    ["a & b", "a #38; b"],
    ["#quot;", "#35;quot#59;"],
    ["%%{init: {}}%%", "#37;#37;{init#65279;#58;#65279; {}}#37;#37;"],
    ["end", "end"],
    ["raw/by_state.csv", "raw/by_state.csv"],
    ["日本語 👨‍👩‍👧‍👦", "日本語 👨‍👩‍👧‍👦"],
    ["raw/*/[ab]?.csv", "raw/#65279;#42;#65279;/[ab]?.csv"],
    ["`code`", "#65279;#96;#65279;code#65279;#96;#65279;"],
    ["__init__", "#65279;#95;#65279;#95;#65279;init#65279;#95;#65279;#95;#65279;"],
    ["style:#f", "style#65279;#58;#65279;#35;f"],
    ["fa:fa-ban", "fa#65279;#58;#65279;fa-ban"],
    ["1. clean", "#65279;1. clean"],
    ["- clean", "#65279;- clean"],
    ["$$x$$", "#65279;#36;#65279;#36;#65279;x#65279;#36;#65279;#36;#65279;"],
    ["a\\nb", "a#65279;#92;#65279;nb"],
    ["two\nlines", "two#10;lines"],
    ["[x](y) {z} |w|", "[x](y) {z} |w|"],
  ])("%j is written as %s", (label, expected) => {
    expect(labelIn(label)).toBe(expected);
  });

  test("the title is a text of YAML on one line, without directives", () => {
    const titleOf = (name: string): string | undefined =>
      toMermaid({ name, storages: [], buckets: [], steps: [], edges: [] }).split("\n")[1];
    expect(titleOf('a "b" \\ c: #d')).toBe(String.raw`title: "a \"b\" \\ c: #d"`);
    expect(titleOf("%%{init}%%")).toBe(String.raw`title: "\u0025\u0025{init}\u0025\u0025"`);
    expect(titleOf("\u0085\u2028\ufffe")).toBe(String.raw`title: "\u0085\u2028\ufffe"`);
    expect(titleOf("---")).toBe('title: "---"');
  });
});
