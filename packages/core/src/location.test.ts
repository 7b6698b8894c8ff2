import { describe, expect, test } from "vitest";
import { fakeProvider, thrownBy } from "./fake-storage.test-d.ts";
import { GlacierError } from "./errors.ts";
import { hasWildcards, label } from "./location.ts";

const provider = fakeProvider();

// oxlint-disable-next-line typescript/no-explicit-any -- what JavaScript lets through
const bucketOf = (bucket: any, path: any): unknown => provider.bucket(bucket, path);

describe("bucket names", () => {
  test.each([
    ["", "is empty"],
    ["  ", "is empty"],
    ["a\nb", "has control characters in it"],
    ["a\u0000", "has control characters in it"],
    ["a/b", "has a slash in it"],
    ["a\\b", "has a slash in it"],
    [".", "would leave the root of the storage"],
    ["..", "would leave the root of the storage"],
    ["half \ud83d", "has half a character in it"],
    [null, "is no text"],
    [undefined, "is no text"],
    [7, "is no text"],
    [true, "is no text"],
    [5n, "is no text"],
    [Symbol("x"), "is no text"],
    [() => "lake", "is no text"],
  ])("%s is refused, since it %s", (name, why) => {
    const error = thrownBy(() => bucketOf(name, "x.parquet"));
    expect(error).toMatchObject({ code: "BUCKET_NAME_INVALID", message: expect.stringContaining(why) });
    expect(GlacierError.is(error)).toBe(true);
  });

  test("a name with a slash is told where folders go", () => {
    expect(thrownBy(() => bucketOf("lake/raw", "x.parquet"))).toMatchObject({
      message: 'The bucket name "lake/raw" has a slash in it.',
      hint: expect.stringContaining('provider.bucket("lake", "raw/orders.parquet")'),
    });
  });

  test.each(["lake", "a b", "日本", "e\u0301", "👨‍👩‍👧‍👦", "x".repeat(500), "a.b", "__proto__", "constructor"])(
    "%j is taken",
    (name) => {
      expect(provider.bucket(name, "x.parquet").bucket).toBe(name);
    },
  );
});

describe("paths", () => {
  test.each([
    ["", "is empty"],
    [" ", "is empty"],
    ["/", "is absolute"],
    ["/etc/passwd.csv", "is absolute"],
    ["C:\\data\\x.csv", "has a backslash in it"],
    ["C:/data/x.csv", "is absolute"],
    ["s3://lake/x.csv", "is absolute"],
    ["file:///x.csv", "is absolute"],
    ["a\\b.csv", "has a backslash in it"],
    ["..", "has `..` in it"],
    ["../x.csv", "has `..` in it"],
    ["a/../../x.csv", "has `..` in it"],
    ["a/..", "has `..` in it"],
    ["a//b.csv", "has an empty part"],
    ["a/./b.csv", "has an empty part"],
    ["a//", "has an empty part"],
    ["x\u0000.csv", "has control characters in it"],
    ["x\n.csv", "has control characters in it"],
    ["x\u007f.csv", "has control characters in it"],
    ["\udc00.csv", "has half a character in it"],
    [undefined, "is no text"],
    [null, "is no text"],
    [42, "is no text"],
    [["a.csv"], "is no text"],
  ])("%j is refused, since it %s", (path, why) => {
    const error = thrownBy(() => bucketOf("lake", path));
    expect(error).toMatchObject({ code: "PATH_INVALID", message: expect.stringContaining(why) });
    expect((error as GlacierError).message).toContain("in bucket `lake`");
    expect((error as GlacierError).hint).toMatch(/\.$/);
  });

  test.each([
    ["raw/[.csv", "has a `[` without"],
    ["raw/[].csv", "has a `[` without"],
    ["raw/[!].csv", "has a `[` without"],
    ["a[/]b.csv", "has a `[` without"],
    ["a**.csv", "has `**` beside other characters"],
    ["***/a.csv", "has `**` beside other characters"],
    ["raw/**", "ends in `**`"],
    [".*/x.csv", "has the part `.*`, which also stands for `..`"],
    ["raw/.?/x.csv", "has the part `.?`, which also stands for `..`"],
    ["raw/.[!a]*/x.csv", "which also stands for `..`"],
    ["raw/..*/x.csv", "which also stands for `..`"],
  ])("the glob %j is refused, since it %s", (path, why) => {
    expect(thrownBy(() => provider.bucket("lake", path, { format: "csv" }))).toMatchObject({
      code: "PATH_INVALID",
      message: expect.stringContaining(why),
      hint: expect.stringContaining("glob: false"),
    });
    expect(provider.bucket("lake", path, { format: "csv", glob: false }).isPattern).toBe(false);
  });

  test.each(["raw/.a*/x.csv", "raw/[.]*/x.csv", "raw/*.csv", "*/x.csv", ".*.csv"])("the glob %j is taken", (path) => {
    expect(provider.bucket("lake", path).isPattern).toBe(true);
  });

  test("a slash at the end means the same folder", () => {
    const folder = provider.bucket("lake", "raw/", { format: "csv" });
    expect(folder.path).toBe("raw");
    expect(folder.uri).toBe(provider.bucket("lake", "raw", { format: "csv" }).uri);
  });

  test.each([
    "a/..b/c..csv.csv",
    "..x.csv",
    "...csv",
    "日本/データ.csv",
    "a b.csv",
    " x.csv",
    "%2e%2e/x.csv",
    "~/x.csv",
  ])("%j is taken as it is", (path) => {
    expect(provider.bucket("lake", path).path).toBe(path);
  });

  test("a very long one is shown short", () => {
    const error = thrownBy(() => bucketOf("lake", `/${"x".repeat(10_000)}`)) as GlacierError;
    expect(error.message.length).toBeLessThan(150);
  });
});

test("wildcards are `*`, `?` and `[`", () => {
  expect(["a*b", "a?b", "[ab]"].map(hasWildcards)).toEqual([true, true, true]);
  expect(["ab", "a]b", "{a,b}", "a.b"].map(hasWildcards)).toEqual([false, false, false, false]);
});

test("a location is called bucket/path", () => {
  expect(label({ bucket: "lake", path: "raw/x.csv" })).toBe("lake/raw/x.csv");
});
