import { groupBy } from "../group-by.ts";
import type { Paint } from "../progress/line.ts";
import { count, plural } from "../text.ts";
import { printable } from "../picture/label.ts";
import { type ColumnGraph, type ColumnName, nameOf } from "./column-graph.ts";
import { type Branch, type Decision, downstream, type Paths, upstream } from "./paths.ts";

/** Columns that are named where it may be any of several. */
const named = 8;

/** One column for a terminal: where it comes from and where it goes, through all steps. Ends with a line break. */
export function columnText(graph: ColumnGraph, column: ColumnName, paint: Paint): string {
  const bucket = graph.buckets.get(column.bucket);
  const sources = upstream(graph, column);
  const uses = downstream(graph, column);
  const facts = [
    bucket?.columns.get(column.column),
    bucket?.step === undefined ? undefined : `written by ${bucket.step}`,
  ].filter((fact) => fact !== undefined);
  const lines = [
    `${paint("bold", printable(nameOf(column)))}  ${paint("dim", printable(facts.join(", ")))}`.trimEnd(),
    "",
    ...section("comes from", sources, graph, paint, noSources(bucket?.step)),
    ...decisionLines("is decided by", sources.decisions, paint),
    "",
    ...section("goes into", uses, graph, paint, "No step puts its values anywhere."),
    ...decisionLines("decides about", uses.decisions, paint),
  ];
  return `${lines.join("\n")}\n`;
}

const noSources = (step: string | undefined): string =>
  step === undefined ? "It is in a source: no step writes it." : "No column of a source: the step makes it by itself.";

function section(
  title: string,
  { branches }: Paths,
  graph: ColumnGraph,
  paint: Paint,
  nothing: string,
): readonly string[] {
  if (branches.length === 0) return [title, `  ${nothing}`];
  return [title, ...branchLines(branches, graph, paint, "  ")];
}

function branchLines(
  branches: readonly Branch[],
  graph: ColumnGraph,
  paint: Paint,
  indentation: string,
): readonly string[] {
  return branches.flatMap((branch, at) => {
    const isLast = at === branches.length - 1;
    const { influences, step, isRepeated } = branch;
    const head = `${indentation}${paint("dim", isLast ? "└─" : "├─")} `;
    const how = paint("cyan", influences.join(", "));
    const again = isRepeated ? paint("dim", "  (from there on as above)") : "";
    return [
      `${head}${placeText(branch, graph, paint)}  ${how} ${paint("dim", `in ${printable(step)}`)}${again}`,
      ...branchLines(branch.branches, graph, paint, `${indentation}${isLast ? "   " : `${paint("dim", "│")}  `}`),
    ];
  });
}

function placeText({ bucket, columns }: Branch, graph: ColumnGraph, paint: Paint): string {
  const [only = ""] = columns;
  if (columns.length === 1) {
    const type = graph.buckets.get(bucket)?.columns.get(only);
    return `${printable(nameOf({ bucket, column: only }))}${type === undefined ? "" : paint("dim", `  ${printable(type)}`)}`;
  }
  const more = columns.length > named ? ` and ${count(columns.length - named)} more` : "";
  const names = columns.slice(0, named).map(printable).join(", ");
  return `${printable(bucket)}: any of ${plural(columns.length, "column")} (${names}${more})`;
}

/** What decides without being in the values, by step. */
function decisionLines(title: string, decisions: readonly Decision[], paint: Paint): readonly string[] {
  if (decisions.length === 0) return [];
  const bySteps = groupBy(decisions, ({ step }) => step);
  return [
    "",
    title,
    ...Array.from(bySteps, ([step, group]) => {
      const places = group.map(({ bucket, column, influences }) => {
        const place = column === undefined ? `every row of ${bucket}` : nameOf({ bucket, column });
        return `${printable(place)} ${paint("cyan", `(${influences.join(", ")})`)}`;
      });
      const more = places.length > named ? ` and ${count(places.length - named)} more` : "";
      return `  in ${printable(step)}: ${places.slice(0, named).join(", ")}${more}`;
    }),
  ];
}
