import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { doubtful, faulty, glacier, head, makeProject, numbers, twoSteps } from "./project.ts";

interface Json {
  readonly pipeline?: string;
  readonly findings: readonly {
    code: string;
    severity: string;
    step?: string;
    place?: { file: string; line: number };
  }[];
  readonly summary: { readonly errors: number; readonly warnings: number; readonly steps: number };
}

describe("glacier check", () => {
  test("says that nothing was found, and what was looked at, without running anything", () => {
    const folder = makeProject({ ...numbers, "pipeline.ts": twoSteps.replace("pl.lit(2)", "pl.lit(2)") });
    const { status, stdout, stderr } = glacier(folder, "check", "pipeline.ts");
    expect(stdout).toMatch(/^Nothing found in 2 steps, and 5 columns of 3 buckets, checked in \d+ ms\n$/);
    expect(stderr).toBe("");
    expect(status).toBe(0);
    expect(existsSync(join(folder, "data/out"))).toBe(false);
  });

  test("finds all mistakes at once, with step, place and hint, and ends with 1", () => {
    const folder = makeProject({ ...numbers, "pipeline.ts": faulty });
    const { status, stdout } = glacier(folder, "check", "pipeline.ts");
    expect(stdout).toMatch(
      /step first\n {2}error COLUMN_NOT_FOUND .*`nn`.*\n {4}Did you mean `n`\?.*\n {4}pipeline\.ts:9:\d+/,
    );
    expect(stdout).toMatch(/step second\n {2}error \w+ {2}.*\n(?: {4}.*\n)* {4}pipeline\.ts:11:\d+/);
    expect(stdout).toMatch(/step doubtful\n {2}warning INTEGER_BECOMES_FLOAT/);
    expect(stdout).not.toContain("step good");
    expect(stdout).toMatch(/\n2 errors, 1 warning in 4 steps, checked in \d+ ms\n$/);
    expect(stdout).not.toMatch(/\n\s+at /);
    expect(status).toBe(1);
    expect(existsSync(join(folder, "data/out"))).toBe(false);
  });

  test("looks only at the pipelines that are asked for", () => {
    const folder = makeProject({ ...numbers, "pipeline.ts": faulty });
    const { status, stdout } = glacier(folder, "check", "pipeline.ts", "-p", "good");
    expect(stdout).toContain("Nothing found in 1 step");
    expect(status).toBe(0);
  });

  test("--strict fails because of warnings too, --ignore leaves out what has a code, and knows a misspelt one", () => {
    const folder = makeProject({ ...numbers, "pipeline.ts": doubtful });
    expect(glacier(folder, "check", "pipeline.ts").status).toBe(0);
    expect(glacier(folder, "check", "pipeline.ts", "--strict").status).toBe(1);
    const ignored = glacier(folder, "check", "pipeline.ts", "--strict", "--ignore", "INTEGER_BECOMES_FLOAT");
    expect(ignored.stdout).toMatch(/^Nothing found in 1 step, .*; 1 ignored\n$/);
    expect(ignored.stderr).toBe("");
    expect(ignored.status).toBe(0);
    const misspelt = glacier(folder, "check", "pipeline.ts", "--ignore", "INTEGER_BECOMES_FLAOT");
    expect(misspelt.stderr).toContain("Did you mean `INTEGER_BECOMES_FLOAT`?");
    expect(misspelt.stdout).toContain("1 warning");
  });

  test("--format json is one document", () => {
    const folder = makeProject({ ...numbers, "pipeline.ts": faulty });
    const { status, stdout, stderr } = glacier(folder, "check", "pipeline.ts", "--format", "json");
    const { findings, summary, pipeline } = JSON.parse(stdout) as Json;
    expect(pipeline).toBe("doubtful, first, good, second");
    expect(summary).toMatchObject({ errors: 2, warnings: 1, steps: 4 });
    expect(findings.map(({ severity, step: name }) => `${severity} ${name}`).toSorted()).toEqual([
      "error first",
      "error second",
      "warning doubtful",
    ]);
    expect(findings.every(({ place }) => place?.file === "pipeline.ts")).toBe(true);
    expect(stderr).toBe("");
    expect(status).toBe(1);
  });

  test("--format github and sarif say the same", () => {
    const folder = makeProject({ ...numbers, "pipeline.ts": faulty });
    const github = glacier(folder, "check", "pipeline.ts", "--format", "github");
    expect(github.stdout).toMatch(
      /^::error file=pipeline\.ts,line=9,col=\d+,title=COLUMN_NOT_FOUND in first::.*`nn`.*%0A/m,
    );
    expect(github.stdout.match(/^::/gm)).toHaveLength(3);
    expect(github.status).toBe(1);
    const sarif = glacier(folder, "check", "pipeline.ts", "--format", "sarif");
    const log = JSON.parse(sarif.stdout) as { runs: { results: { level: string; locations: object[] }[] }[] };
    expect(log.runs[0]?.results.map(({ level }) => level).toSorted()).toEqual(["error", "error", "warning"]);
    expect(JSON.stringify(log)).toContain('"uri":"pipeline.ts","uriBaseId":"%SRCROOT%"');
    expect(JSON.stringify(log)).not.toContain(folder);
    expect(sarif.status).toBe(1);
  });

  describe.each([
    ["a module that can't be loaded", "const a = 1;\nthrow new Error('no database');", 3, "MODULE_FAILED"],
    ["a module without a pipeline", "export const a = 1;", 3, "NO_PIPELINES"],
    ["a circle", `${head}\nexport const a = numbers.transform(here.task("a", (df) => df)).to(numbers);`, 1, "CYCLE"],
  ])("of %s", (_, text, code, name) => {
    test.each(["json", "github", "sarif"])("reports it as %s too", (format) => {
      const folder = makeProject({ ...numbers, "pipeline.ts": text });
      const { status, stdout, stderr } = glacier(folder, "check", "pipeline.ts", "--format", format);
      if (format !== "github") expect(() => JSON.parse(stdout) as unknown).not.toThrow();
      else expect(stdout).toMatch(new RegExp(`^::error file=pipeline\\.ts,.*title=${name}::`));
      expect(stdout).toContain(name);
      expect(stderr === "").toBe(format === "github");
      expect(status).toBe(code);
    });
  });

  test("tells on which line a module fails", () => {
    const folder = makeProject({ ...numbers, "pipeline.ts": "const a = 1;\nthrow new Error('no database');" });
    const { stdout } = glacier(folder, "check", "pipeline.ts", "--format", "github");
    expect(stdout).toMatch(/^::error file=pipeline\.ts,line=2,col=\d+,/);
  });

  test("does not know other formats", () => {
    const { status, stderr } = glacier(makeProject({}), "check", "pipeline.ts", "--format", "xml");
    expect(stderr).toContain("text, json, github, sarif");
    expect(status).toBe(2);
  });
});

