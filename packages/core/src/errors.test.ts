import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test, vi } from "vitest";
import { errorCodes, GlacierError } from "./errors.ts";
import { fakePlugin, fakeProvider, thrownBy } from "./fake-storage.test-d.ts";
import { RunError } from "./run.ts";

describe("an error", () => {
  const cause = new TypeError("underneath");
  const error = new GlacierError("PATH_INVALID", "The path is odd.", {
    hint: "Make it even.",
    cause,
    details: { path: "x" },
  });

  test("has a code, a message, a hint, details and a cause", () => {
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ name: "GlacierError", code: "PATH_INVALID", message: "The path is odd." });
    expect([error.hint, error.details, error.cause]).toEqual(["Make it even.", { path: "x" }, cause]);
  });

  test("as JSON has no stack, no cause, and nothing that is not there", () => {
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      code: "PATH_INVALID",
      message: "The path is odd.",
      hint: "Make it even.",
      details: { path: "x" },
    });
    expect(new GlacierError("CYCLE", "Round and round.").toJSON()).toEqual({
      code: "CYCLE",
      message: "Round and round.",
    });
  });

  test("may have a code of a plugin's own", () => {
    expect(new GlacierError("ACME_QUOTA_EXCEEDED", "No more.").code).toBe("ACME_QUOTA_EXCEEDED");
  });

  test("of a run is one too, with the result", () => {
    const result = { status: "failed" } as never;
    const failed = new RunError("RUN_FAILED", "It failed.", result, { cause });
    expect(GlacierError.is(failed)).toBe(true);
    expect(RunError.is(failed)).toBe(true);
    expect(RunError.is(error)).toBe(false);
    expect(failed.result).toBe(result);
    expect(failed.toJSON()).toEqual({ code: "RUN_FAILED", message: "It failed." });
  });

  test.each([null, undefined, 5, "CYCLE", {}, new Error("other"), { code: "CYCLE", message: "x" }])(
    "is not %s",
    (value) => {
      expect(GlacierError.is(value)).toBe(false);
      expect(RunError.is(value)).toBe(false);
    },
  );
});

describe("a second copy of this package", () => {
  const secondCopy = async (): Promise<typeof import("./index.ts")> => {
    vi.resetModules();
    return import("./index.ts");
  };

  test("makes errors that this one knows, and the other way round", async () => {
    const other = await secondCopy();
    const theirs = thrownBy(() => new other.Pipeline({}));
    expect(other.GlacierError).not.toBe(GlacierError);
    expect(theirs).not.toBeInstanceOf(GlacierError);
    expect(GlacierError.is(theirs)).toBe(true);
    expect(other.GlacierError.is(new GlacierError("CYCLE", "x"))).toBe(true);
  });

  test("works with the buckets, tasks and providers of this one", async () => {
    const other = await secondCopy();
    const provider = fakeProvider();
    const source = provider.bucket("lake", "a.csv");
    const theirs = new other.Provider(fakePlugin());
    const clean = theirs.local().task("clean", (df) => df);
    // The types of two copies differ, as their classes do; only the values are meant to work together.
    const mixed = new other.Pipeline({ df: source as never })
      .transform(clean)
      .to(provider.bucket("lake", "b.csv") as never);
    const end = mixed.transform(theirs.local().task("count", (df) => df)).to(theirs.bucket("lake", "c.csv"));
    expect(other.Dag.of(end).steps.map((node) => node.name)).toEqual(["clean", "count"]);
    expect(end.visualize()).toContain("lake/b.csv");
    expect(new other.Registry().addProvider(provider as never).providers).toEqual([provider]);
  });
});

describe("the list of codes", () => {
  const packages = new URL("../../", import.meta.url);
  const sources = readdirSync(packages, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => /^[^/]+\/src\/.*\.ts$/.test(path) && !/\.test(-d)?\.ts$/.test(path))
    .map((path) => ({ path, text: readFileSync(new URL(path, packages), "utf8") }));
  const known = Object.keys(errorCodes);

  test("is checked against all sources", () => {
    expect(sources.length).toBeGreaterThan(50);
    for (const name of ["core", "provider-local", "plan", "worker", "scheduler", "runtime-local", "analyzer", "cli"]) {
      expect(sources.some(({ path }) => path.startsWith(`${name}/`))).toBe(true);
    }
  });

  test("has every code that is thrown", () => {
    const thrown = sources.flatMap(({ path, text }) =>
      [...text.matchAll(/(?:(?:GlacierError|RunError)\(\s*|code: )"([A-Z][A-Z0-9_]+)"/g)].map(
        (match) => [path, match[1] as string] as const,
      ),
    );
    expect(thrown.length).toBeGreaterThan(60);
    // What is found without running has codes of its own, in a list of its own.
    const findings = sources.find(({ path }) => path === "plan/src/findings/codes.ts")?.text ?? "";
    const found = [...findings.matchAll(/^ {2}([A-Z][A-Z0-9_]+):/gm)].map((match) => match[1] as string);
    expect(found.length).toBeGreaterThan(10);
    expect(thrown.filter(([, code]) => !known.includes(code) && !found.includes(code))).toEqual([]);
  });

  test("has only codes that are thrown", () => {
    const all = sources
      .filter(({ path }) => path !== "core/src/errors.ts")
      .map(({ text }) => text)
      .join("\n");
    // A list of codes, such as that of the errors which no retry can mend, throws none.
    const used = new Set(
      [...all.matchAll(/(?:Error\(\s*|code: |refuse\(\s*|\? )"([A-Z][A-Z0-9_]+)"|: "([A-Z][A-Z0-9_]+)",?$/gm)].map(
        (match) => match[1] ?? match[2],
      ),
    );
    expect(known.filter((code) => !used.has(code))).toEqual([]);
  });

  test("has names in capitals and a sentence for each", () => {
    expect(known.length).toBeGreaterThan(40);
    for (const [code, text] of Object.entries(errorCodes)) {
      expect(code).toMatch(/^[A-Z]+(_[A-Z]+)*$/);
      expect(text).toMatch(/^[A-Z`].*\.$/s);
    }
    expect(new Set(Object.values(errorCodes)).size).toBe(known.length);
  });
});
