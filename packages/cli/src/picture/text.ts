import type { Graph } from "@glacier/core";
import { printable } from "./label.ts";
import { countsOf, titleOf } from "./summary.ts";
import { drawLevel } from "./text-level.ts";
import { paintLine, type Line, type Span } from "./text-line.ts";
import { readTextSteps, storageStyle, type TextStep } from "./text-step.ts";

/** How a picture in text is to look. */
export interface TextOptions {
  /** In columns of the terminal; no line is wider. 80 unless told. */
  readonly width?: number;
  /** Whether to use the colours of a terminal: one per storage. */
  readonly color?: boolean;
}

/**
 * The graph for a terminal, a step to a line: what it reads, its name and executor, what it writes. The steps stand by
 * level, whose number is before its first step, so that each comes after those it needs. Where a line would be too wide, what is read and written stands
 * below the step; where even that is too wide, names are shortened in the middle. Ends with a line break.
 */
export function drawText(graph: Graph, options: TextOptions = {}): string {
  const width = Math.max(1, Math.floor(options.width ?? 80));
  const levels = new Map<number, TextStep[]>();
  for (const step of readTextSteps(graph)) {
    const level = levels.get(step.level);
    if (level === undefined) levels.set(step.level, [step]);
    else level.push(step);
  }
  const sorted = Array.from(levels).toSorted(([a], [b]) => a - b);
  const gutter = String(sorted.at(-1)?.[0] ?? 0).length;
  const lines: readonly Line[] = [
    ...drawHeader(graph),
    [],
    ...sorted.flatMap(([level, steps]) => drawLevel(steps, String(level).padStart(gutter), width)),
  ];
  return lines.map((line) => `${paintLine(line, width, options.color === true)}\n`).join("");
}

function drawHeader(graph: Graph): readonly Line[] {
  const description = printable(graph.description ?? "").trim();
  const storages = graph.storages
    .map(({ label }, index): Span => ({ text: printable(label), style: storageStyle(index) }))
    .filter(({ text }) => text.trim() !== "");
  return [
    [{ text: titleOf(graph), style: "bold" }],
    ...(description === "" ? [] : [[{ text: description }]]),
    [
      { text: countsOf(graph), style: "dim" },
      ...storages.flatMap((span, index): Line => [{ text: index === 0 ? " in " : ", ", style: "dim" }, span]),
    ],
  ];
}
