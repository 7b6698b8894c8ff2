import leven, { closestMatch } from "leven";

/**
 * The name in `known` that `given` was most likely meant to be, if one is close: at most a third of the letters
 * differ, rounded up, so that two that have changed places are found in a name of four.
 */
export function suggest(given: unknown, known: readonly string[]): string | undefined {
  if (typeof given !== "string" || known.length === 0) return undefined;
  const lower = given.toLowerCase();
  const sameButCase = known.find((name) => name.toLowerCase() === lower);
  if (sameButCase !== undefined) return sameButCase;
  const candidate = closestMatch(given, known);
  return candidate !== undefined && leven(given, candidate) <= Math.ceil(given.length / 3) ? candidate : undefined;
}

/** `Did you mean "x"? ` where something is close, else nothing. */
export function didYouMean(given: unknown, known: readonly string[]): string {
  const candidate = suggest(given, known);
  return candidate === undefined ? "" : `Did you mean \`${candidate}\`? `;
}

/** `a, b or c`, each in back quotes; for sentences. */
export function quoted(names: readonly string[], word: "and" | "or" = "and"): string {
  const marked = names.map((name) => `\`${name}\``);
  if (marked.length <= 1) return marked.join("");
  return `${marked.slice(0, -1).join(", ")} ${word} ${marked.at(-1)}`;
}
