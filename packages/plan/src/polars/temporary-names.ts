import { objectsIn } from "./json-walk.ts";

/** Polars names columns so that it makes for itself, such as for `IN (SELECT …)`, and counts them in each process. */
const temporary = /^_POLARS_TMP_\d+$/;

/**
 * Counts such columns anew, so that a plan is the same in every process.
 * @param resultColumns The columns of the result. If one of them has such a name, it is somebody else's.
 */
export function renameTemporary(plan: unknown, resultColumns: () => readonly string[]): void {
  const names = new Map<string, string>();
  for (const { Alias: alias } of objectsIn(plan)) {
    const name: unknown = Array.isArray(alias) ? alias[1] : undefined;
    if (typeof name === "string" && temporary.test(name) && !names.has(name)) {
      names.set(name, `_POLARS_TMP_${names.size}`);
    }
  }
  if (names.size === 0 || hasTemporary(resultColumns)) return;
  for (const object of objectsIn(plan)) {
    if (typeof object["Column"] === "string") object["Column"] = names.get(object["Column"]) ?? object["Column"];
    const alias = object["Alias"];
    if (Array.isArray(alias) && typeof alias[1] === "string") alias[1] = names.get(alias[1]) ?? alias[1];
  }
}

function hasTemporary(columns: () => readonly string[]): boolean {
  try {
    return columns().some((column) => temporary.test(column));
  } catch {
    // The query is wrong, which others say. What is not certain stays as it is.
    return true;
  }
}
