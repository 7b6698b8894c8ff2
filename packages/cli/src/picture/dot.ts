import { GlacierError, type Graph } from "@glacier/core";
import { printable } from "./label.ts";
import { size, textWidth } from "./size.ts";
import { weigh } from "./weight.ts";

/** The size of a step or bucket before it has a place. */
export interface Box {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

/** Up to here Graphviz may look for the best picture; beyond it only for a good one, which is 10 times faster. */
const finestWeight = 1_500;
const fast = "nslimit=0.2;nslimit1=0.2;mclimit=0.1;searchsize=10;";

/**
 * The graph in Graphviz's language, and the boxes that `n0`, `n1`, … stand for in it; `e0`, `e1`, … are the graph's
 * edges by index. Only sizes go in, never a label, so there is nothing to escape.
 */
export function writeDot(graph: Graph): { readonly source: string; readonly boxes: readonly Box[] } {
  const inputs = inputsOf(graph);
  const width = nodeWidth(graph);
  const boxes: Box[] = [];
  const names = new Map<string, string>();
  const lines: string[] = [];
  const place = (id: string, height: number, attributes: string): void => {
    const name = `n${boxes.length}`;
    boxes.push({ id, width, height });
    names.set(id, name);
    lines.push(`${name}[${attributes}];`);
  };
  for (const bucket of graph.buckets) place(bucket.id, size.bucketHeight, box(width, size.bucketHeight));
  for (const step of graph.steps) {
    const count = inputs.get(step.id)?.length ?? 0;
    const height = stepHeight(count);
    place(step.id, height, count === 0 ? box(width, height) : boxWithInputs(width, count));
  }
  const seen = new Map<string, number>();
  for (const [index, edge] of graph.edges.entries()) {
    const from = names.get(edge.from);
    const to = names.get(edge.to);
    if (from === undefined || to === undefined) {
      throw new GlacierError(
        "ARGUMENT_INVALID",
        `The edge from "${edge.from}" to "${edge.to}" names a step or bucket that the graph does not have.`,
      );
    }
    let port = "w";
    if (edge.label !== undefined && inputs.has(edge.to)) {
      const input = seen.get(edge.to) ?? 0;
      seen.set(edge.to, input + 1);
      port = `i${input}:w`;
    }
    lines.push(`${from}->${to}[id=e${index},headport="${port}"];`);
  }
  const quality = weigh(graph) > finestWeight ? fast : "";
  const source =
    `digraph{rankdir=LR;nodesep=0.25;ranksep=0.75;${quality}` +
    `node[shape=box,fixedsize=true,label=""];edge[tailport=e,arrowsize=0.8];\n${lines.join("\n")}\n}`;
  return { source, boxes };
}

/** The names under which each step reads its sources, for the steps that have such names. */
export function inputsOf(graph: Graph): ReadonlyMap<string, readonly string[]> {
  const steps = new Set(graph.steps.map((step) => step.id));
  const inputs = new Map<string, string[]>();
  for (const { to, label } of graph.edges) {
    if (label === undefined || !steps.has(to)) continue;
    const labels = inputs.get(to);
    if (labels === undefined) inputs.set(to, [label]);
    else labels.push(label);
  }
  return inputs;
}

function stepHeight(inputs: number): number {
  return size.stepHeight + (inputs === 0 ? 0 : inputs * size.inputHeight + size.inputMargin);
}

/** One width for all, so that the columns line up. */
function nodeWidth(graph: Graph): number {
  let widest: number = size.minNodeWidth;
  for (const { label } of [...graph.buckets, ...graph.steps]) {
    widest = Math.max(widest, textWidth(printable(label.slice(0, 200)), size.labelFont) + 2 * size.padding);
    if (widest > size.maxNodeWidth) return size.maxNodeWidth;
  }
  return 2 * Math.ceil(widest / 2);
}

function box(width: number, height: number): string {
  return `width=${width / 72},height=${height / 72}`;
}

/**
 * A table, so that every input has a port of its own at which its edge ends. The rows go upwards, since Graphviz puts
 * what comes first at the bottom when it draws from left to right, and the layout is mirrored because of that.
 */
function boxWithInputs(width: number, inputs: number): string {
  const row = (height: number, port: string): string =>
    `<tr><td${port} fixedsize="true" width="${width}" height="${height}"></td></tr>`;
  const rows = [
    row(size.stepHeight, ""),
    ...Array.from({ length: inputs }, (_, index) => row(size.inputHeight, ` port="i${index}"`)),
    row(size.inputMargin, ""),
  ].toReversed();
  return (
    "shape=plain,fixedsize=false," +
    `label=<<table border="0" cellborder="0" cellspacing="0" cellpadding="0">${rows.join("")}</table>>`
  );
}
