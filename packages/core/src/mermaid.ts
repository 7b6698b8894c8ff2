import type { Graph } from "./graph.ts";

/** Fill and border of each storage in turn: light enough for dark text. */
const colours: readonly (readonly [string, string])[] = [
  ["#e3f2fd", "#1976d2"],
  ["#fff3e0", "#f57c00"],
  ["#e8f5e9", "#388e3c"],
  ["#f3e5f5", "#7b1fa2"],
  ["#fce4ec", "#c2185b"],
  ["#e0f7fa", "#0097a7"],
  ["#fffde7", "#fbc02d"],
  ["#efebe9", "#5d4037"],
];

/** A graph as a Mermaid flowchart, with a legend of its storages. https://mermaid.js.org/syntax/flowchart.html */
export function toMermaid(graph: Graph): string {
  const lines: string[] = [];
  if (graph.name !== undefined) lines.push(mermaidTitle(graph.name));
  lines.push("flowchart LR");
  for (const { id, label } of graph.buckets) lines.push(`  ${id}[("${mermaidText(label)}")]`);
  for (const { id, label, executor } of graph.steps)
    lines.push(`  ${id}["${mermaidText(label)}<br/>(${mermaidText(executor)})"]`);
  for (const { from, to, label } of graph.edges) {
    lines.push(label === undefined ? `  ${from} --> ${to}` : `  ${from} -->|"${mermaidText(label)}"| ${to}`);
  }
  lines.push('  subgraph legend ["Storage"]');
  for (const { id, label } of graph.storages) lines.push(`    ${id}[("${mermaidText(label)}")]`);
  lines.push("  end");
  const members = new Map(graph.storages.map(({ id }) => [id, [id]]));
  for (const { id, storage } of graph.buckets) members.get(storage)?.push(id);
  for (const [index, { id }] of graph.storages.entries()) {
    const [fill, stroke] = colours[index % colours.length] as readonly [string, string];
    lines.push(`  classDef in_${id} fill:${fill},stroke:${stroke},color:#111`);
    lines.push(`  class ${members.get(id)?.join(",")} in_${id}`);
  }
  return `${lines.join("\n")}\n`;
}

/** What a diagram of that title begins with. */
export const mermaidTitle = (title: string): string => `---\ntitle: ${yaml(title)}\n---`;

/** As a text in double quotes, with codes for what YAML does not take and for `%`, which may begin a directive. */
function yaml(text: string): string {
  return JSON.stringify(text).replaceAll(
    // oxlint-disable-next-line no-control-regex -- control characters are just what YAML refuses
    /[%\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** A space without width, by its code: Markdown, icons and formulas end at it, and nobody sees it. */
const gap = "#65279;";

/**
 * A text for a label in double quotes: with Mermaid's entity codes for what has a meaning there. Some versions decode
 * them before they look for Markdown (11.0 to 11.12 do), so what is Markdown is also set apart: a glob would lose two of
 * its stars. A colon between `style` and a code would cost that its `;`.
 */
export function mermaidText(text: string): string {
  if (harmless.test(text)) return text;
  return text
    .replaceAll(/["#%&;<>\n\r]/g, entity)
    .replaceAll(/[*:~$\\`]+|\b_+|_+\b/g, (run) => gap + run.replaceAll(/./g, (character) => entity(character) + gap))
    .replace(/^(?=\d+[.)]|[-+])/, gap);
}

/** Most labels are: names, and paths of names. */
const harmless = /^[a-zA-Z][a-zA-Z0-9]*(?:[_./-][a-zA-Z0-9]+)*$/;

const entity = (character: string): string => `#${character.charCodeAt(0)};`;
