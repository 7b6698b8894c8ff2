/** Mermaid's own parser. It wants a page, though it draws nothing here. */
import { JSDOM } from "jsdom";
import type { Mermaid } from "mermaid";
import { vi } from "vitest";

/** Makes a page for it too; `vi.unstubAllGlobals` takes that away again. */
export async function loadMermaid(): Promise<Mermaid> {
  const { window } = new JSDOM("<!doctype html><body></body>");
  vi.stubGlobal("window", window);
  vi.stubGlobal("document", window.document);
  const { default: mermaid } = await import("mermaid");
  mermaid.initialize({ startOnLoad: false, securityLevel: "strict", maxTextSize: 10_000_000, maxEdges: 100_000 });
  return mermaid;
}

/** Mermaid keeps codes of characters as `ﬂ°°35¶ß` until it draws. A space without width is not seen. */
export function shown(text: string): string {
  return text
    .replaceAll(/ﬂ°°(\d+)¶ß/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll("\ufeff", "");
}
