import type { Graph, GraphEdge } from "@glacier/core";
import { writeDot, type Box } from "./dot.ts";
import { runGraphviz } from "./graphviz.ts";
import { assertDrawable } from "./weight.ts";

/** A box in the picture; `x` and `y` are its upper left corner. */
export interface PlacedBox extends Box {
  readonly x: number;
  readonly y: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The way of an edge: cubic Bézier curves through `points`, then an arrowhead that ends in `tip`. */
export interface Route<Edge = GraphEdge> {
  readonly edge: Edge;
  readonly points: readonly Point[];
  readonly tip: Point;
}

/** Where everything is, in pixels from the upper left corner. */
export interface Layout<Edge = GraphEdge> {
  readonly width: number;
  readonly height: number;
  /** By the id of the step or bucket, as one reads: from left to right, then from top to bottom. */
  readonly boxes: ReadonlyMap<string, PlacedBox>;
  readonly routes: readonly Route<Edge>[];
}

/** The part of Graphviz's `json` output that is read here: https://graphviz.org/docs/outputs/json/. */
interface GraphvizOutput {
  readonly bb: string;
  readonly objects?: readonly { readonly name: string; readonly pos: string }[];
  readonly edges?: readonly { readonly id: string; readonly pos: string }[];
}

/**
 * Places the steps and buckets from left to right with Graphviz.
 *
 * Throws `OUTPUT_FAILED` for a graph that is too large to be drawn in seconds or that Graphviz fails on, and
 * `ARGUMENT_INVALID` for an edge from or to something that the graph does not have.
 */
export async function layOut(graph: Graph): Promise<Layout> {
  assertDrawable(graph);
  return layOutDot(writeDot(graph), graph.edges);
}

/** Places what is written in Graphviz's language, where `n0`, `n1`, … are boxes and `e0`, `e1`, … edges by index. */
export async function layOutDot<Edge>(
  { source, boxes }: { readonly source: string; readonly boxes: readonly Box[] },
  edges: readonly Edge[],
): Promise<Layout<Edge>> {
  return readLayout(edges, boxes, JSON.parse(await runGraphviz(source)) as GraphvizOutput);
}

/**
 * Graphviz counts in points of 1/72 inch from the lower left corner, where it also puts what comes first. Read as
 * pixels from the upper left corner, the picture is mirrored and begins at the top.
 */
function readLayout<Edge>(edges: readonly Edge[], boxes: readonly Box[], output: GraphvizOutput): Layout<Edge> {
  const [, , width = 0, height = 0] = output.bb.split(",").map(Number);
  const point = (text: string): Point => {
    const [x = 0, y = 0] = text.split(",").map(Number);
    return { x: round(x), y: round(y) };
  };
  const placed = (output.objects ?? []).flatMap(({ name, pos }) => {
    const box = boxes[Number(name.slice(1))];
    if (box === undefined) return [];
    const center = point(pos);
    return [{ ...box, x: round(center.x - box.width / 2), y: round(center.y - box.height / 2) }];
  });
  placed.sort((a, b) => a.x - b.x || a.y - b.y);
  const routes = (output.edges ?? []).flatMap(({ id, pos }) => {
    const edge = edges[Number(id.slice(1))];
    const words = pos.split(/[\s;]+/);
    const tip = words.find((word) => word.startsWith("e,"));
    if (edge === undefined || tip === undefined) return [];
    const points = words.filter((word) => /^[-\d.]/.test(word)).map(point);
    return [{ edge, points, tip: point(tip.slice(2)) }];
  });
  return { width: round(width), height: round(height), boxes: new Map(placed.map((box) => [box.id, box])), routes };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
