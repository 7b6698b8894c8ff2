import { embedJson } from "../picture/embedded-json.ts";
import { printable } from "../picture/label.ts";
import { drawPage } from "../picture/page.ts";
import { pageStyle } from "../picture/page-style.ts";
import { diagramStyle, pageColors } from "../picture/theme.ts";
import { escapeXml } from "../picture/xml.ts";
import { plural } from "../text.ts";
import type { ColumnGraph, ColumnName } from "./column-graph.ts";
import { pageData } from "./page/data.ts";
import { lineageScript } from "./page/script.ts";
import { lineageStyle } from "./page/style.ts";
import { drawTables } from "./page/tables.ts";

/** What a page is to be called, and what it shows first. */
export interface LineagePage {
  readonly title: string;
  readonly description?: string | undefined;
  readonly selected?: ColumnName | undefined;
}

const lines = [
  ["is-direct", "values go on"],
  ["is-indirect", "decides about rows or values"],
  ["is-wide", "many columns at once"],
] as const;

/**
 * The lineage as one HTML page that needs no other file and no network: the buckets as tables, and of the column that is
 * clicked, all that it comes from and goes into. The same lineage gives the same text.
 * @throws OUTPUT_FAILED for what is too large to be drawn
 */
export async function lineageHtml(graph: ColumnGraph, { title, description, selected }: LineagePage): Promise<string> {
  const tables = await drawTables(graph);
  const columns = [...graph.buckets.values()].reduce((sum, bucket) => sum + bucket.columns.size, 0);
  const summary = `${plural(columns, "column")} of ${plural(graph.buckets.size, "bucket")}.`;
  const name = printable(title).trim() || "Lineage";
  return drawPage({
    title: name,
    description,
    style: pageColors + pageStyle + diagramStyle + lineageStyle,
    script: lineageScript,
    search:
      '<input id="search" type="search" placeholder="Find a column" aria-label="Find a column" autocomplete="off" spellcheck="false">',
    main: `<svg id="stage" class="glacier-diagram" role="group" aria-label="${escapeXml(name)}" tabindex="0" viewBox="0 0 ${tables.width} ${tables.height}">
<desc>${escapeXml(summary)}</desc>
${tables.markup}
</svg>
<aside>
<section id="found" aria-live="polite"></section>
<section id="facts" aria-live="polite"><p class="hint">Click a column to see where it comes from and where it goes. ${escapeXml(summary)}</p></section>
<section><h2>Lines</h2><ul class="lines">${lines.map(([className, text]) => `<li><svg width="28" height="12" aria-hidden="true"><path class="${className}" d="M0 6H28"/></svg>${text}</li>`).join("")}</ul></section>
<section class="keys"><h2>Keys</h2><p><kbd>Tab</kbd> next bucket, <kbd>↑</kbd> <kbd>↓</kbd> columns, <kbd>←</kbd> <kbd>→</kbd> along the lineage, <kbd>Enter</kbd> select, <kbd>Esc</kbd> clear, <kbd>+</kbd> <kbd>−</kbd> zoom, <kbd>0</kbd> fit</p></section>
</aside>`,
    data: `<script type="application/json" id="lineage">${embedJson(pageData(graph, selected))}</script>`,
  });
}
