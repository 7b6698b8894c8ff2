import { extname } from "node:path";
import type { Dag } from "@glacier/core";
import type { PipelineTrace } from "@glacier/plan";
import { analyse } from "../analysis.ts";
import { asDag, findPipelines, selectPipelines } from "../find-pipelines.ts";
import { chooseColumn } from "../lineage/choose.ts";
import { ColumnGraph, type ColumnName } from "../lineage/column-graph.ts";
import { columnText } from "../lineage/column-text.ts";
import { lineageHtml } from "../lineage/html.ts";
import { columnJson, lineageJson } from "../lineage/json.ts";
import { lineageMermaid } from "../lineage/mermaid.ts";
import { openLineageEvents } from "../lineage/openlineage.ts";
import { pipelineText } from "../lineage/pipeline-text.ts";
import { loadModule } from "../load-module.ts";
import type { LineageFormat } from "../output-formats.ts";
import { painter } from "../progress/line.ts";
import type { Terminal } from "../terminal.ts";
import { writeWhole } from "../write-whole.ts";

interface Options {
  readonly pipeline: readonly string[];
  readonly column?: string;
  readonly format?: LineageFormat;
  readonly out?: string;
}

interface Subject {
  readonly dag: Dag;
  readonly trace: PipelineTrace;
  readonly graph: ColumnGraph;
  readonly column: ColumnName | undefined;
  readonly isColoured: boolean;
}

interface Drawn {
  readonly text: string;
  readonly leftOut?: string;
}

const json = (value: object): Drawn => ({ text: `${JSON.stringify(value, null, 2)}\n` });

const formats: Readonly<Record<LineageFormat, (subject: Subject) => Drawn | Promise<Drawn>>> = {
  text: ({ trace, graph, column, isColoured }) => ({
    text:
      column === undefined
        ? pipelineText(graph, trace.lineage, painter(isColoured))
        : columnText(graph, column, painter(isColoured)),
  }),
  mermaid: ({ dag, graph, column }) => lineageMermaid(graph, dag.name, column),
  html: async ({ dag, graph, column }) => ({
    text: await lineageHtml(graph, { title: dag.name, description: dag.description, selected: column }),
  }),
  openlineage: ({ dag, trace }) => json(openLineageEvents(dag, trace, new Date().toISOString())),
  json: ({ dag, trace, graph, column }) =>
    json(column === undefined ? lineageJson(graph, dag.name) : columnJson(graph, trace, column)),
};

/** Which format a file has, where none is asked for. */
const endings: Readonly<Record<string, LineageFormat>> = { ".html": "html", ".json": "json", ".mmd": "mermaid" };

/** `glacier lineage`. */
export async function lineageCommand(file: string, given: object, terminal: Terminal): Promise<void> {
  const { pipeline, column: wanted, out, format = formatOf(out) } = given as Options;
  const dag = asDag(selectPipelines(findPipelines(await loadModule(file), file), pipeline, file));
  const trace = await analyse(dag);
  const graph = new ColumnGraph(trace);
  const column = wanted === undefined ? undefined : chooseColumn(graph, wanted);
  const isColoured = terminal.isColoured && out === undefined;
  const { text, leftOut } = await formats[format]({ dag, trace, graph, column, isColoured });
  const paint = painter(terminal.isColoured);
  if (leftOut !== undefined) terminal.error(`${paint("yellow", "note")}  ${leftOut}\n`);
  const errors = trace.findings.filter(({ severity }) => severity === "error").length;
  if (errors > 0)
    terminal.error(
      `${paint("yellow", "note")}  The pipeline has mistakes, so not all of it is known: see \`glacier check\`.\n`,
    );
  if (out === undefined) {
    terminal.write(text);
    return;
  }
  await writeWhole(out, text);
  terminal.error(`Written: ${out}\n`);
}

const formatOf = (out: string | undefined): LineageFormat => endings[extname(out ?? "").toLowerCase()] ?? "text";