describe("glacier run, which checks first", () => {
  test("refuses a pipeline with a mistake in it before anything runs, and tells of all mistakes", () => {
    const folder = makeProject({ ...numbers, "pipeline.ts": faulty });
    const { status, stdout, stderr } = glacier(folder, "run", "pipeline.ts");
    expect(stderr).toContain("step first\n  error COLUMN_NOT_FOUND");
    expect(stderr).toMatch(/step second\n {2}error/);
    expect(stderr).toContain("failed  Nothing was run");
    expect(stderr).toContain("--no-check");
    expect(stderr.match(/COLUMN_NOT_FOUND/g)).toHaveLength(1);
    expect(stdout).toBe("");
    expect(existsSync(join(folder, "data/out"))).toBe(false);
    expect(status).toBe(1);
  });

  test("--no-check runs what can be run all the same", () => {
    const folder = makeProject({ ...numbers, "pipeline.ts": faulty });
    const { status, stderr } = glacier(folder, "run", "pipeline.ts", "--no-check");
    expect(stderr).toContain("COLUMN_NOT_FOUND");
    expect(stderr).not.toContain("INTEGER_BECOMES_FLOAT");
    expect(existsSync(join(folder, "data/out/good.parquet"))).toBe(true);
    expect(status).toBe(1);
  });

  test("shows warnings before it runs", () => {
    const folder = makeProject({ ...numbers, "pipeline.ts": doubtful });
    const { status, stderr } = glacier(folder, "run", "pipeline.ts");
    const at = (text: string): number => stderr.indexOf(text);
    expect(at("warning INTEGER_BECOMES_FLOAT")).toBeGreaterThan(-1);
    expect(at("warning INTEGER_BECOMES_FLOAT")).toBeLessThan(at("▸ doubtful"));
    expect(status).toBe(0);
  });

  test("--json has what was found as its first event, and of a refused run its error", () => {
    const folder = makeProject({ ...numbers, "pipeline.ts": faulty });
    const { status, stdout } = glacier(folder, "run", "pipeline.ts", "--json");
    const lines = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { type: string; findings?: object[]; error?: { code: string } });
    expect(lines.map(({ type }) => type)).toEqual(["run-checked", "error"]);
    expect(lines[0]?.findings).toHaveLength(3);
    expect(lines[1]?.error?.code).toBe("CHECK_FAILED");
    expect(status).toBe(1);
  });
});
