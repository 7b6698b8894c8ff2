// Core must know which files a glob reads, to find what a step depends on, and the provider, to list them. Only Polars
// reads them. Here all three have to agree.
import * as fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Bucket, Dag, GlacierError, globToRegExp, Provider } from "@glacier/core";
import { local } from "@glacier/provider-local";
import pl from "nodejs-polars";
import { put } from "./folder.ts";

const files = [
  "a.csv",
  "b.csv",
  "ab.csv",
  "A.csv",
  ".hidden.csv",
  "_under.csv",
  "x[1].csv",
  "x1.csv",
  "x-.csv",
  "x].csv",
  "x!.csv",
  "x^.csv",
  "x*1.csv",
  "{a,b}.csv",
  "(a)+$.csv",
  "q?.csv",
  "a b.csv",
  "a%20b.csv",
  "é.csv",
  "日本.csv",
  "👍.csv",
  "d/a.csv",
  "d/b.csv",
  "d/e/a.csv",
  "d/e/f/a.csv",
  "d/.x/a.csv",
  ".h/a.csv",
  "d.csv/a.csv",
];

const root = mkdtempSync(join(tmpdir(), "glacier-glob-"));
const provider = new Provider(local({ root }));
const here = provider.local();

beforeAll(async () => {
  await put(join(root, "lake"), Object.fromEntries(files.map((file) => [file, "v\n1\n"])));
  await put(root, { "outside.csv": "v\n9\n" });
  return () => rm(root, { recursive: true, force: true });
});

/** The files that Polars reads; its own error where it refuses. */
async function readByPolars(glob: string): Promise<readonly string[] | Error> {
  try {
    const frame = await pl.scanCSV(`${root}/lake/${glob}`, { includeFilePaths: "file" }).collect();
    return [...new Set(frame.getColumn("file").toArray() as string[])]
      .map((file) => file.slice(root.length + "/lake/".length))
      .toSorted();
  } catch (error) {
    // That there is nothing to read is an error of Polars too.
    return /expanded paths were empty/.test((error as Error).message) ? [] : (error as Error);
  }
}

const matched = (glob: string): readonly string[] => files.filter((file) => globToRegExp(glob).test(file)).toSorted();

async function listed(glob: string): Promise<readonly string[]> {
  const { storage, location } = provider.bucket("lake", glob, { format: "csv" });
  return (await storage.list(location)).map(({ path }) => path).toSorted();
}

/** The files that a Dag takes for read, if each is written by a step. */
function dependedOn(glob: string): readonly string[] {
  const copy = here.task("copy", (df) => df);
  const source = provider.bucket("elsewhere", "x.csv");
  const writers = files.map((file) => source.transform(copy).to(provider.bucket("lake", file, { glob: false })));
  const reader: Bucket = provider
    .bucket("lake", glob, { format: "csv" })
    .transform(here.task("read", (df) => df))
    .to(provider.bucket("out", "x.csv"));
  return Dag.of([...writers, reader])
    .step("read")
    .dependencies.map((node) => node.step.target.path)
    .toSorted();
}

function isRefused(glob: string): boolean {
  try {
    provider.bucket("lake", glob);
    return false;
  } catch (error) {
    return GlacierError.is(error) && error.code === "PATH_INVALID";
  }
}

