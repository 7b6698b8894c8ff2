import { fileURLToPath } from "node:url";
import { relative, sep } from "node:path";

/** A place in a file of the user's. */
export interface SourcePlace {
  /** From the current folder, with `/` between its parts. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
}

/** Remembers who calls, so that findings can say where something was written. Cheap: it is only worked out when asked for. */
export class Origin {
  readonly #error: Error;

  constructor() {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 12;
    this.#error = new Error("origin");
    Error.stackTraceLimit = limit;
  }

  /** The first place that is neither in Glacier's core nor in another package. */
  get place(): SourcePlace | undefined {
    for (const line of this.#error.stack?.split("\n").slice(1) ?? []) {
      const place = placeOf(line);
      if (place !== undefined) return place;
    }
    return undefined;
  }
}

const ownFolder = import.meta.dirname + sep;

function placeOf(frame: string): SourcePlace | undefined {
  const [, address, line, column] =
    /\(?((?:file:\/\/|\/|[A-Za-z]:[\\/])[^()]*?):(\d+):(\d+)\)?$/.exec(frame.trim()) ?? [];
  if (address === undefined) return undefined;
  const path = address.replace(/^at (?:async )?/, "");
  const file = path.startsWith("file:") ? fileURLToPath(path) : path;
  if (file.startsWith(ownFolder) && !/\.test(?:-d)?\.ts$/.test(file)) return undefined;
  if (file.includes(`${sep}node_modules${sep}`)) return undefined;
  return { file: relative(process.cwd(), file).replaceAll(sep, "/"), line: Number(line), column: Number(column) };
}
