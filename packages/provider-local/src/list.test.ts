import { mkdirSync, statSync, utimesSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makePlace, type Place, refusal } from "../test/place.ts";

let place: Place;
beforeEach(() => {
  place = makePlace();
});
afterEach(() => place.remove());

const put = (...names: readonly string[]): void => {
  for (const name of names) place.put(`b/${name}`);
};

describe("a listing", () => {
  it("of a file is that file, also when it is empty", async () => {
    place.put("b/a.parquet", "12345");
    place.put("b/empty.parquet", "");
    utimesSync(place.path("b/a.parquet"), 1, 1_700_000_000);
    expect(await place.list("a.parquet")).toMatchObject([{ path: "a.parquet", size: 5, modified: 1_700_000_000_000 }]);
    expect(await place.paths("empty.parquet")).toEqual(["empty.parquet"]);
  });

  it("of a folder is all files under it, hidden ones too, in the order of their bytes", async () => {
    put("d/b", "d/a/z", "d/a-/y", "d/a.x", "d/.h", "d/.hidden/x", "d/\u{1d4b3}", "d/\uffee", "d/B", "other");
    expect(await place.paths("d")).toEqual([
      "d/.h",
      "d/.hidden/x",
      "d/B",
      "d/a-/y",
      "d/a.x",
      "d/a/z",
      "d/b",
      "d/\uffee",
      "d/\u{1d4b3}",
    ]);
  });

  it("of a glob is the files that match", async () => {
    put("a.csv", "b.csv", "ab.csv", "d/a.csv", "d/e/a.csv", "d/e/f/b.csv", "x/a.txt");
    mkdirSync(place.path("b/folder.csv"));
    expect(await place.paths("*.csv")).toEqual(["a.csv", "ab.csv", "b.csv"]);
    expect(await place.paths("?.csv")).toEqual(["a.csv", "b.csv"]);
    expect(await place.paths("[!a]*.csv")).toEqual(["b.csv"]);
    expect(await place.paths("*/a.*")).toEqual(["d/a.csv", "x/a.txt"]);
    expect(await place.paths("**/a.csv")).toEqual(["a.csv", "d/a.csv", "d/e/a.csv"]);
    expect(await place.paths("d/**/*.csv")).toEqual(["d/a.csv", "d/e/a.csv", "d/e/f/b.csv"]);
    expect(await place.paths("d/*/**/b.csv")).toEqual(["d/e/f/b.csv"]);
    expect(await place.paths("*", { glob: false })).toEqual([]);
  });

  it("leaves out empty files, where it is of a folder or a glob", async () => {
    put("d/a");
    place.put("b/d/_SUCCESS", "");
    expect(await place.paths("d")).toEqual(["d/a"]);
    expect(await place.paths("d/*")).toEqual(["d/a"]);
  });

  it("takes names literally that have wildcards in them, where they are not meant", async () => {
    place.put("[b]*/x?.csv");
    place.put("bb/xy.csv");
    expect(await place.paths("x?.csv", { bucket: "[b]*", glob: false })).toEqual(["x?.csv"]);
    expect(await place.paths("x*.csv", { bucket: "[b]*" })).toEqual(["x?.csv"]);
  });

  it("is empty where there is nothing: no root, no bucket, no file, a file in place of a folder", async () => {
    expect(await place.list("x.csv")).toEqual([]);
    expect(await place.list("**/*.csv")).toEqual([]);
    put("x.csv");
    mkdirSync(place.path("b/empty"));
    for (const path of ["y.csv", "x.csv/y.csv", "x.csv/*", "empty", "empty/*", "no/**/*"]) {
      expect(await place.list(path)).toEqual([]);
    }
    expect(await place.list("x.csv", { bucket: "c" })).toEqual([]);
  });

  it("is empty where the root is a file", async () => {
    place.put(".", "x");
    expect(await place.list("x.csv")).toEqual([]);
  });

  it("gives an object another version when it changes", async () => {
    put("a", "b");
    const [before] = await place.list("a");
    expect((await place.list("a"))[0]).toEqual(before);
    utimesSync(place.path("b/a"), 1, 1);
    expect((await place.list("a"))[0]?.version).not.toBe(before?.version);
  });
});

