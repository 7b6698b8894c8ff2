import { GlacierError } from "@glacier/core";
import type { Box } from "../../picture/dot.ts";
import { printable, shorten } from "../../picture/label.ts";
import { layOutDot, type PlacedBox, type Route } from "../../picture/layout.ts";
import { storageClass } from "../../picture/shape.ts";
import { textWidth } from "../../picture/size.ts";
import { escapeXml } from "../../picture/xml.ts";
import { count } from "../../text.ts";
import type { BucketNode, ColumnGraph } from "../column-graph.ts";

/** Sizes of the picture in pixels of the unscaled drawing. */
const size = {
  padding: 12,
  header: 46,
  row: 20,
  foot: 6,
  narrowest: 170,
  widest: 340,
  nameFont: 12,
  typeFont: 11,
} as const;

/** Beyond it a page is more than a browser shows at ease. */
const mostColumns = 40_000;

/** The buckets as tables, as SVG elements without a frame around them. */
export interface Tables {
  readonly markup: string;
  readonly width: number;
  readonly height: number;
}

/**
 * Draws every bucket as a table of its columns, and an edge wherever a step reads one to write another. A table has the
 * id `t<number of the bucket>`, a column the id `c<number of the column>`, counted through all buckets.
 * @throws OUTPUT_FAILED for what is too large to be drawn
 */
export async function drawTables(graph: ColumnGraph): Promise<Tables> {
  const buckets = [...graph.buckets.values()];
  const columns = buckets.reduce((sum, bucket) => sum + bucket.columns.size, 0);
  if (columns > mostColumns) {
    throw new GlacierError("OUTPUT_FAILED", `The pipeline has too many columns to draw: ${count(columns)}.`, {
      hint: "Draw one of its pipelines (`--pipeline`), or use `--format json`.",
    });
  }
  const edges = bucketEdges(graph);
  const layout = await layOutDot(writeDot(buckets, edges), edges);
  const providers = [...new Set(buckets.map(({ provider }) => provider))];
  let first = 0;
  const tables = buckets.map((bucket, at) => {
    const box = layout.boxes.get(bucket.key);
    const table = box === undefined ? "" : drawTable(bucket, at, first, box, providers.indexOf(bucket.provider));
    first += bucket.columns.size;
    return table;
  });
  const markup = [
    '<g class="glacier-edges">',
    ...layout.routes.map(drawRoute),
    '</g>\n<g id="links" aria-hidden="true"></g>\n<g class="glacier-nodes">',
    ...tables,
    "</g>",
  ].join("\n");
  return { markup, width: layout.width, height: layout.height };
}

interface BucketEdge {
  readonly from: string;
  readonly to: string;
}

function bucketEdges(graph: ColumnGraph): readonly BucketEdge[] {
  const edges = new Map<string, BucketEdge>();
  for (const { key, columns } of graph.buckets.values()) {
    const inputs = [...columns.keys()].flatMap((column) => graph.inputsOf({ bucket: key, column }));
    for (const { bucket } of [...inputs, ...graph.datasetOf(key)]) {
      edges.set(JSON.stringify([bucket, key]), { from: bucket, to: key });
    }
  }
  return [...edges.values()];
}

function writeDot(
  buckets: readonly BucketNode[],
  edges: readonly BucketEdge[],
): { readonly source: string; readonly boxes: readonly Box[] } {
  const width = tableWidth(buckets);
  const boxes = buckets.map(({ key, columns }) => ({ id: key, width, height: heightOf(columns.size) }));
  const numbers = new Map(buckets.map(({ key }, at) => [key, at]));
  const lines = [
    ...boxes.map(({ height }, at) => `n${at}[width=${width / 72},height=${height / 72}];`),
    ...edges.map(({ from, to }, at) => `n${numbers.get(from)}->n${numbers.get(to)}[id=e${at}];`),
  ];
  const source =
    "digraph{rankdir=LR;nodesep=0.35;ranksep=1.4;nslimit=2;nslimit1=2;mclimit=0.5;" +
    'node[shape=box,fixedsize=true,label=""];edge[tailport=e,headport=w,arrowsize=0.8];' +
    `\n${lines.join("\n")}\n}`;
  return { source, boxes };
}

