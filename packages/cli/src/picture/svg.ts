import type { Graph } from "@glacier/core";
import { drawDiagram } from "./diagram.ts";
import { printable, shorten } from "./label.ts";
import { drawLegend } from "./legend.ts";
import { textWidth } from "./size.ts";
import { summaryOf, titleOf } from "./summary.ts";
import { diagramStyle } from "./theme.ts";
import { escapeXml } from "./xml.ts";

const margin = 24;
const smallestWidth = 360;

/**
 * The graph as a standalone SVG document: buckets as cylinders in the colour of their storage, steps as boxes, the
 * name and description above, a legend below. It has its own background, light or dark as the reader's system asks
 * for, and refers to nothing outside. The same graph gives the same text.
 *
 * Throws `OUTPUT_FAILED` for a graph that is too large to be drawn in seconds (see `weight.ts`).
 */
export async function drawSvg(graph: Graph): Promise<string> {
  const diagram = await drawDiagram(graph);
  const inner = Math.max(diagram.width, smallestWidth);
  const header = drawHeader(graph, inner);
  const legend = drawLegend(graph, inner);
  const width = Math.ceil(inner + 2 * margin);
  const height = Math.ceil(margin + header.height + diagram.height + legend.height + margin);
  const top = margin + header.height;
  return `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" class="glacier-diagram" role="img" aria-labelledby="glacier-title glacier-summary" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<title id="glacier-title">${escapeXml(titleOf(graph))}</title>
<desc id="glacier-summary">${escapeXml(summaryOf(graph))}</desc>
<style>${diagramStyle}</style>
<rect class="glacier-page" width="${width}" height="${height}" rx="12"/>
<g transform="translate(${margin} ${margin})">${header.markup}</g>
<g transform="translate(${margin} ${top})">
${diagram.markup}
</g>
<g transform="translate(${margin} ${(top + diagram.height).toFixed(1)})">${legend.markup}</g>
</svg>
`;
}

function drawHeader(graph: Graph, width: number): { readonly markup: string; readonly height: number } {
  const line = (className: string, text: string, y: number, fontSize: number): string => {
    const shown = shorten(text, width, (part) => textWidth(part, fontSize));
    const title = `<title>${escapeXml(text)}</title>`;
    return `<g>${title}<text class="${className}" y="${y}">${escapeXml(shown)}</text></g>`;
  };
  const heading = line("glacier-heading", titleOf(graph), 18, 20);
  if (graph.description === undefined || graph.description === "") return { markup: heading, height: 44 };
  return {
    markup: heading + line("glacier-description", printable(graph.description), 40, 13),
    height: 66,
  };
}
