import { GlacierError, type Graph } from "@glacier/core";
import { count } from "../text.ts";
import { printable } from "./label.ts";

/**
 * The weight of the largest graph that is drawn: its steps and buckets, and for every edge the number of columns that
 * it crosses. That number is what the layout's time depends on. At this weight it takes about 10 seconds at
 * worst, when every step reads dozens of buckets. A pipeline of 2,000 steps that mostly read what is near weighs about
 * 20,000 and takes 2 seconds; a chain of 7,000 steps is just light enough.
 */
const largestWeight = 30_000;

/** Throws `OUTPUT_FAILED` if the graph weighs more than {@link largestWeight}. */
export function assertDrawable(graph: Graph): void {
  const weight = weigh(graph);
  if (weight <= largestWeight) return;
  throw new GlacierError(
    "OUTPUT_FAILED",
    `The pipeline${graph.name === undefined ? "" : ` "${printable(graph.name)}"`} is too large to draw: ` +
      `${count(graph.steps.length)} steps and ${count(graph.edges.length)} connections.`,
    {
      hint: "Write the Mermaid source instead (`--out pipeline.mmd`), or draw a part of the pipeline.",
      details: { weight, largestWeight, steps: graph.steps.length, edges: graph.edges.length },
    },
  );
}

/** See {@link largestWeight}. A bucket that no step writes stands one column before the first step that reads it. */
export function weigh(graph: Graph): number {
  const columns = new Map(graph.steps.map((step) => [step.id, 2 * step.level + 1]));
  for (const { from, to } of graph.edges) {
    const writer = columns.get(from);
    if (writer !== undefined && !columns.has(to)) columns.set(to, writer + 1);
  }
  const sources = new Map<string, number>();
  for (const { from, to } of graph.edges) {
    if (!columns.has(from)) sources.set(from, Math.min(sources.get(from) ?? Infinity, (columns.get(to) ?? 1) - 1));
  }
  const columnOf = (id: string): number => columns.get(id) ?? sources.get(id) ?? 0;
  let weight = graph.steps.length + graph.buckets.length;
  for (const { from, to } of graph.edges) weight += Math.max(1, columnOf(to) - columnOf(from));
  return weight;
}
