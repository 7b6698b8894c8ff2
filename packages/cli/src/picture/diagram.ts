import type { Graph, GraphBucket, GraphEdge, GraphStep } from "@glacier/core";
import { inputsOf } from "./dot.ts";
import { printable, shorten } from "./label.ts";
import { layOut, type PlacedBox, type Point, type Route } from "./layout.ts";
import { size, textWidth } from "./size.ts";
import { bucketShape, stepShape, storageClass } from "./shape.ts";
import { escapeXml } from "./xml.ts";

/** The steps, buckets and edges as SVG elements, without a frame around them. */
export interface Diagram {
  readonly markup: string;
  readonly width: number;
  readonly height: number;
}

/** Names, labels and neighbours by id, so that drawing one thing never searches the graph. */
interface Lookup {
  readonly buckets: ReadonlyMap<string, GraphBucket>;
  readonly steps: ReadonlyMap<string, GraphStep>;
  readonly inputs: ReadonlyMap<string, readonly string[]>;
  /** Storages by id: their place in the graph's list, and their label. */
  readonly storages: ReadonlyMap<string, { readonly index: number; readonly label: string }>;
}

/**
 * Draws the graph. Every step and bucket is a group with the id `glacier-<id>`, `data-kind`, and its facts as further
 * data attributes; every edge one with `data-from` and `data-to`. Throws as `layOut` does.
 */
export async function drawDiagram(graph: Graph): Promise<Diagram> {
  const layout = await layOut(graph);
  const lookup: Lookup = {
    buckets: new Map(graph.buckets.map((bucket) => [bucket.id, bucket])),
    steps: new Map(graph.steps.map((step) => [step.id, step])),
    inputs: inputsOf(graph),
    storages: new Map(graph.storages.map(({ id, label }, index) => [id, { index, label }])),
  };
  const markup = [
    '<g class="glacier-edges">',
    ...layout.routes.map((route) => drawEdge(route, lookup)),
    '</g>\n<g class="glacier-nodes">',
    ...Array.from(layout.boxes.values(), (box) => drawNode(box, lookup)),
    "</g>",
  ].join("\n");
  return { markup, width: layout.width, height: layout.height };
}

function drawNode(box: PlacedBox, lookup: Lookup): string {
  const bucket = lookup.buckets.get(box.id);
  if (bucket !== undefined) return drawBucket(bucket, box, lookup);
  const step = lookup.steps.get(box.id);
  return step === undefined ? "" : drawStep(step, box, lookup);
}

function drawBucket(bucket: GraphBucket, box: PlacedBox, { storages }: Lookup): string {
  const storage = storages.get(bucket.storage);
  const facts = [bucket.format, storage?.label ?? ""].filter((fact) => fact !== "").join(" · ");
  const middle = box.width / 2;
  return group(
    `id="glacier-${escapeXml(bucket.id)}" class="glacier-node glacier-bucket ${storageClass(storage?.index ?? 0)}" ` +
      `data-kind="bucket" data-id="${escapeXml(bucket.id)}" data-storage="${escapeXml(bucket.storage)}" ` +
      `data-format="${escapeXml(bucket.format)}" data-role="${bucket.role}" transform="translate(${box.x} ${box.y})"`,
    `${bucket.label}\n${facts}`,
    bucketShape(box.width, box.height) +
      text("glacier-label", bucket.label, { x: middle, y: 31, centered: true }, box.width, size.labelFont) +
      text("glacier-meta", facts, { x: middle, y: 46, centered: true }, box.width, size.metaFont),
  );
}

function drawStep(step: GraphStep, box: PlacedBox, { inputs }: Lookup): string {
  const left = size.padding;
  const names = inputs.get(step.id) ?? [];
  const rows = names.map((name, index) =>
    text(
      "glacier-input",
      name,
      { x: left, y: size.stepHeight + 14 + index * size.inputHeight },
      box.width,
      size.metaFont,
    ),
  );
  return group(
    `id="glacier-${escapeXml(step.id)}" class="glacier-node glacier-step" data-kind="step" ` +
      `data-id="${escapeXml(step.id)}" data-executor="${escapeXml(step.executor)}" data-level="${step.level}" ` +
      `transform="translate(${box.x} ${box.y})"`,
    `${step.label}\n${step.executor}`,
    stepShape(box.width, box.height, names.length > 0) +
      text("glacier-label", step.label, { x: left, y: 22 }, box.width, size.labelFont) +
      `<path class="glacier-mark" d="M${left} 32l7 4-7 4z"/>` +
      text("glacier-meta", step.executor, { x: left + 12, y: 40 }, box.width - 12, size.metaFont) +
      rows.join(""),
  );
}

function drawEdge({ edge, points, tip }: Route, lookup: Lookup): string {
  const [start, ...rest] = points;
  if (start === undefined) return "";
  const end = points.at(-1) ?? start;
  const path = `M${start.x} ${start.y}C${rest.map(({ x, y }) => `${x} ${y}`).join(" ")}`;
  return group(
    `class="glacier-edge" data-from="${escapeXml(edge.from)}" data-to="${escapeXml(edge.to)}"` +
      (edge.label === undefined ? "" : ` data-label="${escapeXml(edge.label)}"`),
    describe(edge, lookup),
    `<path class="glacier-route" d="${path}"/><path class="glacier-tip" d="${arrowhead(end, tip)}"/>`,
  );
}

function describe({ from, to, label }: GraphEdge, { buckets, steps }: Lookup): string {
  const nameOf = (id: string): string => buckets.get(id)?.label ?? steps.get(id)?.label ?? id;
  return `${label === undefined ? "" : `${label}: `}${nameOf(from)} → ${nameOf(to)}`;
}

/** A triangle with its point in `tip` and its base, 7 pixels wide, around `base`. */
function arrowhead(base: Point, tip: Point): string {
  const length = Math.hypot(tip.x - base.x, tip.y - base.y) || 1;
  const x = ((tip.x - base.x) / length) * 3.5;
  const y = ((tip.y - base.y) / length) * 3.5;
  const corner = (dx: number, dy: number): string => `${(base.x + dx).toFixed(1)} ${(base.y + dy).toFixed(1)}`;
  return `M${tip.x} ${tip.y}L${corner(-y, x)}L${corner(y, -x)}z`;
}

function group(attributes: string, title: string, content: string): string {
  return `<g ${attributes}><title>${escapeXml(title)}</title>${content}</g>`;
}

function text(
  className: string,
  label: string,
  at: { readonly x: number; readonly y: number; readonly centered?: boolean },
  width: number,
  fontSize: number,
): string {
  const line = shorten(printable(label), width - 2 * size.padding, (part) => textWidth(part, fontSize));
  const anchor = at.centered === true ? ' text-anchor="middle"' : "";
  return `<text class="${className}" x="${at.x}" y="${at.y}"${anchor}>${escapeXml(line)}</text>`;
}
