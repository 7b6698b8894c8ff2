import { DOMParser, type Document, type Element } from "@xmldom/xmldom";
import type { Graph } from "@glacier/core";
import { describe, expect, test } from "vitest";
import {
  chain,
  diamond,
  empty,
  graphOf,
  hostile,
  hostileLabels,
  largeGraph,
  selfJoin,
} from "./sample-graphs.test-d.ts";
import { drawSvg } from "./svg.ts";

const samples: Readonly<Record<string, Graph>> = {
  chain,
  diamond,
  selfJoin,
  hostile,
  empty,
  "200 steps": largeGraph(200),
};

/** Parses strictly: anything that is not well-formed throws. That labels may have a `�` in them is meant. */
function parse(svg: string): Document {
  const fail = (level: string, message: string): void => {
    if (!message.startsWith("Unicode replacement character detected")) throw new Error(`${level}: ${message}`);
  };
  return new DOMParser({ onError: fail }).parseFromString(svg, "image/svg+xml");
}

function byClass(document: Document, className: string): Element[] {
  return Array.from(document.getElementsByTagName("*")).filter((element) =>
    (element.getAttribute("class") ?? "").split(" ").includes(className),
  );
}

const attributesOf = (elements: readonly Element[], names: readonly string[]): readonly string[] =>
  elements.map((element) => names.map((name) => element.getAttribute(name)).join("\n")).toSorted();

const lines = (facts: readonly (readonly string[])[]): readonly string[] =>
  facts.map((fact) => fact.join("\n")).toSorted();

