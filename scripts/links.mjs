// Every relative link of the documentation leads to a file that exists, and to a heading that is there.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { globSync } from "tinyglobby";

const root = fileURLToPath(new URL("..", import.meta.url));
const pages = globSync(["*.md", "docs/**/*.md", "packages/*/README.md", "examples/**/*.md", "bench/*.md"], {
  cwd: root,
  ignore: ["**/node_modules/**", "**/data/**"],
});
const problems = [];
let links = 0;

for (const page of pages) {
  const text = readFileSync(join(root, page), "utf8").replaceAll(/^```.*?^```/gms, "");
  for (const [, target] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
    if (/^[a-z]+:/.test(target)) continue;
    links += 1;
    const [path, heading] = target.split("#");
    const file = path === "" ? join(root, page) : join(root, dirname(page), decodeURIComponent(path));
    if (!existsSync(file)) problems.push(`${page}: ${target} leads nowhere`);
    else if (heading !== undefined && file.endsWith(".md") && !headingsOf(file).has(heading))
      problems.push(`${page}: ${relative(root, file)} has no heading #${heading}`);
  }
}

/** As GitHub makes them: lower case, without punctuation, `-` for spaces. */
function headingsOf(file) {
  const text = readFileSync(file, "utf8").replaceAll(/^```.*?^```/gms, "");
  return new Set(
    [...text.matchAll(/^#+ (.*)$/gm)].map(([, title]) =>
      title
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
        .trim()
        .replaceAll(/\s/g, "-"),
    ),
  );
}

for (const problem of problems) console.error(problem);
if (links === 0) console.error("No link was looked at.");
console.log(`links: ${links} links on ${pages.length} pages, ${problems.length} problems`);
process.exitCode = problems.length > 0 || links === 0 ? 1 : 0;
