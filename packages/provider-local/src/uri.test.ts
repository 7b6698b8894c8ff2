import { Provider } from "@glacier/core";
import { describe, expect, it } from "vitest";
import { local } from "./local.ts";

const provider = new Provider(local({ root: "/data/lake" }));
const bucket = (name: string, path: string, glob = true, root = "/data/lake") =>
  new Provider(local({ root })).bucket(name, path, { format: "csv", glob });
const refuses = (name: string, path: string, code: string): void =>
  expect(() => bucket(name, path)).toThrow(expect.objectContaining({ code }));

describe("the address of a bucket", () => {
  it("is a file address as it is written, without percent-encoding", () => {
    expect(bucket("raw", "a b#1/100%.csv").uri).toBe("file:///data/lake/raw/a b#1/100%.csv");
  });

  it("is the same for two providers exactly where the file is", () => {
    const inside = new Provider(local({ root: "/data" }));
    expect(inside.bucket("lake", "raw/x.csv").uri).toBe(provider.bucket("raw", "x.csv").uri);
    expect(provider.bucket("raw", "x.csv").uri).not.toBe(provider.bucket("raw", "y.csv").uri);
  });
});

describe("what Polars is given to read", () => {
  const scan = (...given: Parameters<typeof bucket>): unknown => {
    const { storage, location } = bucket(...given);
    return storage.scan(location);
  };

  it("is the path itself", () => {
    expect(scan("raw", "x.csv")).toEqual({ uri: "/data/lake/raw/x.csv", glob: false });
    expect(scan("raw", "[x]*.csv", false)).toEqual({ uri: "/data/lake/raw/[x]*.csv", glob: false });
    expect(scan("r[a]w", "x.csv", true, "/da*a")).toEqual({ uri: "/da*a/r[a]w/x.csv", glob: false });
  });

  it("is a pattern in which the root and the bucket's name are taken literally", () => {
    expect(scan("raw", "**/[x]?.csv")).toEqual({ uri: "/data/lake/raw/**/[x]?.csv", glob: true });
    expect(scan("r[a]w", "*.csv", true, "/d*t?")).toEqual({ uri: "/d[*]t[?]/r[[]a]w/*.csv", glob: true });
  });
});

describe("the names of buckets and files", () => {
  it("may have what file systems allow", () => {
    for (const name of ["a b", "ha#sh", "100%", "quo'te\"s", "ümläut", "日本", "a.b", "-", "~", "$HOME", "x=1"]) {
      expect(bucket(name, `${name}/${name}.csv`).path).toBe(`${name}/${name}.csv`);
    }
  });

  it("leave Glacier its own folder", () => {
    refuses(".glacier", "x.csv", "BUCKET_NAME_INVALID");
    refuses(".hidden", "x.csv", "BUCKET_NAME_INVALID");
    refuses("b", ".glacier/staging/x/data", "PATH_INVALID");
    refuses("b", "a/.GLACIER/x.csv", "PATH_INVALID");
    expect(bucket("b", ".hidden/.glacier.csv").path).toBe(".hidden/.glacier.csv");
  });

  it("are no longer than file systems allow", () => {
    expect(bucket("b", `${"é".repeat(125)}.csv`).path).toHaveLength(129);
    refuses("b", `${"é".repeat(126)}.csv`, "PATH_INVALID");
    refuses("x".repeat(256), "x.csv", "BUCKET_NAME_INVALID");
  });
});
