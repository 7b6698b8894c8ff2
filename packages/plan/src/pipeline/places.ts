import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { AnyTask, Finding, SourcePlace } from "@glacier/core";

/** How far from where a task is made its function is looked through. */
const mostLines = 400;

/**
 * Gives findings their place in the user's code: of a column, where its name stands in the task; else the task. The name is
 * looked for as a text, from where the task is made to where the next one is, so it is a hint and no proof.
 */
export class Places {
  readonly #files = new Map<string, readonly string[]>();

  placed(finding: Finding, task: AnyTask): Finding {
    if (finding.place !== undefined || task.place === undefined) return finding;
    const { column } = finding;
    const place = column === undefined ? undefined : this.#find(column, task.place);
    return { ...finding, place: place ?? task.place };
  }

  #find(name: string, from: SourcePlace): SourcePlace | undefined {
    const wanted = ['"', "'", "`"].map((quote) => quote + name + quote);
    const lines = this.#linesOf(from.file);
    for (let at = from.line - 1; at < Math.min(lines.length, from.line + mostLines); at++) {
      const line = lines[at] as string;
      // The next task's.
      if (at >= from.line && /\.task\(/.test(line)) return undefined;
      for (const text of wanted) {
        const column = line.indexOf(text, at === from.line - 1 ? from.column - 1 : 0);
        if (column !== -1) return { file: from.file, line: at + 1, column: column + 2 };
      }
    }
    return undefined;
  }

  #linesOf(file: string): readonly string[] {
    const known = this.#files.get(file);
    if (known !== undefined) return known;
    let lines: readonly string[] = [];
    try {
      lines = readFileSync(resolve(file), "utf8").split("\n");
    } catch {
      // Bundled, or gone: then there is no nearer place.
    }
    this.#files.set(file, lines);
    return lines;
  }
}
