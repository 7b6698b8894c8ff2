import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { type LocalOptions, rootOf } from "./options.ts";

describe("the root of a local provider", () => {
  it("is a path, made absolute", () => {
    expect(rootOf({ root: "/data/lake" })).toBe("/data/lake");
    expect(rootOf({ root: "data" })).toBe(resolve("data"));
    expect(rootOf({ root: "../data/./x/" })).toBe(resolve("../data/x"));
    expect(rootOf({ root: "a b#c%20[d]" })).toBe(resolve("a b#c%20[d]"));
  });

  it("is a URL, or the text of one, of a file", () => {
    expect(rootOf({ root: pathToFileURL("/data/a b#c%20") })).toBe("/data/a b#c%20");
    expect(rootOf({ root: "file:///data/a%20b" })).toBe("/data/a b");
    expect(rootOf({ root: new URL("data/", "file:///lake/") })).toBe("/lake/data");
  });

  it.each([
    ["an empty text", ""],
    ["blanks", "  "],
    ["a path with a zero byte", "a\0b"],
    ["another kind of address", "s3://lake"],
    ["an address of another kind", new URL("https://example.com/data")],
    ["a file of another machine", "file://elsewhere/data"],
    ["a number", 7],
    ["null", null],
  ])("is not %s", (_, root) => {
    expect(() => rootOf({ root } as LocalOptions)).toThrow(
      expect.objectContaining({ code: "OPTION_INVALID", message: expect.stringContaining("a folder") as string }),
    );
  });

  it("is needed, and no other option is taken", () => {
    expect(() => rootOf({} as LocalOptions)).toThrow(expect.objectContaining({ code: "OPTION_MISSING" }));
    expect(() => rootOf({ rot: "x" } as unknown as LocalOptions)).toThrow(
      expect.objectContaining({
        code: "OPTION_UNKNOWN",
        hint: expect.stringContaining("Did you mean `root`?") as string,
      }),
    );
  });
});
