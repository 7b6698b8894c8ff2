import type { PipelineTrace } from "@glacier/plan";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { installed, openBrowser } from "../../browser.test-d.ts";
import { flights, hostile, hostileNames, largeTrace, unreadable } from "../../sample-traces.test-d.ts";
import { ColumnGraph, nameOf } from "../column-graph.ts";
import { lineageHtml } from "../html.ts";
import { downstream, upstream } from "../paths.ts";

const pageOf = (trace: PipelineTrace, selected?: { bucket: string; column: string }): Promise<string> =>
  lineageHtml(new ColumnGraph(trace), { title: "etl </title>", selected });

describe.skipIf(installed === undefined)("in a browser (skipped where there is no Chromium in /usr/bin)", () => {
  const { inPage, read } = openBrowser();

  const namesOf = (trace: PipelineTrace): readonly string[] =>
    [...new ColumnGraph(trace).buckets.values()].flatMap(({ key, columns }) =>
      Array.from(columns.keys(), (column) => nameOf({ bucket: key, column })),
    );

  /** The columns whose rows the selector finds, by name. */
  const found = async (page: Page, trace: PipelineTrace, selector: string): Promise<readonly string[]> => {
    const numbers = `[...document.querySelectorAll("#stage ${selector}")].map(({ dataset }) => Number(dataset.column))`;
    const names = namesOf(trace);
    return (await read<number[]>(page, numbers)).map((number) => `${names[number]}`).toSorted();
  };
  const click = (page: Page, trace: PipelineTrace, name: string): Promise<void> =>
    page.click(`#c${namesOf(trace).indexOf(name)}`);

  test("a click on a column lights the whole way of its values, back and on, and nothing else", async () => {
    const graph = new ColumnGraph(flights);
    const reached = (branches: ReturnType<typeof upstream>["branches"]): string[] =>
      branches.flatMap(({ bucket, columns, branches: next }) => [
        ...columns.map((column) => nameOf({ bucket, column })),
        ...reached(next),
      ]);
    await inPage("click.html", await pageOf(flights), async (page) => {
      let looked = 0;
      for (const { key, columns } of graph.buckets.values()) {
        for (const column of columns.keys()) {
          const name = { bucket: key, column };
          await page.locator(`#c${namesOf(flights).indexOf(nameOf(name))}`).dispatchEvent("click");
          const values = ":not(.is-indirect)";
          expect(await found(page, flights, ".is-selected")).toEqual([nameOf(name)]);
          expect(await found(page, flights, `.is-upstream${values}`)).toEqual(
            [...new Set(reached(upstream(graph, name).branches))].toSorted(),
          );
          expect(await found(page, flights, `.is-downstream${values}`)).toEqual(
            [...new Set(reached(downstream(graph, name).branches))].toSorted(),
          );
          looked += 1;
        }
      }
      expect(looked).toBe(20);
      await page.mouse.click(20, 780);
      expect(await found(page, flights, ".is-lit")).toEqual([]);
      expect(await page.locator("#links path").count()).toBe(0);
    });
  });

  test("what only decides is lit in another way, also where that is decided by others again", async () => {
    await inPage("deciding.html", await pageOf(flights), async (page) => {
      await click(page, flights, "reports/by_day.csv.mean_delay");
      expect(await found(page, flights, ".is-upstream.is-indirect")).toEqual([
        "flights/carriers.csv.code",
        "flights/carriers.csv.name",
        "flights/clean.parquet.carrier",
        "flights/clean.parquet.day",
        "flights/named.parquet.airline",
        "flights/named.parquet.day",
        "flights/raw.csv.cancelled",
        "flights/raw.csv.carrier",
        "flights/raw.csv.day",
      ]);
      await click(page, flights, "flights/raw.csv.cancelled");
      expect(await found(page, flights, ".is-downstream:not(.is-indirect)")).toEqual([]);
      expect(await found(page, flights, ".is-downstream.is-indirect")).toEqual(
        namesOf(flights)
          .filter((name) => !/raw|carriers/.test(name))
          .toSorted(),
      );
    });
  });

  test("lines are drawn for what is selected alone: whole ones for values, broken ones for what decides", async () => {
    await inPage("lines.html", await pageOf(flights), async (page) => {
      const lines = (kind: string): Promise<string> =>
        read(page, `document.querySelector("#links .is-${kind}")?.dataset.lines ?? "0"`);
      expect(await page.locator("#links path").count()).toBe(0);
      await click(page, flights, "reports/worst.csv.delay");
      // named.delay, clean.delay and raw.delay, each into the next.
      expect(await lines("direct")).toBe("3");
      expect(Number(await lines("indirect"))).toBeGreaterThan(3);
      await click(page, flights, "flights/raw.csv.tail");
      expect([await lines("direct"), await lines("indirect")]).toEqual(["0", "0"]);
    });
  });

  test("the facts tell of type, kinds, what decides and the steps on the way, and lead on", async () => {
    await inPage("facts.html", await pageOf(flights), async (page) => {
      await click(page, flights, "reports/by_day.csv.mean_delay");
      const facts = page.locator("#facts");
      expect(await facts.locator("h3").textContent()).toBe("mean_delay");
      expect(await facts.locator("dd").allTextContents()).toEqual([
        "reports/by_day.csv",
        "Float64",
        "report",
        "3",
        "9",
        "0",
        "0",
      ]);
      expect(await facts.locator("h2").allTextContents()).toEqual([
        "Comes from",
        "Decided by",
        "In the sources",
        "Sources that decide",
        "Steps on the way",
      ]);
      expect((await facts.locator("ul").allInnerTexts()).map((text) => text.split(/\s+/))).toEqual([
        ["aggregation:", "flights/named.parquet.delay"],
        [
          "group-by:",
          "flights/named.parquet.day",
          "group-by:",
          "flights/named.parquet.airline",
          "sort:",
          "flights/named.parquet.day",
        ],
        ["flights/raw.csv.delay"],
        [
          "flights/raw.csv.carrier",
          "flights/raw.csv.day",
          "flights/raw.csv.cancelled",
          "flights/carriers.csv.code",
          "flights/carriers.csv.name",
        ],
        ["clean", "named", "report"],
      ]);
      await facts.getByText("flights/named.parquet.delay").click();
      expect(await found(page, flights, ".is-selected")).toEqual(["flights/named.parquet.delay"]);
      expect((await facts.locator("ul").allInnerTexts()).map((text) => text.split(/\s+/)).slice(2, 4)).toEqual([
        ["aggregation:", "reports/by_day.csv.mean_delay", "identity:", "reports/worst.csv.delay"],
        ["flights/raw.csv.delay"],
      ]);
      await page.click("#t0 .glacier-label");
      expect(await facts.locator("h3").textContent()).toBe("flights/raw.csv");
      expect(await facts.locator("dd").allTextContents()).toEqual(["local", "source"]);
    });
  });

  test("a step that can't be read is said to be so", async () => {
    await inPage("unreadable.html", await pageOf(unreadable), async (page) => {
      await click(page, unreadable, "a/secret.parquet.q");
      expect(await page.locator("#facts .warning").textContent()).toContain("step secret can't be read");
      expect(await page.locator("#facts .warning").textContent()).toContain("str.toUpperCase");
      expect(await found(page, unreadable, ".is-upstream")).toEqual([
        "a/first.parquet.x",
        "a/first.parquet.y",
        "a/in.csv.x",
        "a/in.csv.y",
      ]);
    });
  });

  test("the keyboard does what the mouse does: between buckets, within one, and along the lineage", async () => {
    await inPage("keys.html", await pageOf(flights), async (page) => {
      const focused = (): Promise<string> => read(page, `document.activeElement.getAttribute("aria-label")`);
      await page.focus("#stage");
      await page.keyboard.press("Tab");
      expect(await focused()).toBe("column carrier of flights/raw.csv, String");
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("ArrowDown");
      expect(await focused()).toBe("column delay of flights/raw.csv, Int64");
      await page.keyboard.press("Enter");
      expect(await found(page, flights, ".is-selected")).toEqual(["flights/raw.csv.delay"]);
      await page.keyboard.press("ArrowRight");
      expect(await focused()).toBe("column delay of flights/clean.parquet, Float64");
      await page.keyboard.press("ArrowLeft");
      expect(await focused()).toBe("column delay of flights/raw.csv, Int64");
      await page.keyboard.press("ArrowUp");
      await page.keyboard.press("ArrowUp");
      await page.keyboard.press("ArrowUp");
      expect(await focused()).toBe("column carrier of flights/raw.csv, String");
      await page.keyboard.press("Escape");
      expect(await found(page, flights, ".is-lit")).toEqual([]);
      await page.keyboard.press("Tab");
      expect(await focused()).toBe("column code of flights/carriers.csv, String");
      const box = (): Promise<string | null> => page.locator("#stage").getAttribute("viewBox");
      const before = await box();
      await page.keyboard.press("+");
      expect(await box()).not.toBe(before);
    });
  });

  test("a search finds columns by words of their name and bucket, and Enter takes the first", async () => {
    await inPage("search.html", await pageOf(flights), async (page) => {
      await page.fill("#search", "delay");
      expect((await page.locator("#found button").allTextContents())[0]).toBe("flights/raw.csv.delay");
      expect(await page.locator("#found button").count()).toBe(5);
      await page.fill("#search", "WORST label");
      expect(await page.locator("#found button").allTextContents()).toEqual(["reports/worst.csv.label"]);
      await page.keyboard.press("Enter");
      expect(await found(page, flights, ".is-selected")).toEqual(["reports/worst.csv.label"]);
      await page.fill("#search", "no such column");
      expect(await page.locator("#found").textContent()).toContain("Nothing.");
      await page.fill("#search", "day by_day");
      await page.locator("#found button").first().click();
      expect(await found(page, flights, ".is-selected")).toEqual(["reports/by_day.csv.day"]);
    });
  });

  test("a page can begin with a column that is selected", async () => {
    const name = { bucket: "reports/worst.csv", column: "label" };
    await inPage("selected.html", await pageOf(flights, name), async (page) => {
      expect(await found(page, flights, ".is-selected")).toEqual([nameOf(name)]);
      expect(await page.locator("#facts h3").textContent()).toBe("label");
    });
  });

  test("names of any kind show as text", async () => {
    await inPage("names.html", await pageOf(hostile), async (page) => {
      // What the browser hands out is well-formed Unicode.
      const wellFormed = (text: string | null): string | undefined => text?.replaceAll(/[\ud800\ufffe]/g, "�");
      const shown: (string | undefined)[] = [];
      for (const [at] of hostileNames.entries()) {
        await page.locator(`#c${at}`).dispatchEvent("click");
        shown.push(wellFormed(await page.locator("#facts h3").textContent()));
      }
      expect(shown).toEqual(hostileNames.map(wellFormed));
      expect(await page.title()).toBe("etl </title>");
    });
  });

  test("no name is wider than its table in the fonts of this machine", async () => {
    await inPage("fit.html", await pageOf(hostile), async (page) => {
      const rights = await read<[text: number, table: number][]>(
        page,
        `[...document.querySelectorAll("#stage .glacier-table text")].map((text) => [
          text.getBoundingClientRect().right,
          text.closest(".glacier-table").querySelector(".glacier-body").getBoundingClientRect().right,
        ])`,
      );
      expect(rights.length).toBeGreaterThan(200);
      expect(rights.filter(([text, table]) => text > table - 1)).toEqual([]);
    });
  });

  test("100 steps of 50 columns open, and a click is answered at once", async () => {
    const trace = largeTrace(100, 50);
    const text = await pageOf(trace);
    expect(text.length).toBeLessThan(6_000_000);
    await inPage("large.html", text, async (page) => {
      expect(await page.locator("#stage .glacier-column[role=button]").count()).toBe(102 * 50);
      for (const name of [
        "lake/table_99.parquet.column_7",
        "lake/source_0.parquet.column_7",
        "lake/table_50.parquet.column_0",
      ]) {
        const took = await read<number>(
          page,
          `(() => {
            const row = document.getElementById("c${namesOf(trace).indexOf(name)}");
            const started = performance.now();
            row.dispatchEvent(new MouseEvent("click", { bubbles: true }));
            row.getBoundingClientRect();
            return performance.now() - started;
          })()`,
        );
        expect(took).toBeLessThan(2_000);
        expect((await found(page, trace, ".is-lit")).length).toBeGreaterThan(1_000);
        const lines = await read<number>(
          page,
          `[...document.querySelectorAll("#links path")].reduce((sum, { dataset }) => sum + Number(dataset.lines), 0)`,
        );
        expect(lines).toBeGreaterThan(50);
        expect(lines).toBeLessThan(40_000);
      }
    });
  });

  test("it is dark where the system is", async () => {
    await inPage("dark.html", await pageOf(flights), async (page) => {
      const colors = (): Promise<string[]> =>
        read(
          page,
          `[".glacier-body", ".glacier-name"].map((name) => getComputedStyle(document.querySelector(name)).fill)`,
        );
      await page.emulateMedia({ colorScheme: "light" });
      expect(await colors()).toEqual(["rgb(255, 255, 255)", "rgb(15, 23, 42)"]);
      await page.emulateMedia({ colorScheme: "dark" });
      expect(await colors()).toEqual(["rgb(19, 28, 46)", "rgb(230, 237, 246)"]);
    });
  });
});
