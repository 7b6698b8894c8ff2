import { readFileSync } from "node:fs";
import { parseSync } from "oxc-parser";
import { globSync } from "tinyglobby";

/**
 * The options of the formats as their docstrings tell them: interface name → its properties, those it extends first.
 * @returns {Map<string, { name: string, type: string, text: string }[]>}
 */
export function documentedOptions(root) {
  const own = new Map();
  const parents = new Map();
  for (const file of globSync("packages/core/src/formats/*.ts", {
    cwd: root,
    absolute: true,
    ignore: ["**/*.test.ts"],
  })) {
    const source = readFileSync(file, "utf8");
    const { program, comments } = parseSync(file, source);
    for (const { declaration } of program.body) {
      if (declaration?.type !== "TSInterfaceDeclaration") continue;
      parents.set(
        declaration.id.name,
        (declaration.extends ?? []).map(({ expression }) => expression.name),
      );
      own.set(
        declaration.id.name,
        declaration.body.body.map(({ key, typeAnnotation, start }) => ({
          name: key.name,
          type: source
            .slice(typeAnnotation.typeAnnotation.start, typeAnnotation.typeAnnotation.end)
            .replaceAll(/\s+/g, " "),
          text: docstring(comments, source, start),
        })),
      );
    }
  }
  const all = (name) => [...(own.get(name) ?? []), ...(parents.get(name) ?? []).flatMap(all)];
  return new Map([...own.keys()].map((name) => [name, all(name)]));
}

/** The text of the comment that ends where a declaration starts. */
function docstring(comments, source, start) {
  const comment = comments.findLast(({ end }) => end <= start && source.slice(end, start).trim() === "");
  if (comment === undefined || !comment.value.startsWith("*")) return "";
  return comment.value
    .split("\n")
    .map((line) => line.replace(/^\s*\*\s?/, "").trim())
    .join(" ")
    .trim();
}
