import { mkdirSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { dirname } from "node:path";
import {
  type Bucket,
  type FormatName,
  formats,
  type GlacierError,
  label,
  type LazyFrame,
  Provider,
} from "@glacier/core";
import { local } from "@glacier/provider-local";
import pl from "nodejs-polars";
import { beforeEach, describe, expect, it } from "vitest";
import { type Lake, makeLake, succeed, wait } from "../test/lake.ts";
import { scanBucket } from "./scan.ts";

const names = Object.keys(formats) as FormatName[];

let lake: Lake;
beforeEach(() => {
  lake = makeLake();
  return () => lake.remove();
});

/** Writes a file whose only row is its own name. */
function write(format: FormatName, path: string, at: Lake = lake): void {
  const frame = pl.DataFrame({ v: [path] }).lazy();
  const options = { checkExtension: false };
  const file = at.path(path);
  const sinks = {
    parquet: () => frame.sinkParquet(file),
    csv: () => frame.sinkCSV(file, options),
    ndjson: () => frame.sinkNdJson(file, options),
    ipc: () => frame.sinkIpc(file),
  };
  sinks[format]().collectSync();
}

const valuesIn = async (bucket: Bucket): Promise<unknown[]> => {
  const frame = await (await scanBucket(bucket)).collect();
  return frame.getColumn("v").toArray();
};

describe("what Polars reads", () => {
  const files = [
    "d/b",
    "d/a/z",
    "d/a-/y",
    "d/a.",
    "d/.h",
    "d/.hid/x",
    "d/\u{1d4b3}",
    "d/\uffee",
    "d/B",
    "d/_u",
    "other",
    "d/10",
    "d/9",
  ];
  const patterns = [
    "d",
    "d/a",
    "d/b.x",
    "d/*.x",
    "**/*.x",
    "d/*/*.x",
    "*/*/?.x",
    "d/[!a-b]*.x",
    "d/**/[xyz].x",
    "d/[a-b]*/**/*",
    "*",
  ];

  it.each(names)("is what the storage lists, in that order: %s", async (format) => {
    for (const file of files) write(format, `${file}.x`);
    // Polars passes over empty files, where it reads more than one.
    lake.put("d/empty.x", "");
    lake.put("d/a/empty.x", "");
    mkdirSync(lake.path("d/folder.x"));
    symlinkSync("a", lake.path("d/link"));
    symlinkSync("b.x", lake.path("d/link.x"));
    const followed = (path: string): string => path.replace("d/link.x", "d/b.x").replace("d/link/", "d/a/");
    for (const path of patterns) {
      const bucket = lake.provider.bucket("b", path, { format });
      const listed = await bucket.storage.list(bucket.location);
      expect(listed.length).toBeGreaterThan(0);
      expect(await valuesIn(bucket)).toEqual(listed.map((object) => followed(object.path)));
    }
  });
});

describe("a source", () => {
  const odd = [
    "sp ace",
    "ha#sh",
    "per%20cent",
    "q'uo\"te",
    "col:on",
    "eq=ual",
    "am&p;",
    "~til",
    "$HOME",
    "é-日本-😀",
    "back`tick",
    "(p)",
    "!bang",
    "^caret",
    "+plus",
    " lead",
    "trail ",
    "dot.",
    "-dash",
    "{a,b}",
    "c]",
    "@at",
    "pi|pe",
    "<angle>",
  ];
  it.each(names)("may have any name: %s", async (format) => {
    for (const name of odd) {
      write(format, `${name}/${name}.x`);
      for (const path of [`${name}/${name}.x`, name, `${name}/*.x`]) {
        expect(await valuesIn(lake.provider.bucket("b", path, { format }))).toEqual([`${name}/${name}.x`]);
      }
    }
  });

  it.each(names)("may have wildcards in its name, its bucket and its root: %s", async (format) => {
    const wild = makeLake("la[k]e*?");
    const name = "[x]*?/f[1]*.x";
    write(format, name, wild);
    write(format, "x/f1.x", wild);
    expect(await valuesIn(wild.provider.bucket("b", name, { format, glob: false }))).toEqual([name]);
    expect(await valuesIn(wild.provider.bucket("b", "[x]*?", { format, glob: false }))).toEqual([name]);
    expect(await valuesIn(wild.provider.bucket("b", "x/*.x", { format }))).toEqual(["x/f1.x"]);
    const above = new Provider(local({ root: dirname(wild.root) }));
    expect(await valuesIn(above.bucket("la[k]e*?", "b/x/*.x", { format }))).toEqual(["x/f1.x"]);
    wild.remove();
  });

  it.each(names)("may have a root that is given relative to the current folder: %s", async (format) => {
    write(format, "f.x");
    const before = process.cwd();
    process.chdir(dirname(lake.root));
    const provider = new Provider(local({ root: "lake" }));
    process.chdir(before);
    expect(await valuesIn(provider.bucket("b", "f.x", { format }))).toEqual(["f.x"]);
  });

  it("that is not there, or is an empty folder, is named with what to do", async () => {
    mkdirSync(lake.path("empty"));
    const refused = (bucket: Bucket): Promise<unknown> => scanBucket(bucket).catch((error: unknown) => error);
    expect(await refused(lake.provider.bucket("b", "no.csv"))).toMatchObject({
      code: "SOURCE_NOT_FOUND",
      message: "`b/no.csv` does not exist or is an empty folder in provider `local`.",
      details: { provider: "local", bucket: "b", path: "no.csv" },
    });
    expect(await refused(lake.provider.bucket("b", "empty", { format: "csv" }))).toMatchObject({
      code: "SOURCE_NOT_FOUND",
    });
    expect(await refused(lake.provider.bucket("b", "*.csv"))).toMatchObject({
      code: "SOURCE_NOT_FOUND",
      message: expect.stringContaining("matches no file") as string,
    });
    const made = lake.provider
      .bucket("b", "no.csv")
      .transform(lake.here.task("make", (df) => df))
      .to(lake.provider.bucket("b", "made.csv"));
    expect(((await refused(made)) as GlacierError).hint).toBe("Step `make` writes it: run that first.");
  });
});

describe("a bucket that is written with options", () => {
  const rows = { a: ["x;y", 'q"', null], n: [1.5, 2, 3] };
  const roundTrip = async (path: string, options: object): Promise<unknown> => {
    pl.DataFrame(rows).writeParquet(lake.path("in.parquet"));
    const target = lake.provider.bucket("b", path, options);
    await succeed(
      lake.provider
        .bucket("b", "in.parquet")
        .transform(lake.here.task("copy", (df) => df))
        .to(target),
    );
    const frame = await (await scanBucket(target)).collect();
    return [label(target), frame.rows()];
  };
  const values = [
    ["x;y", 1.5],
    ['q"', 2],
    [null, 3],
  ];

  it.each<[string, object]>([
    ["x.csv", { sink: { separator: ";" } }],
    ["x.csv", { sink: { separator: ";", decimalComma: true } }],
    ["x.csv", { sink: { includeHeader: false } }],
    ["x.csv", { sink: { quoteChar: "'", nullValue: "NA" } }],
    ["x.csv", { sink: { quoteStyle: "always" } }],
    ["x.csv", { sink: { includeBom: true, lineTerminator: "\r\n" } }],
    ["x.csv.gz", {}],
    ["x.csv.zst", { sink: { separator: "|" } }],
    ["x.ndjson.gz", {}],
    ["x.parquet", { sink: { compression: "lz4" } }],
    ["x.arrow", { sink: { compression: "zstd" } }],
  ])("is read as it was written: %s %o", async (path, options) => {
    expect(await roundTrip(path, options)).toEqual([`b/${path}`, values]);
  });

  it("is read as its `scan` says, where that says something else", async () => {
    const options = { sink: { separator: ";" }, scan: { separator: "|", quoteChar: null } };
    expect(await roundTrip("x.csv", options)).toEqual(["b/x.csv", [['"x;y";1.5'], ['"q""";2.0'], [";3.0"]]]);
  });
});

describe("a folder", () => {
  it("with files of different endings is refused, unless they are hidden", async () => {
    write("parquet", "d/a.parquet");
    lake.put("d/_log.txt", "x");
    const read = (options: object): Promise<unknown[]> =>
      valuesIn(lake.provider.bucket("b", "d", { format: "parquet", ...options }));
    await expect(read({})).rejects.toMatchObject({
      code: "SOURCE_UNREADABLE",
      hint: "Read a pattern, such as `d/**/*.parquet`.",
    });
    expect(await read({ scan: { hiddenFilePrefix: "_" } })).toEqual(["d/a.parquet"]);
  });
});

describe("a file that is replaced while a query over it waits", () => {
  it.each(names)("is read whole, as the old one or the new one: %s", async (format) => {
    const ending = formats[format].extensions[0] as string;
    const rows = (value: number): LazyFrame => pl.DataFrame({ n: Array.from({ length: 200_000 }, () => value) }).lazy();
    rows(1).sinkParquet(lake.path("one.parquet")).collectSync();
    rows(2).sinkParquet(lake.path("two.parquet")).collectSync();
    const target = lake.provider.bucket("b", `x${ending}`);
    const copy = lake.here.task("copy", (df) => df);
    const from = (name: string): Bucket => lake.provider.bucket("b", name).transform(copy).to(target);
    await succeed(from("one.parquet"));
    const sums = new Set<unknown>();
    for (let round = 0; round < 6; round++) {
      const scanned = await scanBucket(target);
      const reading = scanned.select(pl.col("n").sum(), pl.len().alias("rows")).collect();
      const [, frame] = await Promise.all([succeed(from(round % 2 === 0 ? "two.parquet" : "one.parquet")), reading]);
      sums.add(frame.row(0).join());
    }
    for (const sum of sums) expect(["200000,200000", "400000,200000"]).toContain(sum);
    expect(lake.staged()).toEqual([]);
  });

  it.each(["parquet", "ipc"] as const)("is not looked for where things were in the old one: %s", async (format) => {
    const path = `x${formats[format].extensions[0]}`;
    write(format, path);
    const frame = await scanBucket(lake.provider.bucket("b", path, { format }));
    const rows = pl.DataFrame({ v: Array.from({ length: 5_000 }, (_, at) => `value ${at}`) }).lazy();
    rmSync(lake.path(path));
    (format === "parquet" ? rows.sinkParquet(lake.path(path)) : rows.sinkIpc(lake.path(path))).collectSync();
    expect((await frame.collect()).height).toBe(5_000);
    expect((await frame.select(pl.len()).collect()).row(0)).toEqual([5_000]);
  });

  it("has to be scanned again after a query over it has run: Polars keeps what it learnt of the old one", async () => {
    write("parquet", "x.parquet");
    const bucket = lake.provider.bucket("b", "x.parquet");
    const frame = await scanBucket(bucket);
    await frame.collect();
    const rows = pl.DataFrame({ v: Array.from({ length: 5_000 }, (_, at) => `value ${at}`) });
    rmSync(lake.path("x.parquet"));
    rows.writeParquet(lake.path("x.parquet"));
    await expect(frame.collect()).rejects.toThrow("parquet");
    expect((await (await scanBucket(bucket)).collect()).height).toBe(5_000);
  });

  it("may be gone: then the query fails, and nothing else does", async () => {
    write("parquet", "x.parquet");
    const frame = await scanBucket(lake.provider.bucket("b", "x.parquet"));
    rmSync(lake.path("x.parquet"));
    await expect(frame.collect()).rejects.toThrow("No such file");
    await wait(50);
    expect(readdirSync(lake.path("."))).toEqual([]);
  });
});
