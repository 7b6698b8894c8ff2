import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { globSync } from "tinyglobby";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Block, blocksOf } from "./docs/page.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const pages = globSync(
  ["README.md", "CONTRIBUTING.md", "docs/*.md", "packages/*/README.md", "examples/*/README.md", "bench/README.md"],
  { cwd: root },
).sort();

/** Languages of blocks that are shown and not run. */
const shown = new Set(["text", "mermaid", "output", "json", "yaml"]);

describe("documentation", () => {
  test("has pages, with code and commands in them", () => {
    expect(pages).toContain("README.md");
    expect(pages.length).toBeGreaterThan(5);
    const blocks = pages.flatMap((page) => blocksOf(join(root, page)));
    expect(blocks.filter(({ language }) => language === "ts").length).toBeGreaterThan(15);
    expect(blocks.filter(({ language }) => language === "bash").length).toBeGreaterThan(5);
  });
});

/** Those that have something to run. */
const live = pages.filter((page) =>
  blocksOf(join(root, page)).some(({ language }) => language === "ts" || language === "bash"),
);

describe.each(live)("%s", (page) => {
  const blocks = blocksOf(join(root, page));
  const project = mkdtempSync(join(tmpdir(), "glacier-docs-"));
  let typeErrors = "";

  beforeAll(() => {
    symlinkSync(join(root, "node_modules"), join(project, "node_modules"));
    writeFileSync(join(project, "package.json"), '{ "private": true, "type": "module" }\n');
    for (const [at, block] of blocks.entries()) {
      const file = block.info["file"] ?? (block.language === "ts" ? scriptOf(at) : undefined);
      if (file === undefined) continue;
      mkdirSync(dirname(join(project, file)), { recursive: true });
      writeFileSync(join(project, file), block.text);
    }
    if (blocks.some(({ language }) => language === "ts")) typeErrors = compile(project);
  });
  afterAll(() => rmSync(project, { recursive: true, force: true }));

  if (blocks.some(({ language }) => language === "ts")) {
    test("its TypeScript compiles", () => {
      expect(typeErrors).toBe("");
    });
  }

  for (const [at, block] of blocks.entries()) {
    const where = `line ${block.line}`;
    if (block.language === "ts" && block.info["file"] === undefined) {
      test(`its code runs (${where})`, () => {
        const { status, output } = execute(`node ${scriptOf(at).replace(/ts$/, "js")}`, project);
        expect(status, output).toBe(0);
      });
    } else if (block.language === "bash") {
      for (const command of commandsOf(block)) {
        test(`\`${command}\` does what it should (${where})`, () => {
          if (isRunByCi(command)) {
            expect(readFileSync(join(root, ".ci/run"), "utf8")).toContain(command.split(" ").slice(0, 4).join(" "));
            return;
          }
          if (/^npm (?:install|init)/.test(command)) {
            // Run from packed packages by scripts/fresh-project.mjs; here, that there are such packages.
            for (const name of command
              .split(/\s+/)
              .slice(2)
              .filter((word) => !word.startsWith("-"))) {
              expect(existsSync(join(root, "node_modules", name)), name).toBe(true);
            }
            return;
          }
          const { status, output } = execute(command, project);
          expect(status, output).toBe(Number(block.info["exit"] ?? 0));
          const next = blocks[at + 1];
          if (next?.language === "output")
            for (const line of next.text.trim().split("\n")) expect(output).toMatch(asPattern(line));
        });
      }
    } else if (block.info["file"] === undefined && !shown.has(block.language)) {
      test(`its block of ${block.language} is known to this test (${where})`, () => {
        expect.fail(
          `A block of \`${block.language}\` is neither run, nor written to a file, nor known to be only shown.`,
        );
      });
    }
  }
});

const scriptOf = (at: number): string => `block_${at}.ts`;

/** Commands, without comments; a `\` at the end of a line continues it. */
function commandsOf({ text }: Block): readonly string[] {
  return text
    .replaceAll(/\\\n\s*/g, "")
    .split("\n")
    .map((line) => line.replace(/\s+#.*$/, "").trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
}

/** Commands of the repository itself; running them from within the tests would run the tests. */
const isRunByCi = (command: string): boolean => command.startsWith("npx -y pnpm ") || command.startsWith("pnpm ");

function compile(project: string): string {
  const options = {
    target: "ES2023",
    module: "NodeNext",
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: true,
    types: ["node"],
    rewriteRelativeImportExtensions: true,
  };
  writeFileSync(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions: options, include: ["*.ts"] }));
  const { status, output } = execute("tsc -p tsconfig.json", project);
  return status === 0 ? "" : output;
}

function execute(command: string, cwd: string): { status: number | null; output: string } {
  const path = `${join(root, "node_modules/.bin")}:${process.env["PATH"] ?? ""}`;
  const { status, stdout, stderr } = spawnSync("bash", ["-c", command], {
    cwd,
    encoding: "utf8",
    env: { ...process.env, PATH: path, CI: "true", NODE_OPTIONS: "" },
    timeout: 60_000,
  });
  return { status, output: `${stdout}${stderr}` };
}

/** The words of a line, with anything between them. */
function asPattern(line: string): RegExp {
  const words = line
    .trim()
    .split(/\s+/)
    .map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(words.join("\\s+"));
}
