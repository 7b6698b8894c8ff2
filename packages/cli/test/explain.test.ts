import { describe, expect, test } from "vitest";
import { doubtful, glacier, makeProject, numbers, twoSteps } from "./project.ts";

describe("glacier explain", () => {
  const folder = makeProject({ ...numbers, "pipeline.ts": twoSteps, "one.ts": doubtful });
  const explain = (...args: readonly string[]) => glacier(folder, "explain", ...args);

  test("shows what a step reads and writes, and its plan before and after Polars has optimised it", () => {
    const { status, stdout, stderr } = explain("pipeline.ts", "--step", "even");
    expect(stdout).toMatch(/^step even\n/);
    expect(stdout).toContain("  df = in/numbers.csv\n    all 2 columns: n, word\n");
    expect(stdout).toContain("writes out/even.parquet\n  n     Int64\n  word  String\n");
    expect(stdout).toContain("  FILTER ");
    expect(stdout).toContain("READ df: all 2 columns\n    where ");
    expect(stdout).toMatch(/fingerprint\n {2}\S{20,}\n/);
    expect(stdout).not.toContain("/dev/null");
    expect(stderr).toBe("");
    expect(status).toBe(0);
  });

  test("tells how many columns are really read", () => {
    expect(explain("pipeline.ts", "--step", "total").stdout).toContain("    1 of 2 columns: n\n");
  });

  test("--format json is plain data", () => {
    const data = JSON.parse(explain("pipeline.ts", "--step", "total", "--format", "json").stdout) as object;
    expect(data).toMatchObject({
      step: "total",
      sources: { df: "out/even.parquet" },
      target: "out/total.csv",
      reads: { df: { columns: ["n"], of: 2 } },
      schema: [{ name: "n", type: "Int64" }],
      fingerprint: expect.any(String) as string,
      findings: [],
    });
  });

  test("needs no --step where there is only one, and lists them where there are more", () => {
    expect(explain("one.ts").stdout).toMatch(/^step doubtful\n/);
    const { status, stderr } = explain("pipeline.ts");
    expect(stderr).toContain("`--step` with `even` or `total`");
    expect(status).toBe(2);
  });

  test("a step that is not there ends with 3, and what may have been meant", () => {
    const { status, stderr } = explain("pipeline.ts", "--step", "totle");
    expect(stderr).toContain("STEP_UNKNOWN");
    expect(stderr).toContain("Did you mean `total`?");
    expect(status).toBe(3);
  });
});
