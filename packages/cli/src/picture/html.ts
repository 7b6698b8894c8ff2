import type { Graph } from "@glacier/core";
import { drawDiagram } from "./diagram.ts";
import { embedJson } from "./embedded-json.ts";
import { printable } from "./label.ts";
import { legendOf } from "./legend.ts";
import { drawPage } from "./page.ts";
import { pageScript } from "./page-script.ts";
import { pageStyle } from "./page-style.ts";
import { summaryOf, titleOf } from "./summary.ts";
import { diagramStyle, pageColors } from "./theme.ts";
import { escapeXml } from "./xml.ts";

/**
 * The graph as one HTML page that needs no other file and no network: the diagram to pan, zoom and search, the facts
 * and the lineage of what is clicked, and the Mermaid source to copy. Its security policy allows nothing but the one
 * style sheet and the one script that are in it. The same graph and source give the same text.
 *
 * Throws `OUTPUT_FAILED` for a graph that is too large to be drawn in seconds (see `weight.ts`).
 */
export async function drawHtml(graph: Graph, mermaid: string): Promise<string> {
  const diagram = await drawDiagram(graph);
  const title = titleOf(graph);
  return drawPage({
    title,
    description: graph.description,
    style: pageColors + pageStyle + diagramStyle,
    script: pageScript,
    search: `<input id="search" type="search" list="names" placeholder="Find a step or bucket" aria-label="Find a step or bucket" autocomplete="off" spellcheck="false">
<datalist id="names">${drawNames(graph)}</datalist>`,
    main: `<svg id="stage" class="glacier-diagram" role="group" aria-label="${escapeXml(title)}" tabindex="0" viewBox="0 0 ${diagram.width} ${diagram.height}">
<desc>${escapeXml(summaryOf(graph))}</desc>
${diagram.markup}
</svg>
<aside>
<section id="facts" aria-live="polite"><p class="hint">Click a step or bucket to see where its data comes from and where it goes.</p></section>
<section><h2>Legend</h2><ul class="legend">${drawLegend(graph)}</ul></section>
<section class="keys"><h2>Keys</h2><p><kbd>Tab</kbd> next, <kbd>Enter</kbd> select, <kbd>Esc</kbd> clear, <kbd>+</kbd> <kbd>−</kbd> zoom, <kbd>0</kbd> fit, arrows pan</p></section>
<details><summary>Mermaid source</summary><button type="button" id="copy">Copy</button>
<pre id="mermaid" tabindex="0">
${escapeXml(mermaid)}</pre></details>
</aside>`,
    data: `<script type="application/json" id="graph">${embedJson(graph)}</script>`,
  });
}

function drawNames(graph: Graph): string {
  const names = new Set([...graph.steps, ...graph.buckets].map(({ label }) => printable(label)));
  return Array.from(names, (name) => `<option value="${escapeXml(name)}"></option>`).join("");
}

function drawLegend(graph: Graph): string {
  return legendOf(graph)
    .map(
      ({ className, swatch, label }) =>
        `<li class="${className}"><svg width="28" height="22" viewBox="-2 -2 28 22" aria-hidden="true">${swatch}</svg>` +
        `<span dir="auto">${escapeXml(label)}</span></li>`,
    )
    .join("");
}