describe.each(Object.entries(samples))("the SVG of %s", (_, graph) => {
  test("is well-formed and says what it shows", async () => {
    const root = parse(await drawSvg(graph)).documentElement;
    expect(root?.getAttribute("role")).toBe("img");
    const ids = (root?.getAttribute("aria-labelledby") ?? "").split(" ");
    expect(ids).toHaveLength(2);
    for (const id of ids) expect(root?.ownerDocument?.getElementById(id)?.textContent).toMatch(/\S/);
  });

  test("has every step, bucket and edge once, with its facts", async () => {
    const document = parse(await drawSvg(graph));
    const steps = byClass(document, "glacier-step").filter((element) => element.hasAttribute("data-id"));
    expect(attributesOf(steps, ["id", "data-id", "data-kind", "data-level"])).toEqual(
      lines(graph.steps.map(({ id, level }) => [`glacier-${id}`, id, "step", String(level)])),
    );
    const buckets = byClass(document, "glacier-bucket");
    expect(attributesOf(buckets, ["id", "data-kind", "data-storage", "data-format", "data-role"])).toEqual(
      lines(graph.buckets.map(({ id, storage, format, role }) => [`glacier-${id}`, "bucket", storage, format, role])),
    );
    expect(attributesOf(byClass(document, "glacier-edge"), ["data-from", "data-to"])).toEqual(
      lines(graph.edges.map(({ from, to }) => [from, to])),
    );
  });

  test("refers to nothing outside and runs nothing", async () => {
    const document = parse(await drawSvg(graph));
    const elements = Array.from(document.getElementsByTagName("*"));
    expect(elements.length).toBeGreaterThan(5);
    for (const element of elements) {
      expect(element.tagName).toMatch(/^(svg|title|desc|style|g|rect|path|line|text)$/);
      for (const { name } of Array.from(element.attributes)) expect(name).not.toMatch(/href|src|^on|^style$/i);
    }
    const styles = Array.from(document.getElementsByTagName("style"), (element) => element.textContent);
    expect(styles).toHaveLength(1);
    expect(styles.join("")).not.toMatch(/url\(|@import|@font-face|\/\//);
  });

  test("is the same text every time", async () => {
    expect(await drawSvg(structuredClone(graph))).toBe(await drawSvg(graph));
  });
});

/** Where a node stands and how large its shape is. */
function boxOf(element: Element): { left: number; top: number; right: number; bottom: number } {
  const [left = NaN, top = NaN] = (element.getAttribute("transform") ?? "").match(/-?[\d.]+/g)?.map(Number) ?? [];
  const rect = element.getElementsByTagName("rect")[0];
  const path = element.getElementsByTagName("path")[0]?.getAttribute("d") ?? "";
  const [, width = NaN, body = NaN] = (/ 1 ([\d.]+) 0v([\d.]+)/.exec(path) ?? []).map(Number);
  return {
    left,
    top,
    right: left + (rect ? Number(rect.getAttribute("width")) : width),
    bottom: top + (rect ? Number(rect.getAttribute("height")) : body + 12),
  };
}

test.each(Object.keys(samples).filter((name) => name !== "empty"))("no two shapes of %s overlap", async (name) => {
  const boxes = byClass(parse(await drawSvg(samples[name] ?? empty)), "glacier-node").map(boxOf);
  expect(boxes.length).toBeGreaterThan(2);
  const overlapping = boxes.flatMap((a, index) =>
    boxes
      .slice(index + 1)
      .filter((b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
      .map((b) => [a, b]),
  );
  expect(overlapping).toEqual([]);
});

test("an edge with a name ends at that name in its step", async () => {
  const document = parse(await drawSvg(selfJoin));
  const step = byClass(document, "glacier-step").find((element) => element.hasAttribute("data-id"));
  if (step === undefined) throw new Error("There is no step.");
  const { left, top } = boxOf(step);
  const names = byClass(document, "glacier-input");
  expect(names.map((element) => element.textContent)).toEqual(["staff", "manager", "office"]);
  for (const name of names) {
    const edge = byClass(document, "glacier-edge").find(
      (element) => element.getAttribute("data-label") === name.textContent,
    );
    const tip = edge?.getElementsByTagName("path")[1]?.getAttribute("d") ?? "";
    const [x, y] = (tip.match(/[\d.]+/g) ?? []).map(Number);
    expect(x).toBeCloseTo(left, 0);
    // The text stands on its baseline, a few pixels below the middle of its row.
    expect(top + Number(name.getAttribute("y")) - (y ?? 0)).toBeCloseTo(4, 0);
  }
});

test("data flows from left to right", async () => {
  const document = parse(await drawSvg(diamond));
  const left = new Map(
    byClass(document, "glacier-node").map((element) => [element.getAttribute("data-id"), boxOf(element).left]),
  );
  for (const { from, to } of diamond.edges) expect(left.get(from)).toBeLessThan(left.get(to) ?? 0);
});

test("the tooltip of a shape has the whole label, and the shape a shortened one", async () => {
  const document = parse(await drawSvg(hostile));
  const step = hostile.steps.find(({ label }) => label.startsWith("aaa"));
  const element = document.getElementById(`glacier-${step?.id}`);
  expect(element?.getElementsByTagName("title")[0]?.textContent).toContain("a".repeat(5_000));
  expect(element?.getElementsByTagName("text")[0]?.textContent).toMatch(/^a{5,20}…a{5,20}$/);
});

test("labels stand in the tooltips as they are, except for what XML cannot hold", async () => {
  const document = parse(await drawSvg(hostile));
  const titles = byClass(document, "glacier-step")
    .filter((element) => element.hasAttribute("data-id"))
    .map((element) => element.getElementsByTagName("title")[0]?.textContent?.split("\n")[0]);
  const kept = hostileLabels.filter((label) => !/[\p{Cc}\p{Cs}\ufffe]/u.test(label));
  expect(kept.length).toBeGreaterThan(8);
  for (const label of kept) expect(titles).toContain(label);
});

test("the legend has every storage, also one without a name", async () => {
  const [legend] = byClass(parse(await drawSvg(hostile)), "glacier-legend");
  const texts = Array.from(legend?.getElementsByTagName("text") ?? [], (element) => element.textContent);
  expect(texts).toEqual(["step", "storage without a name", `<storage> & "quotes" </script>`]);
});

test("buckets have the colour of their storage", async () => {
  const document = parse(await drawSvg(diamond));
  const classes = new Set(
    byClass(document, "glacier-bucket").map((element) => {
      const storage = diamond.storages.findIndex(({ id }) => id === element.getAttribute("data-storage"));
      return `${storage} ${/glacier-storage-\d+/.exec(element.getAttribute("class") ?? "")?.[0]}`;
    }),
  );
  expect(Array.from(classes).toSorted()).toEqual(["0 glacier-storage-0", "1 glacier-storage-1", "2 glacier-storage-2"]);
});

test("2,000 steps are drawn within half a minute", async () => {
  const graph = largeGraph(2_000);
  const started = performance.now();
  const document = await drawSvg(graph);
  expect(performance.now() - started).toBeLessThan(30_000);
  expect(document.match(/class="glacier-node /g)).toHaveLength(graph.steps.length + graph.buckets.length);
});

test("a graph that would take minutes is refused at once, with what to do instead", async () => {
  const steps = Array.from({ length: 200 }, (_, index) => ({
    name: `step_${index}`,
    from:
      index === 0
        ? ["a/source.csv"]
        : Object.fromEntries(Array.from({ length: index }, (__, at) => [`in${at}`, `a/${at}.csv`])),
    to: `a/${index}.csv`,
  }));
  const started = performance.now();
  await expect(drawSvg(graphOf({ name: "dense", steps }))).rejects.toMatchObject({
    code: "OUTPUT_FAILED",
    message: expect.stringContaining('"dense" is too large to draw: 200 steps and 20,101 connections'),
    hint: expect.stringContaining(".mmd"),
  });
  expect(performance.now() - started).toBeLessThan(5_000);
});

test("an edge to something that the graph does not have is refused", async () => {
  const broken: Graph = { ...chain, edges: [...chain.edges, { from: "step_0", to: "nowhere" }] };
  await expect(drawSvg(broken)).rejects.toMatchObject({ code: "ARGUMENT_INVALID" });
});
