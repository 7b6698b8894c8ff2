/** A headless browser for the tests of pages. The ending keeps it out of the package. */
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, expect } from "vitest";

/** Where it is; tests that need it are skipped where there is none. */
export const installed: string | undefined = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
].find(existsSync);

interface TestBrowser {
  /** Opens the text as a file, does the work, and fails if the page asked for anything or complained. */
  readonly inPage: (name: string, text: string, work: (page: Page) => Promise<void>) => Promise<void>;
  /** What an expression is in the page. As text, since the tests know no types of a browser. */
  readonly read: <T>(page: Page, expression: string) => Promise<T>;
}

/** For all tests of the `describe` in which it is called. */
export function openBrowser(): TestBrowser {
  let browser: Browser;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "glacier-page-"));
    const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"];
    browser = await chromium.launch({ executablePath: `${installed}`, args });
  });
  afterAll(async () => {
    await browser.close();
    await rm(folder, { recursive: true });
  });
  return {
    async inPage(name, text, work) {
      const file = join(folder, name);
      await writeFile(file, text);
      const page = await browser.newPage({ viewport: { width: 1400, height: 800 } });
      const requests: string[] = [];
      const complaints: string[] = [];
      page.on("request", (request) => requests.push(request.url()));
      page.on("console", (message) => complaints.push(message.text()));
      page.on("pageerror", (error) => complaints.push(error.message));
      page.on("dialog", (dialog) => {
        complaints.push(`dialog: ${dialog.message()}`);
        void dialog.dismiss();
      });
      try {
        await page.goto(pathToFileURL(file).href);
        await work(page);
        expect(complaints).toEqual([]);
        expect(requests).toEqual([pathToFileURL(file).href]);
      } finally {
        await page.close();
      }
    },
    read: async <T>(page: Page, expression: string): Promise<T> => (await page.evaluate(expression)) as T,
  };
}
