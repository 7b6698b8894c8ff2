import { createHash } from "node:crypto";
import type { Graph } from "@glacier/core";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { installed, openBrowser } from "../browser.test-d.ts";
import { embedJson } from "./embedded-json.ts";
import { drawHtml } from "./html.ts";
import { chain, diamond, empty, hostile, hostileLabels, largeGraph, selfJoin } from "./sample-graphs.test-d.ts";
import { drawSvg } from "./svg.ts";

const mermaid = `flowchart LR\n  a["<b> & \\"c\\""] --> b\n  %% </pre></script> 🚀\n`;
const samples: Readonly<Record<string, Graph>> = { chain, diamond, selfJoin, hostile, empty };

describe.each(Object.entries(samples))("the page of %s", (_, graph) => {
  test("is the same text every time", async () => {
    expect(await drawHtml(structuredClone(graph), mermaid)).toBe(await drawHtml(graph, mermaid));
  });

  test("allows its one style sheet and its one script, and nothing else", async () => {
    const page = await drawHtml(graph, mermaid);
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1];
    const hashOf = (element: string): string => {
      const found = [...page.matchAll(new RegExp(`<${element}>([^]*?)</${element}>`, "g"))];
      expect(found).toHaveLength(1);
      return `'sha256-${createHash("sha256")
        .update(found[0]?.[1] ?? "")
        .digest("base64")}'`;
    };
    expect(policy?.split("; ").toSorted()).toEqual([
      "base-uri 'none'",
      "default-src 'none'",
      "form-action 'none'",
      `script-src ${hashOf("script")}`,
      `style-src ${hashOf("style")}`,
    ]);
  });

  test("has the whole graph in it, as JSON that cannot end its element", async () => {
    const page = await drawHtml(graph, mermaid);
    const found = [...page.matchAll(/<script type="application\/json" id="graph">(.*)<\/script>/g)];
    expect(found).toHaveLength(1);
    expect(JSON.parse(found[0]?.[1] ?? "")).toEqual(graph);
    expect(page.match(/<\/?script/g)).toHaveLength(4);
  });
});

test("JSON in a page holds neither the end of an element nor what is a line break to some", () => {
  const value = { text: "</script><!-- \u2028 \u2029 & >", "</script>": 1 };
  const text = embedJson(value);
  expect(text).not.toMatch(/[<>&\u2028\u2029]/);
  expect(JSON.parse(text)).toEqual(value);
});

