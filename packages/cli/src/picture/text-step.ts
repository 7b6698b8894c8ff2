import type { Graph } from "@glacier/core";
import { printable } from "./label.ts";
import type { Span, Style } from "./text-line.ts";

/** A step with all that its line says. */
export interface TextStep {
  readonly level: number;
  readonly name: string;
  readonly executor: string;
  readonly sources: readonly Span[];
  readonly targets: readonly Span[];
}

const styles: readonly Style[] = ["cyan", "yellow", "green", "magenta", "blue", "red"];

/** The colour of the graph's storage of this index. */
export function storageStyle(index: number): Style {
  return styles[index % styles.length] ?? "cyan";
}

/** The steps of the graph, with their buckets as `storage:bucket/path` if the graph has more than one storage. */
export function readTextSteps(graph: Graph): readonly TextStep[] {
  const storages = new Map(graph.storages.map(({ id, label }, index) => [id, { label: printable(label), index }]));
  const buckets = new Map(
    graph.buckets.map(({ id, label, storage }): [string, Span] => {
      const { label: prefix = "", index = 0 } = storages.get(storage) ?? {};
      const shown = storages.size > 1 && prefix !== "" ? `${prefix}:${printable(label)}` : printable(label);
      return [id, { text: shown, style: storageStyle(index) }];
    }),
  );
  const steps = new Map(
    graph.steps.map(({ id, label, executor, level }) => {
      const step = { level, name: printable(label), executor: printable(executor) };
      return [id, { ...step, sources: [] as Span[], targets: [] as Span[] }];
    }),
  );
  for (const { from, to, label } of graph.edges) {
    const source = buckets.get(from);
    if (source !== undefined) {
      const name = label === undefined ? "" : `${printable(label)} = `;
      steps.get(to)?.sources.push({ ...source, text: name + source.text });
    }
    const target = buckets.get(to);
    if (target !== undefined) steps.get(from)?.targets.push(target);
  }
  return Array.from(steps.values());
}
