import { readFileSync } from "node:fs";

/** A fenced block of a page. */
export interface Block {
  /** `ts`, `bash`, `csv`, … */
  readonly language: string;
  /** Words after it: `file=pipeline.ts`, `exit=2`. */
  readonly info: Readonly<Record<string, string>>;
  readonly text: string;
  /** Of its first line, in the page. */
  readonly line: number;
}

/** The fenced blocks of a Markdown page, indented ones too. */
export function blocksOf(path: string): readonly Block[] {
  const lines = readFileSync(path, "utf8").split("\n");
  const blocks: Block[] = [];
  for (let at = 0; at < lines.length; at++) {
    const [, indent, language, rest] = /^(\s*)```(\w+)(.*)$/.exec(lines[at] ?? "") ?? [];
    if (indent === undefined || language === undefined) continue;
    const end = lines.findIndex((line, index) => index > at && line.trim() === "```");
    const text = lines.slice(at + 1, end).map((line) => line.slice(indent.length));
    const words = (rest ?? "")
      .trim()
      .split(/\s+/)
      .filter((word) => word.includes("="));
    const info = Object.fromEntries(words.map((word) => word.split("=", 2) as [string, string]));
    blocks.push({ language, info, text: `${text.join("\n")}\n`, line: at + 2 });
    at = end;
  }
  return blocks;
}