describe.skipIf(installed === undefined)("in a browser (skipped where there is no Chromium in /usr/bin)", () => {
  const { inPage, read } = openBrowser();

  const classed = async (page: Page, className: string): Promise<readonly string[]> => {
    const found = `[...document.querySelectorAll("#stage .glacier-node.${className}")]`;
    return (await read<string[]>(page, `${found}.map((element) => element.dataset.id)`)).toSorted();
  };

  test.each([...Object.keys(samples), "large"])("the page of %s opens from a file without a request", async (name) => {
    const graph = samples[name] ?? largeGraph(200);
    await inPage(`${name}.html`, await drawHtml(graph, mermaid), async (page) => {
      expect(await page.locator("#stage .glacier-node[role=button]").count()).toBe(
        graph.steps.length + graph.buckets.length,
      );
      expect(await page.locator("#mermaid").textContent()).toBe(mermaid);
    });
  });

  test.each(Object.keys(samples))("the SVG of %s opens from a file without a request", async (name) => {
    const graph = samples[name] ?? empty;
    await inPage(`${name}.svg`, await drawSvg(graph), async (page) => {
      expect(await page.locator("svg .glacier-node").count()).toBe(graph.steps.length + graph.buckets.length);
      expect(await page.locator("parsererror").count()).toBe(0);
    });
  });

  test("a click on a step or bucket lights what is upstream and downstream of it, and nothing else", async () => {
    const reach = (id: string, from: "from" | "to", to: "from" | "to"): string[] => {
      const seen = new Set([id]);
      for (const at of seen) for (const edge of diamond.edges) if (edge[from] === at) seen.add(edge[to]);
      seen.delete(id);
      return Array.from(seen).toSorted();
    };
    await inPage("click.html", await drawHtml(diamond, mermaid), async (page) => {
      for (const { id } of [...diamond.steps, ...diamond.buckets]) {
        await page.click(`#glacier-${id}`);
        const upstream = reach(id, "to", "from");
        const downstream = reach(id, "from", "to");
        expect(await classed(page, "is-selected")).toEqual([id]);
        expect(await classed(page, "is-upstream")).toEqual(upstream);
        expect(await classed(page, "is-downstream")).toEqual(downstream);
        expect(await classed(page, "is-lit")).toEqual([id, ...upstream, ...downstream].toSorted());
        const lit = await read<string[]>(
          page,
          `[...document.querySelectorAll("#stage .glacier-edge.is-lit")].map(({ dataset }) => dataset.from + " " + dataset.to)`,
        );
        const within = (ids: readonly string[]): string[] =>
          diamond.edges
            .filter(({ from, to }) => [id, ...ids].includes(from) && [id, ...ids].includes(to))
            .map(({ from, to }) => `${from} ${to}`);
        expect(lit.toSorted()).toEqual([...within(upstream), ...within(downstream)].toSorted());
      }
      await page.mouse.click(20, 700);
      expect(await classed(page, "is-lit")).toEqual([]);
    });
  });

  test("the facts of what is clicked stand beside the picture, and lead on to its neighbours", async () => {
    await inPage("facts.html", await drawHtml(diamond, mermaid), async (page) => {
      await page.click("[data-kind=step] text:has-text('join_report')");
      const facts = page.locator("#facts");
      expect(await facts.locator("h3").textContent()).toBe("join_report");
      expect((await facts.locator("dl").allInnerTexts())[0]?.split(/\s+/)).toEqual([
        "Runs",
        "on",
        "spark",
        "Level",
        "2",
        "Upstream",
        "10",
        "Downstream",
        "3",
      ]);
      expect(await facts.locator(".as").allTextContents()).toEqual(["customers:", "countries:", "exchange_rates:"]);
      await facts.locator("text=mart/countries.parquet").click();
      expect((await facts.locator("dd").allTextContents()).slice(0, 3)).toEqual(["gcp", "parquet", "intermediate"]);
    });
  });

  test("labels of any kind show as text", async () => {
    await inPage("labels.html", await drawHtml(hostile, mermaid), async (page) => {
      // What the browser hands out is well-formed Unicode.
      const wellFormed = (text: string | null): string | undefined => text?.replaceAll(/[\ud800\ufffe]/g, "�");
      const shown: (string | undefined)[] = [];
      for (const { id } of hostile.steps) {
        await page.locator(`#glacier-${id}`).press("Enter");
        shown.push(wellFormed(await page.locator("#facts h3").textContent()));
      }
      expect(shown).toEqual(hostileLabels.map(wellFormed));
      expect(await page.title()).toBe(hostile.name);
    });
  });

  test("the keyboard and the search do what the mouse does", async () => {
    await inPage("keys.html", await drawHtml(diamond, mermaid), async (page) => {
      const box = (): Promise<string | null> => page.locator("#stage").getAttribute("viewBox");
      const fitted = await box();
      await page.focus("#stage");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      expect(await page.locator("#facts h3").textContent()).toBe("landing/orders.csv");
      await page.keyboard.press("Escape");
      expect(await classed(page, "is-lit")).toEqual([]);
      for (const key of ["+", "-", "ArrowLeft", "ArrowDown"]) {
        const before = await box();
        await page.keyboard.press(key);
        expect(await box()).not.toBe(before);
      }
      await page.keyboard.press("0");
      expect(await box()).toBe(fitted);
      await page.fill("#search", "countries");
      await page.keyboard.press("Enter");
      expect(await page.locator("#facts h3").textContent()).toBe("mart/countries.parquet");
    });
  });

  test("the wheel zooms at the pointer, and dragging pans without selecting", async () => {
    await inPage("mouse.html", await drawHtml(diamond, mermaid), async (page) => {
      const node = page.locator("[data-kind=step]").first();
      const center = async (): Promise<{ x: number; y: number; width: number }> => {
        const { x, y, width, height } = (await node.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
        return { x: x + width / 2, y: y + height / 2, width };
      };
      const before = await center();
      await page.mouse.move(before.x, before.y);
      await page.mouse.wheel(0, -400);
      await expect.poll(async () => (await center()).width).toBeGreaterThan(before.width * 1.5);
      const zoomed = await center();
      expect([Math.abs(zoomed.x - before.x) < 2, Math.abs(zoomed.y - before.y) < 2]).toEqual([true, true]);
      await page.mouse.down();
      await page.mouse.move(before.x + 60, before.y + 30, { steps: 4 });
      await page.mouse.up();
      const dragged = await center();
      expect([Math.round(dragged.x - zoomed.x), Math.round(dragged.y - zoomed.y)]).toEqual([60, 30]);
      expect(await classed(page, "is-selected")).toEqual([]);
    });
  });

  test("it is dark where the system is, in page and picture", async () => {
    await inPage("dark.html", await drawHtml(diamond, mermaid), async (page) => {
      const shape = `document.querySelector("#stage .glacier-step .glacier-shape")`;
      const colors = (): Promise<string[]> =>
        read(page, `[getComputedStyle(document.body).backgroundColor, getComputedStyle(${shape}).fill]`);
      await page.emulateMedia({ colorScheme: "light" });
      const light = await colors();
      await page.emulateMedia({ colorScheme: "dark" });
      const dark = await colors();
      expect(light).toEqual(["rgb(248, 250, 252)", "rgb(255, 255, 255)"]);
      expect(dark).toEqual(["rgb(11, 18, 32)", "rgb(28, 39, 57)"]);
    });
  });

  test("no label is wider than its shape in the fonts of this machine", async () => {
    await inPage("fit.html", await drawHtml(hostile, mermaid), async (page) => {
      const widths = await read<[label: string, text: number, shape: number][]>(
        page,
        `[...document.querySelectorAll("#stage .glacier-node text")].map((text) => [
          text.textContent,
          text.getBoundingClientRect().right,
          text.parentNode.querySelector(".glacier-shape").getBoundingClientRect().right,
        ])`,
      );
      expect(widths.length).toBeGreaterThan(60);
      const outside = widths.filter(([, text, shape]) => text > shape - 1);
      expect(outside).toEqual([]);
    });
  });
});