describe("symbolic links", () => {
  it("to files and folders in the root are followed, and one file is known by one identity", async () => {
    put("real/a", "real/d/b");
    place.link("b/file", "real/a");
    place.link("b/folder", "real");
    place.link("c", "b/real");
    expect(await place.paths("file")).toEqual(["file"]);
    expect(await place.paths("folder")).toEqual(["folder/a", "folder/d/b"]);
    expect(await place.paths("*/a")).toEqual(["folder/a", "real/a"]);
    expect(await place.paths("d", { bucket: "c" })).toEqual(["d/b"]);
    const found = [
      ...(await place.list("file")),
      ...(await place.list("*/a")),
      ...(await place.list("a", { bucket: "c" })),
    ];
    expect(new Set(found.map(({ identity }) => identity)).size).toBe(1);
    expect((await place.list("real/d/b"))[0]?.identity).not.toBe(found[0]?.identity);
  });

  it("that leave the root are refused, wherever they are on the way", async () => {
    const other = makePlace();
    other.put("x/secret.csv");
    place.link("b/file.csv", other.path("x/secret.csv"));
    place.link("b/folder", other.path("x"));
    place.link("c", other.root);
    for (const [path, bucket] of [
      ["file.csv", "b"],
      ["*.csv", "b"],
      ["folder/secret.csv", "b"],
      ["folder", "b"],
      ["folder/*", "b"],
      ["*/*.csv", "b"],
      ["**/*.csv", "b"],
      ["x/secret.csv", "c"],
    ] as const) {
      expect(await refusal(place, place.list(path, { bucket }))).toMatchObject({ code: "PATH_OUTSIDE_ROOT" });
    }
    other.remove();
  });

  it("that leave the root do not matter where nothing reads them", async () => {
    place.link("b/outside.txt", place.above);
    place.link("b/file.txt", "/etc/hostname");
    put("a.csv", "d/a.csv");
    expect(await place.paths("*.csv")).toEqual(["a.csv"]);
    expect(await place.paths("d/**/*.csv")).toEqual(["d/a.csv"]);
  });

  it("may lead out of the root and back", async () => {
    put("a.csv");
    place.link("b/back.csv", `${place.root}/../root/b/a.csv`);
    place.link("b/up", "../..");
    expect(await place.paths("back.csv")).toEqual(["back.csv"]);
    expect(await place.paths("up/root/b/a.csv")).toEqual(["up/root/b/a.csv"]);
  });

  it("to the root itself are like the root", async () => {
    put("a.csv");
    place.link("again", ".");
    expect(await place.paths("b/a.csv", { bucket: "again" })).toEqual(["b/a.csv"]);
  });

  it("that lead nowhere are named, where they would be read", async () => {
    place.link("b/gone.csv", "nowhere.csv");
    put("a.csv");
    for (const path of ["*.csv", "**/*.csv"]) {
      expect(await refusal(place, place.list(path))).toMatchObject({
        code: "SOURCE_NOT_FOUND",
        message: "`b/gone.csv` is a symbolic link that leads nowhere.",
      });
    }
    expect(await place.paths("a*.csv")).toEqual(["a.csv"]);
    expect(await place.list("gone.csv")).toEqual([]);
  });

  it("that go round in a circle are refused, where Polars would read files again and again", async () => {
    put("d/a.csv", "e/a.csv");
    place.link("b/d/self", ".");
    place.link("b/loop.csv", "loop.csv");
    for (const path of ["d", "d/**/*.csv", "**/*.csv", "loop.csv", "*.csv"]) {
      expect(await refusal(place, place.list(path))).toMatchObject({
        code: "STORAGE_FAILED",
        message: expect.stringContaining("goes round in a circle") as string,
      });
    }
    expect(await place.paths("d/*.csv")).toEqual(["d/a.csv"]);
    expect(await place.paths("d/*/*.csv")).toEqual(["d/self/a.csv"]);
    expect(await place.paths("e")).toEqual(["e/a.csv"]);
    expect(await place.paths("a*.csv")).toEqual([]);
  });
});

describe("a folder of many files", () => {
  it("is listed with a few operations each", async () => {
    for (let at = 0; at < 2_000; at++) put(`many/${at % 20}/${at}.csv`);
    const started = performance.now();
    expect(await place.list("many/**/*.csv")).toHaveLength(2_000);
    expect(performance.now() - started).toBeLessThan(2_000);
    expect(statSync(place.path("b/many")).isDirectory()).toBe(true);
  });
});
