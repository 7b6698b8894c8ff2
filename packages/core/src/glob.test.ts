// What globs mean; that Polars means the same is shown in the top-level folder `test`.
import { describe, expect, test } from "vitest";
import { globFault, globToRegExp } from "./glob.ts";

describe("a glob matches whole paths", () => {
  test.each<[string, readonly string[], readonly string[]]>([
    ["*.csv", ["a.csv", ".csv", ".a.csv"], ["a/b.csv", "a.csv2", "acsv"]],
    ["a?.csv", ["ab.csv", "a?.csv"], ["a.csv", "abc.csv", "a/.csv"]],
    ["x[ab]y", ["xay", "xby"], ["xcy", "xaby", "x/y"]],
    ["x[!a]y", ["xby", "x!y"], ["xay", "x/y"]],
    ["x[!/]y", ["x[!/]y"], ["xby"]],
    ["[]a]", ["]", "a"], ["b", ""]],
    ["[!]a]", ["b"], ["]", "a"]],
    ["[a-c]", ["a", "b", "c"], ["d", "-"]],
    ["[c-a]", [], ["a", "b", "c", "-"]],
    ["[a-]", ["a", "-"], ["b"]],
    ["[^a]", ["^", "a"], ["b"]],
    ["[[]", ["["], ["]"]],
    ["[👍]", ["👍"], ["\ud83d"]],
    ["?", ["👍", "é"], ["ab"]],
    ["a/**/b", ["a/b", "a/x/b", "a/x/y/b"], ["ab", "a/xb", "x/a/b"]],
    ["**/b", ["b", "a/b", "a/x/b"], ["ab", "a/b/c"]],
    ["{a,b}", ["{a,b}"], ["a", "b"]],
    ["a.b+(c)|d$^", ["a.b+(c)|d$^"], ["aXb+(c)|d$^"]],
  ])("%s", (glob, matching, others) => {
    const pattern = globToRegExp(glob);
    expect(matching.filter((path) => !pattern.test(path))).toEqual([]);
    expect(others.filter((path) => pattern.test(path))).toEqual([]);
  });
});

test.each(["*.csv", "**/*.csv", "a/**/b", "[ab]", "[]]", "[!]]", "[*]", "a[**]b", "[[]", ".a*", "[.]*/x", "..a*/x"])(
  "%s can be read",
  (glob) => {
    expect(globFault(glob)).toBeUndefined();
  },
);

test.each([
  ["[", "`[` without"],
  ["a[b", "`[` without"],
  ["[]", "`[` without"],
  ["[!]", "`[` without"],
  ["[a]/[", "`[` without"],
  ["a**", "beside other characters"],
  ["***", "beside other characters"],
  ["**[a]", "beside other characters"],
  ["a/**", "ends in `**`"],
  [".*/a", "stands for `..`"],
  ["a/.[.]/b", "stands for `..`"],
])("%s can't be read: %s", (glob, why) => {
  expect(globFault(glob)).toContain(why);
});
