// The import rule of ARCHITECTURE.md: which package may import which. Reads the imports of every source file (tests
// may import more) and the dependencies of every manifest; fails when it has looked at no file.
import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseSync } from "oxc-parser";
import { globSync } from "tinyglobby";

/** Package → the packages of ours that it may import. A package that is not listed fails the check. */
export const rule = {
  core: [],
  expressions: [],
  "provider-local": ["core"],
  scheduler: ["core"],
  plan: ["core"],
  worker: ["core", "plan"],
  "runtime-local": ["core", "plan", "scheduler", "worker"],
  analyzer: ["core", "plan", "worker"],
  cli: ["core", "plan", "analyzer", "runtime-local"],
};

/** Heavy packages that core must not load: their types are fine. */
const notInCore = /^(nodejs-polars|@aws-sdk\/|@google-cloud\/|@azure\/)/;

/** @returns {{ files: number, problems: string[] }} */
export function checkImports(root) {
  const problems = [];
  let files = 0;
  const packages = globSync("packages/*/package.json", { cwd: root }).map((path) => path.split("/")[1]);
  for (const name of packages) {
    if (!(name in rule)) {
      problems.push(`packages/${name} is not in the import rule of scripts/import-rule.mjs`);
      continue;
    }
    const manifest = JSON.parse(readFileSync(join(root, "packages", name, "package.json"), "utf8"));
    for (const dependency of Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies })) {
      const problem = forbidden(name, dependency);
      if (problem !== undefined) problems.push(`packages/${name}/package.json: ${problem}`);
    }
    for (const file of globSync(`packages/${name}/src/**/*.ts`, { cwd: root })) {
      if (/\.test(-d)?\.ts$/.test(file)) continue;
      files += 1;
      for (const { source, isType } of importsOf(join(root, file))) {
        const own =
          source.startsWith(".") &&
          !relative(join(root, "packages", name), join(root, file, "..", source)).startsWith("..");
        const problem = own
          ? undefined
          : source.startsWith(".")
            ? `imports ${source}, which is in another package`
            : forbidden(name, source);
        if (problem !== undefined) problems.push(`${file}: ${problem}`);
        if (name === "core" && !isType && notInCore.test(source))
          problems.push(`${file}: imports ${source} at run time`);
      }
    }
  }
  return { files, problems };
}

function forbidden(name, source) {
  const other = /^@glacier\/([^/]+)(\/.*)?$/.exec(source);
  if (other === null) return undefined;
  if (other[2] !== undefined) return `imports ${source}: only what a package exports may be imported`;
  if (other[1] === name) return `imports itself by name`;
  return rule[name].includes(other[1]) ? undefined : `imports ${source}, which ${name} may not`;
}

/** Static and dynamic imports, and re-exports. */
function importsOf(path) {
  const { module, errors } = parseSync(path, readFileSync(path, "utf8"));
  if (errors.length > 0) throw new Error(`${path} can't be parsed: ${errors[0].message}`);
  const text = readFileSync(path, "utf8");
  return [
    ...module.staticImports.map((one) => ({
      source: one.moduleRequest.value,
      isType: one.entries.length > 0 && one.entries.every((entry) => entry.isType),
    })),
    ...module.staticExports.flatMap((one) =>
      one.entries.flatMap((entry) =>
        entry.moduleRequest ? [{ source: entry.moduleRequest.value, isType: entry.isType }] : [],
      ),
    ),
    ...module.dynamicImports.flatMap((one) => {
      const literal = /^["'`]([^"'`]*)["'`]$/.exec(text.slice(one.moduleRequest.start, one.moduleRequest.end).trim());
      return literal === null ? [] : [{ source: literal[1], isType: false }];
    }),
  ];
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { files, problems } = checkImports(fileURLToPath(new URL("..", import.meta.url)));
  for (const problem of problems) console.error(problem);
  if (files === 0) console.error("The import rule has looked at no file.");
  console.log(`import rule: ${files} files, ${problems.length} problems`);
  process.exitCode = problems.length > 0 || files === 0 ? 1 : 0;
}
