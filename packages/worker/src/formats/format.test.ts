import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { checkFormatOptions, type FormatName, formats, type LazyFrame } from "@glacier/core";
import pl from "nodejs-polars";
import { afterEach, beforeEach, describe, expect, expectTypeOf, it } from "vitest";
import { type FormatAdapter, formatAdapters } from "./format.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "glacier-formats-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const names: readonly FormatName[] = ["parquet", "csv", "ndjson", "ipc"];
const frame = (first = 1): LazyFrame =>
  pl.DataFrame({ a: pl.Series("a", [first, first + 1], pl.Int64), b: ["x", "y"] }).lazy();

it("has an adapter for every format of core", () => {
  expect(Object.keys(formatAdapters)).toEqual(Object.keys(formats));
  expectTypeOf(formatAdapters).toEqualTypeOf<Readonly<Record<FormatName, FormatAdapter>>>();
});

describe.each(names)("%s", (format) => {
  const adapter = formatAdapters[format];
  const ending = formats[format].extensions[0] as string;
  const write = (path: string, first = 1): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    adapter.sink(frame(first), { uri: join(folder, path) }, {}).collectSync();
  };
  const scan = (path: string, glob = false): LazyFrame => adapter.scan(pl, { uri: join(folder, path), glob }, {});
  const values = (path: string, glob = false): unknown[] => [
    ...scan(path, glob).collectSync().getColumn("a").toArray(),
  ];

  it("writes to a file with any ending, or with none", () => {
    for (const path of ["staged", "staged.7f3a", "staged.txt.gz"]) {
      write(path);
      expect(values(path)).toEqual([1, 2]);
    }
  });

  it("takes frozen options and leaves them as they are", () => {
    const options = Object.freeze({});
    adapter.sink(frame(), { uri: join(folder, "x") }, options).collectSync();
    expect(adapter.scan(pl, { uri: join(folder, "x"), glob: false }, options).collectSync().height).toBe(2);
    expect(options).toEqual({});
    const deep = checkFormatOptions(format, "scan", { nRows: 1, rowIndexName: "i" }, "Test");
    expect(adapter.scan(pl, { uri: join(folder, "x"), glob: false }, deep).collectSync().columns).toEqual([
      "i",
      "a",
      "b",
    ]);
  });

  it("plans without looking at a file", () => {
    expect(() => scan("nowhere")).not.toThrow();
    const plan = adapter.sink(frame(), { uri: join(folder, "planned") }, {});
    expect(readdirSync(folder)).toEqual([]);
    plan.collectSync();
    expect(readdirSync(folder)).toEqual(["planned"]);
  });

  it("leaves it to the storage that the file gets to the disk, and makes no folders", () => {
    const plan = adapter
      .sink(frame(), { uri: join(folder, "x") }, {})
      .serialize("json")
      .toString();
    expect(plan).toMatch(/"sync_on_close":"None"/);
    expect(plan).toMatch(/"mkdir":false/);
    expect(() => adapter.sink(frame(), { uri: join(folder, "no/x") }, {}).collectSync()).toThrow(
      /No such file or directory/,
    );
  });

  it("gives settings of a connection to Polars in a new object", () => {
    const cloudOptions = Object.freeze({ aws_region: "eu-west-1" });
    const plan = adapter.sink(frame(), { uri: "s3://lake/x", cloudOptions }, {}).serialize("json").toString();
    expect(plan).toContain("eu-west-1");
    if (format === "ipc") return;
    const source = adapter.scan(pl, { uri: "s3://lake/x", glob: false, cloudOptions }, {}).serialize("json").toString();
    expect(source).toContain("eu-west-1");
  });

  it.each(["[z]", "a*", "a?", "[!a]", "a b", "ü", "a%20b", "a{b,c}", "a#b", "~x", "x=1"])(
    "reads a file that is really called %s",
    (name) => {
      write(`other/${name.length === 3 ? "z" : "ab"}${ending}`, 50);
      write(`other/${name}${ending}`, 1);
      expect(values(`other/${name}${ending}`)).toEqual([1, 2]);
    },
  );

  it("reads what is in a folder with wildcards in its name", () => {
    write(`[d]*/1${ending}`, 1);
    write(`dx/1${ending}`, 50);
    expect(values(`[d]*/1${ending}`)).toEqual([1, 2]);
    expect(values("[d]*")).toEqual([1, 2]);
    expect(values("[d]*/")).toEqual([1, 2]);
    expect(values(`[[]d][*]/*${ending}`, true)).toEqual([1, 2]);
  });

  it("reads all files that match a glob, in the order of their names", () => {
    for (const [name, first] of [
      ["b", 3],
      ["a", 1],
      ["c/d", 5],
      [".hidden", 7],
      ["_part", 9],
    ] as const)
      write(`in/${name}${ending}`, first);
    expect(values(`in/*${ending}`, true)).toEqual([7, 8, 9, 10, 1, 2, 3, 4]);
    expect(values(`in/**/*${ending}`, true)).toEqual([7, 8, 9, 10, 1, 2, 3, 4, 5, 6]);
    expect(values(`in/[ab]${ending}`, true)).toEqual([1, 2, 3, 4]);
    expect(values(`in/[!b]${ending}`, true)).toEqual([1, 2]);
  });

  it("reads all files of a directory, hidden ones and those further down too", () => {
    for (const [name, first] of [
      ["b", 3],
      ["c/d", 5],
      [".hidden", 7],
      ["_part", 9],
    ] as const)
      write(`in/${name}${ending}`, first);
    writeFileSync(join(folder, `in/_SUCCESS`), "");
    symlinkSync(join(folder, `in/b${ending}`), join(folder, `in/link${ending}`));
    for (const path of ["in", "in/"]) expect(values(path)).toEqual([7, 8, 9, 10, 3, 4, 5, 6, 3, 4]);
  });

  it("refuses a directory with files of different endings", () => {
    write(`in/a${ending}`);
    writeFileSync(join(folder, "in/notes.txt"), "notes");
    expect(() => values("in/")).toThrow(/directory contained paths with different file extensions/);
    expect(values(`in/*${ending}`, true)).toEqual([1, 2]);
  });

  it("says that a file is missing", () => {
    for (const path of ["nope", "nope/", `nope/x${ending}`, `[nope]${ending}`]) {
      expect(() => values(path)).toThrow(/^No such file or directory \(os error 2\): /);
    }
  });

  it("says that a glob or a directory has no file with something in it", () => {
    mkdirSync(join(folder, "empty"));
    writeFileSync(join(folder, `zero${ending}`), "");
    for (const [path, glob] of [
      ["no*", true],
      ["nodir/*", true],
      ["empty/", false],
      [`z*${ending}`, true],
    ] as const) {
      expect(() => values(path, glob)).toThrow(/expanded paths were empty/);
    }
  });

  it("says that a file is empty", () => {
    writeFileSync(join(folder, "zero"), "");
    const message = {
      parquet: /A Parquet file must contain a header and footer with at least 12 bytes/,
      csv: /^no data: empty CSV$/,
      ndjson: /^Cannot infer NDJSON types on empty reader/,
      ipc: /^Invalid argument \(os error 22\)$/,
    }[format];
    expect(() => values("zero")).toThrow(message);
  });

  it("skips empty files among others", () => {
    write(`in/a${ending}`);
    writeFileSync(join(folder, `in/zero${ending}`), "");
    expect(values("in/")).toEqual([1, 2]);
    expect(values(`in/*${ending}`, true)).toEqual([1, 2]);
  });

  it("counts rows without reading them", () => {
    write("x");
    expect(scan("x").select(pl.len()).collectSync().row(0)).toEqual([2]);
  });

  if (format !== "ndjson")
    it("keeps the columns of a frame without rows", () => {
      adapter.sink(frame().limit(0), { uri: join(folder, "none") }, {}).collectSync();
      expect(scan("none").collectSync().columns).toEqual(["a", "b"]);
    });

  if (format === "ndjson")
    it("writes an empty file for a frame without rows", () => {
      adapter.sink(frame().limit(0), { uri: join(folder, "none") }, {}).collectSync();
      expect(statSync(join(folder, "none")).size).toBe(0);
    });
});
