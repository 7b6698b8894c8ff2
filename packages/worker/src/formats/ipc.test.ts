import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { checkFormatOptions, type IpcScanOptions, type IpcSinkOptions, type LazyFrame } from "@glacier/core";
import pl from "nodejs-polars";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { formatAdapters } from "./format.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "glacier-ipc-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const { ipc } = formatAdapters;
const scan = (path: string, options: IpcScanOptions = {}, glob = false): LazyFrame =>
  ipc.scan(pl, { uri: join(folder, path), glob }, checkFormatOptions("ipc", "scan", options, "Test"));
const write = (frame: LazyFrame, path: string, options: IpcSinkOptions = {}): Buffer => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  ipc.sink(frame, { uri: join(folder, path) }, checkFormatOptions("ipc", "sink", options, "Test")).collectSync();
  return readFileSync(join(folder, path));
};
const small = () => pl.DataFrame({ a: pl.Series("a", [1, 2, 3], pl.Int64), n: ["x", "y", "z"] }).lazy();
const many = () =>
  pl
    .DataFrame({
      a: pl.Series(
        "a",
        Array.from({ length: 20_000 }, (_, i) => i % 100),
        pl.Int64,
      ),
      b: Array.from({ length: 20_000 }, (_, i) => `value ${i % 7}`),
    })
    .lazy();

describe("reading Arrow IPC", () => {
  it("reads the first rows and numbers them, which Polars' own types do not list", () => {
    write(small(), "small");
    expect(scan("small", { nRows: 2 }).collectSync().height).toBe(2);
    expect(scan("small", { rowIndexName: "i", rowIndexOffset: 5, nRows: 1 }).collectSync().toRecords()).toEqual([
      { i: 5, a: 1, n: "x" },
    ]);
  });

  it("leaves columns of a file as they are, whatever its folders are called", () => {
    write(small(), "n=7/day=1/1.arrow");
    expect(pl.scanIPC(join(folder, "n=7/day=1/1.arrow")).collectSync().columns).toEqual(["a", "n", "day"]);
    for (const [path, glob] of [
      ["n=7/day=1/1.arrow", false],
      ["n=7/day=1/*.arrow", true],
      ["*/*/1.arrow", true],
    ] as const) {
      expect(scan(path, {}, glob).collectSync().toRecords()[0]).toEqual({ a: 1, n: "x" });
    }
  });

  it("makes columns of the folders in a directory, as for Parquet", () => {
    for (const path of ["n=7", "n=7/"]) {
      expect(scan(path).collectSync().toRecords()[0]).toEqual({ a: 1, n: "x", day: 1 });
    }
  });

  it("keeps its options where the plan is changed", () => {
    const options = { nRows: 1, rowIndexName: "i" };
    expect(
      scan("n=7/day=1/1.arrow", options)
        .filter(pl.col("n").eq(pl.lit("x")))
        .collectSync()
        .toRecords(),
    ).toEqual([{ i: 0, a: 1, n: "x" }]);
  });

  it("counts rows", () => {
    write(many(), "many", { compression: "lz4" });
    expect(scan("many").select(pl.len()).collectSync().row(0)).toEqual([20_000]);
  });

  it("takes no settings of a connection, which Polars would ignore", () => {
    expect(() =>
      ipc.scan(pl, { uri: "s3://lake/x.arrow", glob: false, cloudOptions: { aws_region: "eu-west-1" } }, {}),
    ).toThrow(expect.objectContaining({ code: "ARGUMENT_INVALID" }));
  });
});

describe("writing Arrow IPC", () => {
  it("compresses with lz4 and zstd", () => {
    const plain = write(many(), "plain").length;
    expect(write(many(), "plain", { compression: "uncompressed" })).toHaveLength(plain);
    for (const compression of ["lz4", "zstd"] as const) {
      expect(write(many(), compression, { compression }).length).toBeLessThan(plain / 10);
      expect(scan(compression).collectSync().height).toBe(20_000);
    }
  });

  it("writes for older readers with compatLevel: oldest", () => {
    expect(write(many(), "old", { compatLevel: "oldest" })).not.toHaveLength(
      write(many(), "new", { compatLevel: "newest" }).length,
    );
    expect(scan("old").collectSync().height).toBe(20_000);
  });

  it("keeps the order of rows unless maintainOrder is false", () => {
    const sorted = pl
      .DataFrame({ a: ["b", "a"] })
      .lazy()
      .sort("a");
    write(sorted, "order");
    expect(scan("order").collectSync().rows()).toEqual([["a"], ["b"]]);
    write(sorted, "order", { maintainOrder: false });
    expect(scan("order").collectSync().rows()).toEqual([["b"], ["a"]]);
  });
});
