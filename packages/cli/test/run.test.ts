import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { command, glacier, head, makeProject, numbers, twoSteps } from "./project.ts";

describe("glacier run", () => {
  test("runs a module, says what each step did and where it was written, and ends with 0", () => {
    const folder = makeProject({ ...numbers, "pipeline.ts": twoSteps });
    const { status, stdout, stderr } = glacier(folder, "run", "pipeline.ts");
    expect(stderr).toMatch(/✔ even\s+2 rows/);
    expect(stderr).toMatch(/✔ total\s+1 rows/);
    expect(stdout).toContain("data/out/even.parquet");
    expect(readFileSync(join(folder, "data/out/total.csv"), "utf8")).toBe("n\n6\n");
    expect(status).toBe(0);
  });

  test("understands JavaScript modules too", () => {
    const folder = makeProject({ ...numbers, "pipeline.mjs": twoSteps });
    expect(glacier(folder, "run", "pipeline.mjs").status).toBe(0);
    expect(existsSync(join(folder, "data/out/total.csv"))).toBe(true);
  });

  test("finds pipelines in arrays, objects, builders and the default export, each once", () => {
    const folder = makeProject({
      ...numbers,
      "pipeline.ts": `${head}
        const same = (name: string) => numbers.transform(here.task(name, (df) => df)).to(provider.bucket("out", name + ".csv"));
        const shared = same("shared");
        export const list = [same("first"), shared];
        export const byName = { second: same("second"), again: shared, nothing: 5 };
        export const built = Pipeline.named("built").source(numbers).transform(here.task("third", (df) => df)).to(provider.bucket("out", "third.csv"));
        export default same("fourth");
        export const source = numbers;
      `,
    });
    const { stdout } = glacier(folder, "list", "pipeline.ts", "--json");
    const names = (JSON.parse(stdout) as { name: string }[]).map(({ name }) => name);
    expect(names.sort()).toEqual(["built", "byName.again", "byName.second", "list[0]", "pipeline"]);
    expect(glacier(folder, "run", "pipeline.ts").status).toBe(0);
    expect(readdirSync(join(folder, "data/out")).sort()).toEqual([
      "first.csv",
      "fourth.csv",
      "second.csv",
      "shared.csv",
      "third.csv",
    ]);
  });

  test("--pipeline runs only that one, and knows a misspelt name", () => {
    const folder = makeProject({
      ...numbers,
      "pipeline.ts": `${twoSteps}\nexport const other = numbers.transform(here.task("other", (df) => df)).to(provider.bucket("out", "other.csv"));`,
    });
    expect(glacier(folder, "run", "pipeline.ts", "--pipeline", "other").status).toBe(0);
    expect(readdirSync(join(folder, "data/out"))).toEqual(["other.csv"]);
    const { status, stderr } = glacier(folder, "run", "pipeline.ts", "-p", "othr");
    expect(stderr).toContain("Did you mean `other`?");
    expect(status).toBe(3);
  });

  test("--json writes events and the result, one object a line, and nothing else", () => {
    const folder = makeProject({ ...numbers, "pipeline.ts": twoSteps });
    const { status, stdout, stderr } = glacier(folder, "run", "pipeline.ts", "--json");
    const lines = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { type: string; status?: string });
    expect(lines.slice(0, 2).map(({ type }) => type)).toEqual(["run-checked", "run-started"]);
    expect(lines.at(-1)).toMatchObject({
      type: "result",
      status: "succeeded",
      steps: [{ name: "even" }, { name: "total" }],
    });
    expect(stderr).toBe("");
    expect(status).toBe(0);
  });

  test("--head and --graph show the rows and the steps", () => {
    const folder = makeProject({ ...numbers, "pipeline.ts": twoSteps });
    const { stdout } = glacier(folder, "run", "pipeline.ts", "--head", "5", "--graph");
    expect(stdout).toContain("│ 6   │");
    expect(stdout).toContain("even (local)");
  });

  test("a failed step ends with 1, tells the mistake with a hint and without a stack, and leaves the target", () => {
    const folder = makeProject({
      ...numbers,
      "data/out/bad.csv": "old\n",
      "pipeline.ts": `${head}
        const bad = numbers.transform(here.task("bad", (df) => df.select(pl.col("nn")))).to(provider.bucket("out", "bad.csv"));
        export const etl = bad.transform(here.task("after", (df) => df)).to(provider.bucket("out", "after.csv"));`,
    });
    const { status, stderr, stdout } = glacier(folder, "run", "pipeline.ts", "--no-check");
    expect(stderr).toContain("COLUMN_NOT_FOUND");
    expect(stderr).toContain("Did you mean `n`?");
    expect(stderr).toContain("skipped: It needs step `bad`, which failed.");
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(stderr + stdout).not.toContain(folder);
    expect(readFileSync(join(folder, "data/out/bad.csv"), "utf8")).toBe("old\n");
    expect(existsSync(join(folder, "data/out/after.csv"))).toBe(false);
    expect(status).toBe(1);
  });

  test("--fail-fast stops what does not depend on the failure; without it, that goes on", () => {
    const files = {
      ...numbers,
      "pipeline.ts": `${head}
        export const a = numbers.transform(here.task("a_bad", () => { throw new Error("no"); })).to(provider.bucket("out", "a.csv"));
        export const b = numbers.transform(here.task("b_good", (df) => df)).to(provider.bucket("out", "b.csv"));`,
    };
    const patient = makeProject(files);
    expect(glacier(patient, "run", "pipeline.ts", "--no-check", "-c", "1").status).toBe(1);
    expect(existsSync(join(patient, "data/out/b.csv"))).toBe(true);
    const hasty = makeProject(files);
    expect(glacier(hasty, "run", "pipeline.ts", "--no-check", "-c", "1", "--fail-fast").status).toBe(1);
    expect(existsSync(join(hasty, "data/out/b.csv"))).toBe(false);
  });

  test("--mode with a mode that nobody registered names the mode", () => {
    const folder = makeProject({ ...numbers, "pipeline.ts": twoSteps });
    const { status, stderr } = glacier(folder, "run", "pipeline.ts", "--mode", "locl");
    expect(stderr).toContain("MODE_UNKNOWN");
    expect(stderr).toContain("Did you mean `local`?");
    expect(status).toBe(1);
  });

  test("--mode uses a mode of the pipeline's own registry, and prints what it returns", () => {
    const folder = makeProject({
      ...numbers,
      "pipeline.ts": `
        import { Provider, Registry } from "@glacier/core";
        import { local } from "@glacier/provider-local";
        const count = { name: "count", run: async (dag, options) => ({ steps: dag.steps.length, options }) };
        const shout = { name: "shout", run: async (dag) => dag.name.toUpperCase() };
        const registry = new Registry({ modes: [count, shout] });
        const provider = new Provider(local({ root: "./data" }), { registry });
        const same = provider.local().task("same", (df) => df);
        export const etl = provider.bucket("in", "numbers.csv").transform(same).to(provider.bucket("out", "x.csv"));`,
    });
    const counted = glacier(folder, "run", "pipeline.ts", "--mode", "count", "-c", "3");
    expect(JSON.parse(counted.stdout)).toEqual({ steps: 1, options: { concurrency: 3 } });
    expect(counted.status).toBe(0);
    expect(glacier(folder, "run", "pipeline.ts", "--mode", "shout").stdout).toBe("ETL\n");
    expect(existsSync(join(folder, "data/out"))).toBe(false);
    expect(glacier(folder, "run", "pipeline.ts").status).toBe(0);
    expect(existsSync(join(folder, "data/out/x.csv"))).toBe(true);
  });

  test("Ctrl-C stops the run: it ends by SIGINT, the target is the old one, nothing is left in staging", async () => {
    const folder = makeProject({
      ...numbers,
      "data/out/slow.csv": "old\n",
      "pipeline.ts": `${head}
        export const etl = numbers.transform(here.task("slow", async (df) => { await new Promise((go) => setTimeout(go, 30_000)); return df; })).to(provider.bucket("out", "slow.csv"));`,
    });
    const child = spawn(process.execPath, [command, "run", "pipeline.ts", "--no-check"], {
      cwd: folder,
      env: { ...process.env, CI: "true", NODE_OPTIONS: "" },
    });
    let errors = "";
    let wasInterrupted = false;
    child.stderr.on("data", (text: Buffer) => {
      errors += text.toString();
      if (errors.includes("▸ slow") && !wasInterrupted) wasInterrupted = child.kill("SIGINT");
    });
    // By the signal itself, which shells report as 130.
    const ended = await new Promise((resolve) => child.on("close", (code, signal) => resolve(code ?? signal)));
    expect(errors).toContain("cancelled");
    expect(ended).toBe("SIGINT");
    expect(readFileSync(join(folder, "data/out/slow.csv"), "utf8")).toBe("old\n");
    const staging = join(folder, "data/.glacier/staging");
    expect(existsSync(staging) ? readdirSync(staging) : []).toEqual([]);
  });
});