const heightOf = (columns: number): number => size.header + columns * size.row + size.foot;

/** One width for all, so that the tables line up. */
function tableWidth(buckets: readonly BucketNode[]): number {
  let widest: number = size.narrowest;
  for (const { key, columns } of buckets) {
    widest = Math.max(widest, textWidth(printable(key.slice(0, 200)), 13) + 2 * size.padding);
    for (const [name, type = ""] of columns) {
      const names = textWidth(printable(name.slice(0, 200)), size.nameFont);
      const types = textWidth(printable(type.slice(0, 200)), size.typeFont);
      widest = Math.max(widest, names + types + 2 * size.padding + 16);
    }
    if (widest > size.widest) return size.widest;
  }
  return 2 * Math.ceil(widest / 2);
}

function drawTable(bucket: BucketNode, at: number, first: number, box: PlacedBox, storage: number): string {
  const { key, step, opaque, columns } = bucket;
  const meta = step === undefined ? "source" : `written by ${step}${opaque === undefined ? "" : " (can't be read)"}`;
  const room = box.width - 2 * size.padding;
  const rows = Array.from(columns, ([name, type], row) => drawRow(name, type, row, first + row, box.width));
  return (
    `<g id="t${at}" class="glacier-node glacier-table ${storageClass(storage)}" data-bucket="${at}" transform="translate(${box.x} ${box.y})">` +
    `<title>${escapeXml(`${key}\n${meta}`)}</title>` +
    `<rect class="glacier-body" width="${box.width}" height="${box.height}" rx="8"/>` +
    `<path class="glacier-shape" d="M0 ${size.header - 4}V8a8 8 0 0 1 8-8H${box.width - 8}a8 8 0 0 1 8 8V${size.header - 4}z"/>` +
    `<text class="glacier-label" x="${size.padding}" y="19">${fit(key, room, 13)}</text>` +
    `<text class="glacier-meta" x="${size.padding}" y="35">${fit(meta, room, 11)}</text>${rows.join("")}</g>`
  );
}

function drawRow(name: string, type: string | undefined, row: number, number: number, width: number): string {
  const room = width - 2 * size.padding - 16;
  const types =
    type === undefined ? "" : shorten(printable(type), room * 0.45, (text) => textWidth(text, size.typeFont));
  const y = size.header + row * size.row;
  return (
    `<g id="c${number}" class="glacier-column" data-column="${number}"><title>${escapeXml(`${name}\n${type ?? ""}`)}</title>` +
    `<rect x="4" y="${y - 2}" width="${width - 8}" height="${size.row}" rx="4"/>` +
    `<text class="glacier-name" x="${size.padding}" y="${y + 12}">${fit(name, room - textWidth(types, size.typeFont), size.nameFont)}</text>` +
    `<text class="glacier-type" x="${width - size.padding}" y="${y + 12}" text-anchor="end">${escapeXml(types)}</text></g>`
  );
}

const fit = (text: string, room: number, font: number): string =>
  escapeXml(shorten(printable(text), room, (part) => textWidth(part, font)));

function drawRoute({ points, tip }: Route<BucketEdge>): string {
  const [start, ...rest] = points;
  if (start === undefined) return "";
  const curve = rest.map(({ x, y }) => `${x} ${y}`).join(" ");
  return `<path class="glacier-route" d="M${start.x} ${start.y}C${curve}L${tip.x} ${tip.y}"/>`;
}

/** Where the page's script finds columns in a table, in pixels from its upper left corner. */
export const rowGeometry: { readonly header: number; readonly row: number } = { header: size.header, row: size.row };
