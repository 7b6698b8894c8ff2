import { objectsIn } from "./json-walk.ts";
import { Unknown } from "./unknown.ts";

/** Longer texts don't fit into a string of Node.js. */
const longest = 2 ** 29 - 24;

/** A number, or a string, which is skipped: what looks like a number in it is none. */
const token = /"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/**
 * Reads JSON without losing digits: whole numbers that JavaScript's numbers can't hold become bigints.
 * @throws Unknown where it is too long
 */
export function parseExact(json: Buffer): unknown {
  if (json.length > longest) throw new Unknown("how to read a plan of more than 512 MB");
  const text = json.toString("utf8");
  const { marked, mark } = markIntegers(text);
  const parsed: unknown = JSON.parse(marked);
  return mark === undefined ? parsed : unmark(parsed, mark);
}

/** Puts long whole numbers into strings that begin with a mark, which nothing else in the text does. */
function markIntegers(text: string): { readonly marked: string; readonly mark?: string } {
  if (!/\d{16}/.test(text)) return { marked: text };
  let mark = "integer ";
  while (text.includes(mark)) mark += "!";
  const parts: string[] = [];
  let done = 0;
  token.lastIndex = 0;
  for (let found = token.exec(text); found !== null; found = token.exec(text)) {
    const [number] = found;
    if (number === '"') token.lastIndex = endOfString(text, found.index);
    else if (/^-?\d+$/.test(number) && !Number.isSafeInteger(Number(number))) {
      parts.push(text.slice(done, found.index), `"${mark}${number}"`);
      done = found.index + number.length;
    }
  }
  return done === 0 ? { marked: text } : { marked: parts.join("") + text.slice(done), mark };
}

/** Where the string ends that begins at a quote: after the next quote with an even number of backslashes before it. */
function endOfString(text: string, start: number): number {
  for (let quote = text.indexOf('"', start + 1); quote !== -1; quote = text.indexOf('"', quote + 1)) {
    let backslashes = 0;
    while (text[quote - 1 - backslashes] === "\\") backslashes += 1;
    if (backslashes % 2 === 0) return quote + 1;
  }
  return text.length;
}

function unmark(root: unknown, mark: string): unknown {
  const integerOf = (value: unknown) =>
    typeof value === "string" && value.startsWith(mark) ? BigInt(value.slice(mark.length)) : undefined;
  for (const parent of objectsIn(root)) {
    if (Array.isArray(parent)) {
      for (const [index, value] of parent.entries()) parent[index] = integerOf(value) ?? value;
    } else {
      for (const [name, value] of Object.entries(parent)) parent[name] = integerOf(value) ?? value;
    }
  }
  return integerOf(root) ?? root;
}
