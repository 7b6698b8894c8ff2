/** `[ab]`, `[a-z]`, `[!ab]`; a `]` that comes first is one of its characters. */
const set = /\[(?:(!)|(?!!))(\][^\]]*|[^\]]+)\]/;
const setAtStart = new RegExp(`^${set.source}`);
const sets = new RegExp(set.source, "g");

/**
 * A glob as Polars reads it, as a regular expression over a whole relative path: `*` and `?` stay within one folder,
 * `**` as a whole part stands for any number of folders, `[ab]`, `[a-z]` and `[!ab]` are one character. Files whose
 * name starts with a dot match like any other. Braces have no meaning.
 */
export function globToRegExp(glob: string): RegExp {
  const parts = glob.split("/");
  const source = parts.map((part, index) => {
    const isLast = index === parts.length - 1;
    if (part === "**") return isLast ? ".*" : "(?:[^/]+/)*";
    return partToSource(part) + (isLast ? "" : "/");
  });
  return new RegExp(`^${source.join("")}$`, "su");
}

/** Why Polars would refuse a glob, as the end of the sentence "The path …"; `undefined` if it takes it. */
export function globFault(glob: string): string | undefined {
  const parts = glob.split("/").map((part) => part.replaceAll(sets, "_"));
  if (parts.some((part) => part.includes("["))) return "has a `[` without a set of characters and a `]` after it";
  if (parts.some((part) => part !== "**" && part.includes("**"))) return "has `**` beside other characters in one part";
  if (parts.at(-1) === "**") return "ends in `**`, which stands for folders";
  const upward = glob.split("/").find((part) => part.startsWith(".") && globToRegExp(part).test(".."));
  if (upward !== undefined) return `has the part \`${upward}\`, which also stands for \`..\``;
  return undefined;
}

function partToSource(part: string): string {
  let source = "";
  for (let at = 0; at < part.length; at++) {
    const character = part[at] as string;
    const found = character === "[" ? setAtStart.exec(part.slice(at)) : null;
    if (found !== null) {
      source += `[${found[1] === undefined ? "" : "^/"}${membersToSource(found[2] as string)}]`;
      at += found[0].length - 1;
    } else if (character === "*") {
      source += "[^/]*";
    } else if (character === "?") {
      source += "[^/]";
    } else {
      source += character.replaceAll(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
    }
  }
  return source;
}

/** A range that goes backwards has no characters, which a regular expression would not allow. */
function membersToSource(members: string): string {
  const characters = Array.from(members);
  let source = "";
  for (let at = 0; at < characters.length; at++) {
    const [from, dash, to] = characters.slice(at, at + 3) as [string, string?, string?];
    if (dash === "-" && to !== undefined) {
      if ((from.codePointAt(0) as number) <= (to.codePointAt(0) as number)) source += `${quoted(from)}-${quoted(to)}`;
      at += 2;
    } else {
      source += quoted(from);
    }
  }
  return source;
}

const quoted = (character: string): string => character.replace(/[\\^[\]-]/, "\\$&");
