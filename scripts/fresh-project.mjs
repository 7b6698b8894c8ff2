// The README's first ten minutes, as somebody has them who is not in this repository: the packages are packed as they
// would be published, installed into an empty project, and every file and command of "Your own pipeline in ten minutes"
// is written and run as it stands there.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "glacier-fresh-"));
const project = join(folder, "project");
let passed = 0;

function run(command, args, cwd) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: "utf8",
    env: { ...process.env, CI: "true" },
  });
  if (status !== 0)
    throw new Error(`${command} ${args.join(" ")} ended with ${status}:\n${stdout}${stderr}${error?.message ?? ""}`);
  return `${stdout}${stderr}`;
}

const blocks = [
  ...readFileSync(join(root, "README.md"), "utf8").matchAll(/^(\s*)```(\w+)(?: file=(\S+))?\n(.*?)^\s*```$/gms),
].map(([, indent, language, file, text]) => ({
  language,
  file,
  text: text.replaceAll(new RegExp(`^${indent}`, "gm"), ""),
}));

try {
  mkdirSync(project);
  const tarballs = {};
  for (const name of readdirSync(join(root, "packages"))) {
    const { filename } = JSON.parse(
      run("pnpm", ["pack", "--json", "--pack-destination", folder], join(root, "packages", name)),
    );
    tarballs[`@glacier/${name}`] = `file:${filename}`;
  }
  for (const { file, text } of blocks) {
    if (file === undefined) continue;
    mkdirSync(dirname(join(project, file)), { recursive: true });
    writeFileSync(join(project, file), text);
  }
  // pnpm rather than npm, since npm leaves out Polars' binary on Node.js 20; packages by file, since they are not published.
  const yaml = Object.entries(tarballs).map(([name, file]) => `  "${name}": "${file}"`);
  writeFileSync(join(project, "pnpm-workspace.yaml"), `nodeVersion: 22.18.0\noverrides:\n${yaml.join("\n")}\n`);

  let expected = [];
  for (const [at, { language, text }] of blocks.entries()) {
    if (language !== "bash") continue;
    for (const command of text
      .trim()
      .split("\n")
      .map((line) => line.trim())) {
      const [program, ...args] = command.split(/\s+/);
      if (program === "npx" && args.includes("pnpm")) continue; // the repository's own
      const output =
        program === "npm" && args[0] === "install"
          ? run(
              "pnpm",
              ["add", ...args.slice(1).map((name) => (name in tarballs ? `${name}@${tarballs[name]}` : name))],
              project,
            )
          : run(program, args, project);
      expected = blocks[at + 1]?.language === "output" ? blocks[at + 1].text.trim().split("\n") : [];
      for (const line of expected) {
        const pattern = new RegExp(line.trim().split(/\s+/).join("\\s+"));
        if (!pattern.test(output)) throw new Error(`${command} did not print "${line.trim()}", but:\n${output}`);
      }
      console.log(`✔ ${command}`);
      passed += 1;
    }
  }
  const result = readFileSync(join(project, "data/reports/per_item.csv"), "utf8");
  if (result !== "item,price\napple,3.25\npear,2.25\n")
    throw new Error(`The result is not what it should be:\n${result}`);
  if (passed < 5) throw new Error(`Only ${passed} commands were found in README.md.`);
  console.log(`fresh project: ${passed} passed, 0 failed, 0 skipped`);
} catch (error) {
  console.error(error.message);
  console.log(`fresh project: ${passed} passed, 1 failed, 0 skipped`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
