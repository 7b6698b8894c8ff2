import type { Graph } from "@glacier/core";
import { printable, shorten } from "./label.ts";
import { bucketShape, stepShape, storageClass } from "./shape.ts";
import { size, textWidth } from "./size.ts";
import { escapeXml } from "./xml.ts";

/** One line of the legend: a small picture and what it stands for. */
export interface LegendEntry {
  readonly className: string;
  /** 24 by 18 pixels. */
  readonly swatch: string;
  readonly label: string;
}

/** What the shapes and colours of a diagram stand for: a step, then a bucket of each storage. */
export function legendOf(graph: Graph): readonly LegendEntry[] {
  return [
    { className: "glacier-step", swatch: stepShape(24, 18), label: "step" },
    ...graph.storages.map(({ label }, index) => ({
      className: storageClass(index),
      swatch: bucketShape(24, 18, 3),
      label: label.trim() === "" ? "storage without a name" : printable(label),
    })),
  ];
}

/** The legend as SVG, in as many rows as the width asks for. */
export function drawLegend(graph: Graph, width: number): { readonly markup: string; readonly height: number } {
  const rowHeight = 28;
  const widest = Math.min(width, 320);
  let x = 0;
  let y = 24;
  const entries = legendOf(graph).map(({ className, swatch, label }) => {
    const shown = shorten(label, widest - 52, (part) => textWidth(part, size.metaFont));
    const entryWidth = 34 + textWidth(shown, size.metaFont) + 18;
    if (x > 0 && x + entryWidth > width) {
      x = 0;
      y += rowHeight;
    }
    const entry =
      `<g class="${className}" transform="translate(${x.toFixed(1)} ${y})"><title>${escapeXml(label)}</title>${swatch}` +
      `<text class="glacier-meta" x="34" y="13">${escapeXml(shown)}</text></g>`;
    x += entryWidth;
    return entry;
  });
  return { markup: `<g class="glacier-legend">${entries.join("")}</g>`, height: y + 18 };
}