describe("a glob reads the same files for core, for the provider and for Polars:", () => {
  test.each([
    "*.csv",
    "?.csv",
    "??.csv",
    "[ab].csv",
    "[!a].csv",
    "[^a].csv",
    "[a-b]*.csv",
    "[b-a].csv",
    "[A-Z].csv",
    "[é].csv",
    "[日本]*.csv",
    "[👍].csv",
    "[.]hidden.csv",
    ".*.csv",
    "_*.csv",
    "x[[]1].csv",
    "x[]]*.csv",
    "x[!]]*.csv",
    "x[-]*.csv",
    "x[!-]*.csv",
    "x[0-9].csv",
    "x[!0-9].csv",
    "x[a-].csv",
    "x[*]1.csv",
    "q[?].csv",
    "[a^]*.csv",
    "[a-c-e]*.csv",
    "[&&]*.csv",
    "[[a]*.csv",
    "{a,b}.[c]sv",
    "(a)*.csv",
    "*+$.csv",
    "a*b.csv",
    "*/*.csv",
    "*/a.csv",
    "d/*",
    "d/*.csv",
    "d/*/*.csv",
    "d*/*.csv",
    "[!.]*/a.csv",
    "**/*.csv",
    "**/a.csv",
    "d/**/*.csv",
    "d/**/a.csv",
    "**/**/a.csv",
    "**/d/**/a.csv",
    "**/.x/*.csv",
    "*/[.]*/*.csv",
    "[.]*/*.csv",
    "[.][.]/*.csv",
    "d/**/f/*.csv",
    "nothing/*.csv",
    "*.parquet",
  ])("%s", async (glob) => {
    const read = await readByPolars(glob);
    expect(matched(glob)).toEqual(read);
    expect(await listed(glob)).toEqual(read);
    expect(dependedOn(glob)).toEqual(read);
  });

  test("any that is made of the pieces above", async () => {
    const piece = fc.constantFrom(
      "*",
      "?",
      "a",
      "b",
      "x",
      "d",
      ".",
      "e",
      "[ab]",
      "[!a]",
      "[a-x]",
      "[x-a]",
      "[]]",
      "[!]x]",
      "[1]",
      "é",
    );
    const part = fc.oneof(
      { weight: 1, arbitrary: fc.constant("**") },
      { weight: 4, arbitrary: fc.array(piece, { minLength: 1, maxLength: 3 }).map((pieces) => pieces.join("")) },
    );
    const last = fc.array(piece, { minLength: 1, maxLength: 3 }).map((pieces) => `${pieces.join("")}.csv`);
    const glob = fc
      .tuple(fc.array(part, { maxLength: 2 }), last)
      .map(([parts, end]) => [...parts, end].join("/"))
      .filter((path) => /[*?[]/.test(path) && !path.split("/").some((name) => name === "." || name === ".."));
    let matches = 0;
    await fc.assert(
      fc.asyncProperty(glob, async (path) => {
        const read = await readByPolars(path);
        const goesUp = path.split("/").some((name) => name.startsWith(".") && globToRegExp(name).test(".."));
        const mustBeRefused = read instanceof Error || goesUp;
        expect([path, isRefused(path)]).toEqual([path, mustBeRefused]);
        const expected = mustBeRefused ? [] : read;
        matches += expected.length;
        expect(mustBeRefused ? [] : matched(path)).toEqual(expected);
        expect(mustBeRefused ? [] : await listed(path)).toEqual(expected);
      }),
      { numRuns: 150 },
    );
    expect(matches).toBeGreaterThan(5);
  });
});

test.each(["[", "x[.csv", "x[1.csv", "[].csv", "[!].csv", "d[/]a.csv", "a**.csv", "**.csv", "***", "***/a.csv"])(
  "a glob that Polars does not take is refused when the bucket is made: %s",
  async (glob) => {
    expect(await readByPolars(glob)).toMatchObject({ message: expect.stringContaining("invalid glob pattern") });
    expect(() => provider.bucket("lake", glob, { format: "csv" })).toThrow(
      expect.objectContaining({ code: "PATH_INVALID" }),
    );
  },
);

test.each(["**", "d/**", "**/d/**"])(
  "so is one that ends in folders, of which Polars reads no file: %s",
  async (glob) => {
    expect(await readByPolars(glob)).toEqual([]);
    expect(() => provider.bucket("lake", glob, { format: "csv" })).toThrow(
      expect.objectContaining({ code: "PATH_INVALID" }),
    );
  },
);

test.each([".*/*.csv", "d/.?/*.csv", "d/.[.]/*.csv", "d/..*/*.csv", "d/e/.*/.*/*.csv"])(
  "so is one with which Polars would leave the folder: %s",
  async (glob) => {
    const read = await readByPolars(glob);
    expect(read).toEqual(expect.arrayContaining([expect.stringMatching(/(^|\/)\.\.\//)]));
    expect(() => provider.bucket("lake", glob)).toThrow(
      expect.objectContaining({ code: "PATH_INVALID", hint: expect.stringContaining("`[.]*`") }),
    );
  },
);

test.each(files)("a file of any name is read alone, where wildcards are meant literally: %s", async (file) => {
  const bucket = provider.bucket("lake", file, { glob: false });
  expect((await bucket.preview()).toRecords()).toEqual([{ v: 1 }]);
  expect((await bucket.storage.list(bucket.location)).map(({ path }) => path)).toEqual([file]);
});

test("wildcards in the root are no wildcards", async () => {
  const odd = join(root, "[r]oot*");
  await put(odd, { "lake/a.csv": "v\n2\n" });
  await put(join(root, "root1"), { "lake/a.csv": "v\n3\n" });
  const bucket = new Provider(local({ root: odd })).bucket("lake", "*.csv");
  expect((await bucket.preview()).toRecords()).toEqual([{ v: 2 }]);
});

test("wildcards in the name of the bucket are no wildcards", async () => {
  const folder = join(root, "buckets");
  await put(folder, { "l[a]ke/a.csv": "v\n2\n", "lake/a.csv": "v\n3\n" });
  const bucket = new Provider(local({ root: folder })).bucket("l[a]ke", "*.csv");
  expect((await bucket.preview()).toRecords()).toEqual([{ v: 2 }]);
});
