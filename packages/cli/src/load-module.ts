import { existsSync, statSync } from "node:fs";
import { extname, relative, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { GlacierError, type SourcePlace } from "@glacier/core";

const typescript = new Set([".ts", ".mts", ".cts", ".tsx"]);
const javascript = new Set([".js", ".mjs", ".cjs"]);

/**
 * What a pipeline module exports. TypeScript is compiled in memory, by jiti: Node.js itself understands it only from
 * 22.18 on, and then not all of it.
 * @throws MODULE_NOT_FOUND, MODULE_FAILED
 */
export async function loadModule(given: string): Promise<Readonly<Record<string, unknown>>> {
  const path = resolve(given);
  if (!existsSync(path)) {
    throw new GlacierError("MODULE_NOT_FOUND", `There is no file \`${given}\`.`, {
      hint: "Give the path of a TypeScript or JavaScript module that exports pipelines, such as `pipeline.ts`.",
    });
  }
  const ending = extname(path);
  if (!statSync(path).isFile() || (!typescript.has(ending) && !javascript.has(ending))) {
    throw new GlacierError("MODULE_NOT_FOUND", `\`${given}\` is no TypeScript or JavaScript module.`, {
      hint: `Its name must end in ${[...typescript, ...javascript].join(", ")}.`,
    });
  }
  try {
    if (javascript.has(ending)) return (await import(pathToFileURL(path).href)) as Record<string, unknown>;
    const { createJiti } = await import("jiti");
    return await createJiti(import.meta.url, { interopDefault: false }).import<Record<string, unknown>>(path);
  } catch (cause) {
    throw failed(given, path, cause);
  }
}

function failed(given: string, path: string, cause: unknown): GlacierError {
  const place = placeIn(path, cause);
  const what = `\`${given}\`${place === undefined ? "" : ` (line ${place.line})`} can't be loaded`;
  const details = place === undefined ? {} : { place };
  // A mistake in the chain itself (`.to` on a glob, two tasks of one name) is the user's to read as it is.
  if (GlacierError.is(cause)) {
    return new GlacierError("MODULE_FAILED", `${what}: ${cause.message}`, {
      ...(cause.hint === undefined ? {} : { hint: cause.hint }),
      cause,
      details: { code: cause.code, ...details },
    });
  }
  const message = cause instanceof Error ? cause.message : String(cause);
  const [first = ""] = withoutFolders(message).split("\n");
  const missing = /Cannot find (?:module|package) '([^']+)'/.exec(message)?.[1];
  return new GlacierError("MODULE_FAILED", `${what}: ${first.trim()}`, {
    hint: missing === undefined ? "Run it by itself to see where it fails." : importHint(missing),
    cause,
    details,
  });
}

function importHint(name: string): string {
  if (name.startsWith("nodejs-polars-")) {
    return "The binary of Polars is missing. On Node.js 20, npm leaves it out without a word: use Node.js 22 or later, or pnpm with `nodeVersion: 22.18.0` in pnpm-workspace.yaml.";
  }
  const isFile = name.startsWith(".") || name.startsWith("/") || name.includes(":");
  return isFile ? "Check the path of that import." : `Install it: \`npm install ${name}\`.`;
}

/** Where in the module itself the error arose. */
function placeIn(path: string, cause: unknown): SourcePlace | undefined {
  const trace = cause instanceof Error ? `${cause.stack ?? ""}\n${cause.message}` : "";
  const at = trace.indexOf(path);
  const [, line, column = "1"] = (at < 0 ? null : /^:(\d+)(?::(\d+))?/.exec(trace.slice(at + path.length))) ?? [];
  if (line === undefined) return undefined;
  return { file: relative(process.cwd(), path).replaceAll(sep, "/"), line: Number(line), column: Number(column) };
}

/** Paths relative to the current folder. */
function withoutFolders(message: string): string {
  return message.replaceAll(/(?:file:\/\/)?(\/[^\s'":]+)/g, (_, path: string) => relative(process.cwd(), path) || ".");
}
