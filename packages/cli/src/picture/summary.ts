import type { Graph } from "@glacier/core";
import { plural } from "../text.ts";
import { printable } from "./label.ts";

/** What to call the picture as a whole. */
export function titleOf(graph: Graph): string {
  return printable(graph.name ?? "").trim() || "Pipeline";
}

/** `6 steps, 9 buckets`. */
export function countsOf(graph: Graph): string {
  return `${plural(graph.steps.length, "step")}, ${plural(graph.buckets.length, "bucket")}`;
}

/** The description, then what the pipeline consists of. */
export function summaryOf(graph: Graph): string {
  const description = graph.description?.trim() ?? "";
  return `${description === "" ? "" : `${description}\n`}${countsOf(graph)}.`;
}
