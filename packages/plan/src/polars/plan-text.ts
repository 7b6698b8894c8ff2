import { sourceOfPath } from "./leaf.ts";

/**
 * Polars' description of a plan, in fewer and plainer words: sources by their names, one line for each thing that is
 * done, numbers for what has random names. What it doesn't know stays as it is.
 */
export function readablePlan(description: string): string {
  const lines: Line[] = [];
  for (const raw of description.split("\n")) {
    const depth = Math.floor(raw.search(/\S|$/) / 2);
    const text = raw.trim();
    const last = lines.at(-1);
    if (text === "" || text === "FROM" || text.startsWith("END ")) continue;
    const added = last === undefined ? undefined : continuation(last, text);
    if (last !== undefined && added !== undefined) lines.splice(-1, 1, { text: last.text + added, depth: last.depth });
    else lines.push(lineOf(text, depth));
  }
  const numbers = new Map<string, number>();
  const numberOf = (name: string): number => {
    numbers.set(name, numbers.get(name) ?? numbers.size + 1);
    return numbers.get(name) as number;
  };
  return lines
    .map(({ text, depth }) => "  ".repeat(depth) + text)
    .join("\n")
    .replaceAll(/__POLARS_CSER_0x[0-9a-f]+/g, (name) => `shared_${numberOf(name)}`)
    .replaceAll(/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, (id) => String(numberOf(id)));
}

interface Line {
  readonly text: string;
  readonly depth: number;
  /** What the lines after it may still tell of it. */
  readonly awaits?: "expressions" | "columns";
}

function lineOf(text: string, depth: number): Line {
  const path = /^Parquet SCAN \[(.*)\]$/.exec(text)?.[1];
  const source = path === undefined ? undefined : sourceOfPath(path);
  if (source !== undefined) return { text: `READ ${source}`, depth, awaits: "columns" };
  if (/^\w+ SCAN \[/.test(text)) return { text, depth, awaits: "columns" };
  if (text === "WITH_COLUMNS:") return { text: "WITH COLUMNS", depth, awaits: "expressions" };
  if (/^AGGREGATE\[.*\]$/.test(text)) return { text, depth, awaits: "expressions" };
  const [, columns] = /^simple π \d+\/\d+ (.*)$/.exec(text) ?? [];
  if (columns !== undefined) return { text: `SELECT ${columns}`, depth };
  const [, memory, read = "", all = ""] = /^DF (.*); PROJECT(?:\[.*\])? (\*|\d+)\/(\d+) COLUMNS$/.exec(text) ?? [];
  if (memory !== undefined) return { text: `IN MEMORY ${memory}: ${share(read, all)}`, depth };
  const [, selection] = /^SELECTION: (.*)$/.exec(text) ?? [];
  // Of the scan before it, at whose depth Polars has it.
  if (selection !== undefined) return { text: `where ${selection}`, depth: depth + 1 };
  if (text.startsWith("SLICE: ")) return { text: `slice ${text.slice("SLICE: ".length)}`, depth: depth + 1 };
  return { text, depth };
}

/** What a line adds to the one before it. */
function continuation({ awaits }: Line, text: string): string | undefined {
  if (awaits === "expressions" && text.startsWith("[")) return ` ${text}`;
  const [, read = "", all] = /^PROJECT (\*|\d+)\/(\d+) COLUMNS$/.exec(text) ?? [];
  return awaits === "columns" && all !== undefined ? `: ${share(read, all)}` : undefined;
}

const share = (read: string, all: string): string =>
  `${read === "*" || read === all ? "all" : `${read} of`} ${all} column${all === "1" ? "" : "s"}`;
