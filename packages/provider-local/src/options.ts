import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { checkOptions, type OptionTable, required } from "@glacier/core";

export interface LocalOptions {
  /**
   * The folder in which the buckets are, each a folder of its own: a path relative to the current folder, or a `file:`
   * URL. It is made when something is first written. Nothing outside of it is ever touched.
   */
  readonly root: string | URL;
}

const table: OptionTable<LocalOptions> = {
  root: required({
    check: (value) => (pathOfRoot(value) === undefined ? "the path or `file:` URL of a folder" : undefined),
  }),
};

/**
 * The absolute path of the root.
 * @throws OPTION_MISSING, OPTION_INVALID, OPTION_UNKNOWN
 */
export function rootOf(options: LocalOptions): string {
  const { root } = checkOptions(options, table, "`local(…)`");
  return resolve(pathOfRoot(root) as string);
}

function pathOfRoot(root: unknown): string | undefined {
  const text = root instanceof URL ? root.href : root;
  if (typeof text !== "string" || text.trim() === "" || text.includes("\0")) return undefined;
  if (!/^(?:file:|[a-z][a-z0-9+.-]*:\/\/)/i.test(text)) return text;
  try {
    return fileURLToPath(text);
  } catch {
    return undefined;
  }
}
