import { extname } from "node:path";
import { GlacierError } from "@glacier/core";
import { asDag, findPipelines, selectPipelines } from "../find-pipelines.ts";
import { loadModule } from "../load-module.ts";
import { drawHtml } from "../picture/html.ts";
import { drawSvg } from "../picture/svg.ts";
import { drawText } from "../picture/text.ts";
import type { Terminal } from "../terminal.ts";
import { writeWhole } from "../write-whole.ts";

interface Options {
  readonly pipeline?: readonly string[];
  readonly out?: string;
  readonly text?: boolean;
}

/** `glacier visualize`. */
export async function visualizeCommand(file: string, given: object, terminal: Terminal): Promise<void> {
  const { pipeline = [], out, text } = given as Options;
  const draw = out === undefined ? undefined : drawerOf(out);
  const dag = asDag(selectPipelines(findPipelines(await loadModule(file), file), pipeline, file));
  const graph = dag.toGraph();
  if (out === undefined || draw === undefined) {
    terminal.write(
      text === true ? drawText(graph, { width: terminal.width, color: terminal.isColoured }) : dag.toMermaid(),
    );
    return;
  }
  await writeWhole(out, await draw(graph, dag.toMermaid()));
  terminal.error(`Written: ${out}\n`);
}

type Draw = (graph: Parameters<typeof drawSvg>[0], mermaid: string) => Promise<string>;

const drawers: Readonly<Record<string, Draw>> = {
  ".mmd": async (_, mermaid) => mermaid,
  ".md": async (graph, mermaid) =>
    `# ${graph.name ?? "Pipeline"}\n\n${graph.description === undefined ? "" : `${graph.description}\n\n`}\`\`\`mermaid\n${mermaid}\`\`\`\n`,
  ".svg": (graph) => drawSvg(graph),
  ".html": (graph, mermaid) => drawHtml(graph, mermaid),
};

function drawerOf(out: string): Draw {
  const ending = extname(out).toLowerCase();
  const draw = Object.hasOwn(drawers, ending) ? drawers[ending] : undefined;
  if (draw !== undefined) return draw;
  throw new GlacierError("USAGE", `\`--out ${out}\` has no ending that says what to draw.`, {
    hint: `Use one of ${Object.keys(drawers).join(", ")}.`,
  });
}
