import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { glacier, head, makeProject, numbers, twoSteps } from "./project.ts";

/** What a user gets wrong, the exit code, and what the message must say. */
const modules: readonly (readonly [what: string, text: string, code: number, says: readonly string[]])[] = [
  ["a syntax error", "export const x = ;", 3, ["MODULE_FAILED", "pipeline.ts", "line 1"]],
  [
    "an error while it loads",
    'const a = 1;\nthrow new Error("no database");',
    3,
    ["MODULE_FAILED", "no database", "line 2"],
  ],
  [
    "a package that is not installed",
    'import "no-such-package";',
    3,
    ["no-such-package", "npm install no-such-package"],
  ],
  ["a file that is not there", 'import "./nothing.ts";', 3, ["MODULE_FAILED", "Check the path"]],
  ["no exports", "const a = 1;", 3, ["NO_PIPELINES", "Export the bucket"]],
  ["only sources", `${head}\nexport { numbers };`, 3, ["NO_PIPELINES", "no step produces them"]],
  [
    "a transform without a target",
    `${head}\nexport const half = numbers.transform(here.task("half", (df) => df));`,
    1,
    ["TRANSFORM_WITHOUT_TARGET", "`half`", ".to(bucket)"],
  ],
  [
    "two pipelines of one name",
    `${head}\nconst make = (n: string) => numbers.transform(here.task(n, (df) => df)).to(provider.bucket("out", n + ".csv")).withName("etl");\nexport const a = make("a");\nexport const b = make("b");`,
    3,
    ["two pipelines named `etl`"],
  ],
  [
    "two steps that write one bucket",
    `${head}\nconst make = (n: string) => numbers.transform(here.task(n, (df) => df)).to(provider.bucket("out", "same.csv"));\nexport const a = make("a");\nexport const b = make("b");`,
    1,
    ["TARGET_TWICE", "`a` and `b`", "out/same.csv"],
  ],
  [
    "a circle",
    `${head}\nexport const a = numbers.transform(here.task("a", (df) => df)).to(provider.bucket("in", "numbers.csv"));`,
    1,
    ["CYCLE", "in/numbers.csv"],
  ],
  [
    "a path that leaves its bucket",
    `${head}\nexport const a = provider.bucket("in", "../secret.csv");`,
    3,
    ["`..`", "pipeline.ts"],
  ],
  [
    "a misspelt option",
    `${head}\nexport const a = here.task({ name: "a", retires: 3 } as never, (df) => df);`,
    3,
    ["`retires`", "Did you mean `retries`?"],
  ],
  [
    "a source that is not there",
    `${head}\nexport const a = provider.bucket("in", "nmbers.csv").transform(here.task("a", (df) => df)).to(provider.bucket("out", "a.csv"));`,
    1,
    ["SOURCE_NOT_FOUND", "in/nmbers.csv"],
  ],
  [
    "a task that returns nothing",
    `${head}\nexport const a = numbers.transform(here.task("a", ((df: never) => { void df; }) as never)).to(provider.bucket("out", "a.csv"));`,
    1,
    ["TASK_RESULT_INVALID", "`return`"],
  ],
];

describe("a module with a mistake in it", () => {
  test.each(modules)("%s: is told, without a stack and without folders of the machine", (_, text, code, says) => {
    const folder = makeProject({ ...numbers, "pipeline.ts": text });
    const { status, stdout, stderr } = glacier(folder, "run", "pipeline.ts");
    for (const words of says) expect(stderr).toContain(words);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(stderr).not.toContain(folder);
    expect(stdout).toBe("");
    expect(status).toBe(code);
    expect(existsSync(join(folder, "data/out"))).toBe(false);
  });
});

describe("a command line with a mistake in it", () => {
  const folder = makeProject({ ...numbers, "pipeline.ts": twoSteps, "notes.txt": "hello" });

  test.each([
    [[], 2, "USAGE"],
    [["rnu", "pipeline.ts"], 2, "Did you mean run?"],
    [["run"], 2, "module"],
    [["run", "pipeline.ts", "--concurency", "2"], 2, "--concurrency"],
    [["run", "pipeline.ts", "--concurrency", "many"], 2, "whole number"],
    [["run", "pipeline.ts", "--concurrency", "0"], 2, "at least 1"],
    [["run", "pipeline.ts", "extra"], 2, "too many arguments"],
    [["run", "nothing.ts"], 3, "There is no file `nothing.ts`"],
    [["run", "."], 3, "MODULE_NOT_FOUND"],
    [["run", "notes.txt"], 3, ".ts"],
    [["visualize", "pipeline.ts", "--out", "picture.gif"], 2, ".svg"],
    [["visualize", "pipeline.ts", "--out", "notes.txt/x.svg"], 1, "OUTPUT_FAILED"],
  ] as const)("glacier %j ends with %d and says %j", (args, code, says) => {
    const { status, stderr, stdout } = glacier(folder, ...args);
    expect(`${stderr}${stdout}`.toLowerCase()).toContain(says.toLowerCase());
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(status).toBe(code);
  });

  test("nothing was written by any of them", () => {
    expect(readdirSync(folder).sort()).toEqual(["data", "node_modules", "notes.txt", "package.json", "pipeline.ts"]);
  });
});

describe("help", () => {
  test("teaches: what a pipeline is, examples, exit codes", () => {
    const { status, stdout } = glacier(makeProject({}), "--help");
    expect(stdout).toContain("glacier run pipeline.ts");
    expect(stdout).toContain("Exit codes");
    expect(stdout).toContain(".transform(double).to(");
    expect(status).toBe(0);
  });

  test.each(["run", "check", "lineage", "explain", "list", "visualize"])(
    "glacier %s --help lists the options",
    (name) => {
      const { status, stdout } = glacier(makeProject({}), name, "--help");
      expect(stdout).toContain("<module>");
      expect(stdout).toContain("Options:");
      expect(status).toBe(0);
    },
  );

  test("--version prints the version of the package", () => {
    expect(glacier(makeProject({}), "--version").stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe("glacier visualize", () => {
  const folder = makeProject({ ...numbers, "pipeline.ts": twoSteps });

  test("prints Mermaid by default, a picture with --text", () => {
    expect(glacier(folder, "visualize", "pipeline.ts").stdout).toContain("flowchart LR");
    expect(glacier(folder, "visualize", "pipeline.ts", "--text").stdout).toContain("even (local)");
  });

  test.each([".mmd", ".md", ".svg", ".html"])("writes %s, and makes the folder for it", (ending) => {
    mkdirSync(join(folder, "pictures"), { recursive: true });
    const { status, stderr } = glacier(folder, "visualize", "pipeline.ts", "--out", `pictures/deep/etl${ending}`);
    expect(stderr).toContain(`pictures/deep/etl${ending}`);
    expect(status).toBe(0);
    expect(readdirSync(join(folder, "pictures/deep"))).toContain(`etl${ending}`);
  });
});
