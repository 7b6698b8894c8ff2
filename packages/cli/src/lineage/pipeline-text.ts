import { type BucketColumn, origins, type PipelineLineage } from "@glacier/plan";
import { groupBy } from "../group-by.ts";
import { padTo, widthOf } from "../padding.ts";
import { printable } from "../picture/label.ts";
import type { Paint } from "../progress/line.ts";
import { plural } from "../text.ts";
import { type BucketNode, type ColumnGraph, type ColumnName, isDirect, nameOf } from "./column-graph.ts";

/** Columns of one bucket that are named; of more, only how many they are. */
const named = 6;

/** For every column of every final bucket, the columns of the sources that it comes from. Ends with a line break. */
export function pipelineText(graph: ColumnGraph, lineage: PipelineLineage, paint: Paint): string {
  const targets = [...graph.buckets.values()].filter(({ role }) => role === "target");
  const places = placesOf(graph);
  const originsOf = (name: ColumnName): readonly BucketColumn[] =>
    origins(lineage, name.bucket, name.column).toSorted(
      (one, other) => (places.get(nameOf(one)) ?? 0) - (places.get(nameOf(other)) ?? 0),
    );
  return targets.map((target) => `${bucketLines(target, originsOf, paint).join("\n")}\n`).join("\n");
}

/** Where columns stand in the pipeline: sources first, and in each the first column first. */
function placesOf({ buckets }: ColumnGraph): ReadonlyMap<string, number> {
  const names = [...buckets.values()].flatMap(({ key, columns }) =>
    Array.from(columns.keys(), (column) => nameOf({ bucket: key, column })),
  );
  return new Map(names.map((name, at) => [name, at]));
}

function bucketLines(
  { key, step, opaque, columns }: BucketNode,
  originsOf: (name: ColumnName) => readonly BucketColumn[],
  paint: Paint,
): readonly string[] {
  const found = Array.from(columns, ([column, type = ""]) => ({
    column: printable(column),
    type: printable(type),
    inputs: originsOf({ bucket: key, column }),
  }));
  const forAll = decidesAll(found.map(({ inputs }) => inputs));
  const nameWidth = widthOf(found.map(({ column }) => column));
  const typeWidth = widthOf(found.map(({ type }) => type));
  const head = `${paint("bold", printable(key))}${step === undefined ? "" : paint("dim", `  written by ${printable(step)}`)}`;
  const why =
    opaque === undefined
      ? []
      : [`  ${paint("yellow", "not exact")}: the plan of its step can't be read. ${printable(opaque)}`];
  if (found.length === 0) return [head, ...why, "  Its columns are not known."];
  const lines = found.flatMap(({ column, type, inputs }) => {
    const values = inputs.filter(isDirect);
    const own = inputs.filter((input) => !isDirect(input) && !forAll.has(idOf(input)));
    const from = values.length === 0 ? paint("dim", "no source") : inputsText(values, paint);
    const start = `  ${padTo(nameWidth, column)}  ${paint("dim", padTo(typeWidth, type))}`;
    const indentation = " ".repeat(nameWidth + typeWidth + 8);
    return [
      `${start}  ${paint("dim", "←")} ${from}`,
      ...(own.length === 0 ? [] : [`${indentation}${paint("dim", "decided by")} ${inputsText(own, paint)}`]),
    ];
  });
  const rows =
    forAll.size === 0
      ? []
      : [`  ${paint("dim", "every row is decided by")} ${inputsText([...forAll.values()], paint)}`];
  return [head, ...why, ...lines, ...rows];
}

/** What decides about every column, so that it is told once. */
function decidesAll(columns: readonly (readonly BucketColumn[])[]): ReadonlyMap<string, BucketColumn> {
  const [first = [], ...others] = columns.map(
    (inputs) => new Map(inputs.filter((input) => !isDirect(input)).map((input) => [idOf(input), input])),
  );
  return new Map([...first].filter(([id]) => others.every((other) => other.has(id))));
}

const idOf = (input: BucketColumn): string => JSON.stringify(input);

/** `flights/raw.csv.delay (aggregation), …` */
function inputsText(inputs: readonly BucketColumn[], paint: Paint): string {
  const buckets = groupBy(inputs, ({ bucket }) => bucket);
  return Array.from(buckets.values(), (group) => {
    const columns = Array.from(groupBy(group, ({ column }) => column).values());
    const how = (some: readonly BucketColumn[]): string =>
      paint("cyan", `(${[...new Set(some.map(({ influence }) => influence))].join(", ")})`);
    if (columns.length > named)
      return `${printable(`${group[0]?.bucket}`)}: ${plural(columns.length, "column")} ${how(group)}`;
    return columns.map((some) => `${printable(nameOf(some[0] as BucketColumn))} ${how(some)}`).join(", ");
  }).join(", ");
}
