import { mermaidText, mermaidTitle } from "@glacier/core";
import type { Influence } from "@glacier/plan";
import { groupBy } from "../group-by.ts";
import { type BucketNode, type ColumnGraph, type ColumnName, isDirect } from "./column-graph.ts";
import { type Branch, downstream, type Paths, upstream } from "./paths.ts";

/** What Mermaid draws without being told to draw more: https://mermaid.js.org/config/schema-docs/config.html. */
const most = { edges: 500, characters: 50_000 } as const;

export interface MermaidLineage {
  readonly text: string;
  /** What was too much for one picture, in a sentence. */
  readonly leftOut?: string;
}

/** From a column to another, to every row of a bucket, or from any to any column of two buckets. */
interface Arrow {
  readonly from: { readonly bucket: string; readonly column?: string | undefined };
  readonly to: { readonly bucket: string; readonly column?: string | undefined };
  readonly influences: readonly Influence[];
}

/**
 * The lineage as a Mermaid flowchart, a subgraph for each bucket: of one column, or of all as far as they go into one
 * picture. Broken lines only decide about rows or values.
 */
export function lineageMermaid(graph: ColumnGraph, title: string, column?: ColumnName): MermaidLineage {
  const all = arrowsOf(graph).filter(column === undefined ? () => true : onTheWay(graph, column));
  const direct = all.filter(isValue);
  const advice = column === undefined ? "`--column` draws one, and " : "";
  const tooMany = `The columns are left out, as they are too many for one picture: ${advice}\`--format html\` shows all.`;
  const attempts: readonly (readonly [arrows: readonly Arrow[], leftOut?: string])[] = [
    [all],
    [direct, "What only decides about rows or values is left out."],
    [betweenBuckets(all), tooMany],
  ];
  for (const [arrows, leftOut] of attempts) {
    const text = draw(graph, title, arrows, column, leftOut);
    const isLast = leftOut !== undefined && arrows !== direct;
    if (isLast || (arrows.length <= most.edges && text.length <= most.characters))
      return leftOut === undefined ? { text } : { text, leftOut };
  }
  throw new Error("There is always a last attempt.");
}

const isValue = ({ influences }: Arrow): boolean => influences.some((influence) => isDirect({ influence }));

/** One step back of every column; of a step that can't be read, only of its bucket. */
function arrowsOf(graph: ColumnGraph): readonly Arrow[] {
  return [...graph.buckets.values()].flatMap(({ key, opaque, columns }) => {
    const inputs = [...columns.keys()].flatMap((column) =>
      graph.inputsOf({ bucket: key, column }).map((input) => ({ input, column })),
    );
    const own =
      opaque === undefined
        ? inputs.map(({ input, column }) => arrow(input, { bucket: key, column }, input.influence))
        : inputs.map(({ input }) => arrow({ bucket: input.bucket }, { bucket: key }, input.influence));
    return merged([...own, ...graph.datasetOf(key).map((input) => arrow(input, { bucket: key }, input.influence))]);
  });
}

function arrow({ bucket, column }: Arrow["from"], to: Arrow["to"], influence: Influence): Arrow {
  return { from: { bucket, column }, to, influences: [influence] };
}

function merged(arrows: readonly Arrow[]): readonly Arrow[] {
  return Array.from(
    // Values and what only decides are drawn in different ways.
    groupBy(arrows, (arrow) => `${endId(arrow.from)} ${endId(arrow.to)} ${isValue(arrow)}`).values(),
    (same) => ({ ...(same[0] as Arrow), influences: [...new Set(same.flatMap(({ influences }) => influences))] }),
  );
}

const betweenBuckets = (arrows: readonly Arrow[]): readonly Arrow[] =>
  merged(
    arrows.map(({ from, to }) => ({
      from: { bucket: from.bucket },
      to: { bucket: to.bucket },
      influences: ["identity"],
    })),
  );

/** Whether an arrow is on the way of a column: between columns of its way, or from what decides about one of them. */
function onTheWay(graph: ColumnGraph, column: ColumnName): (arrow: Arrow) => boolean {
  const back = wayOf(column, upstream(graph, column));
  const on = wayOf(column, downstream(graph, column));
  return (arrow) => {
    const isBack = back(arrow.to);
    const isOn = on(arrow.from);
    return isValue(arrow) ? (isBack && back(arrow.from)) || (isOn && on(arrow.to)) : isBack || isOn;
  };
}

/** Whether a column, or any of a bucket, is on a way. */
function wayOf(start: ColumnName, { branches }: Paths): (end: Arrow["from"]) => boolean {
  const names = new Set([endId(start), endId({ bucket: start.bucket })]);
  const add = ({ bucket, columns, branches: next }: Branch): void => {
    for (const column of [undefined, ...columns]) names.add(endId({ bucket, column }));
    next.forEach(add);
  };
  branches.forEach(add);
  return (end) => names.has(endId(end));
}

function draw(
  graph: ColumnGraph,
  title: string,
  arrows: readonly Arrow[],
  selected: ColumnName | undefined,
  leftOut: string | undefined,
): string {
  const buckets = [...graph.buckets.values()];
  const ends = new Set(
    [...arrows.flatMap(({ from, to }) => [from, to]), ...(selected === undefined ? [] : [selected])].map(endId),
  );
  const ids = new Map<string, string>();
  const shown = buckets.filter(({ key, columns }) =>
    [undefined, ...columns.keys()].some((column) => ends.has(endId({ bucket: key, column }))),
  );
  const lines = shown.flatMap((bucket, at) => drawBucket(bucket, at, ends, ids));
  const links = arrows.map(({ from, to, influences }) => {
    const label = influences.filter((influence) => influence !== "identity").join(", ");
    const line = !influences.some((influence) => isDirect({ influence }))
      ? "-.->"
      : from.column === undefined
        ? "==>"
        : "-->";
    return `  ${ids.get(endId(from))} ${line}${label === "" ? "" : `|"${label}"|`} ${ids.get(endId(to))}`;
  });
  const mark = selected === undefined ? undefined : ids.get(endId(selected));
  return `${[
    mermaidTitle(title),
    ...(leftOut === undefined ? [] : [`%% ${leftOut}`]),
    "flowchart LR",
    ...lines,
    ...links,
    ...(mark === undefined ? [] : [`  style ${mark} stroke-width:3px`]),
  ].join("\n")}\n`;
}

const endId = ({ bucket, column }: Arrow["from"]): string => JSON.stringify([bucket, column]);

/** A subgraph with the columns that arrows lead from or to; without such, a box. */
function drawBucket(
  { key, columns }: BucketNode,
  at: number,
  ends: ReadonlySet<string>,
  ids: Map<string, string>,
): readonly string[] {
  ids.set(endId({ bucket: key }), `b${at}`);
  const inside = Array.from(columns.keys()).flatMap((column) => {
    const end = endId({ bucket: key, column });
    if (!ends.has(end)) return [];
    ids.set(end, `b${at}c${ids.size}`);
    return [`    ${ids.get(end)}["${mermaidText(column)}"]`];
  });
  if (inside.length === 0) return [`  b${at}["${mermaidText(key)}"]`];
  return [`  subgraph b${at} ["${mermaidText(key)}"]`, ...inside, "  end"];
}
