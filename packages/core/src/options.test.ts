import { describe, expect, test } from "vitest";
import { aDuration, longestDuration, milliseconds } from "./duration.ts";
import { thrownBy } from "./fake-storage.test-d.ts";
import {
  aBoolean,
  aFunction,
  anObject,
  anyString,
  aNumberAbove,
  aString,
  aWholeNumber,
  checkOptions,
  either,
  oneOf,
  type OptionRule,
  required,
  show,
} from "./options.ts";
import { didYouMean, quoted, suggest } from "./suggest.ts";

interface Options {
  readonly region: string;
  readonly memory?: number;
  readonly dryRun?: boolean;
}
const table = { region: required(aString), memory: aWholeNumber(128, 1024), dryRun: aBoolean };
const check = (given: unknown): Readonly<Options> => checkOptions<Options>(given, table, "Executor `x`");

describe("checked options", () => {
  test("are a frozen copy without what is undefined", () => {
    const given = { region: "eu", memory: undefined };
    const checked = check(given);
    expect(checked).toEqual({ region: "eu" });
    expect(checked).not.toBe(given);
    expect("memory" in checked).toBe(false);
    expect(Object.isFrozen(checked)).toBe(true);
  });

  test("may be given frozen, without a prototype, or as an instance of a class", () => {
    class Given {
      region = "eu";
    }
    const bare = Object.assign(Object.create(null) as object, { region: "eu" });
    for (const given of [Object.freeze({ region: "eu" }), bare, new Given()]) expect(check(given).region).toBe("eu");
  });

  test.each([null, undefined, 5, "eu", true, ["eu"], () => ({ region: "eu" })])("are an object, not %s", (given) => {
    expect(thrownBy(() => check(given))).toMatchObject({
      code: "ARGUMENT_INVALID",
      message: `Executor \`x\` takes an object with options, not ${show(given)}.`,
    });
  });

  test("that do not exist are refused with a suggestion", () => {
    expect(thrownBy(() => check({ region: "eu", memori: 256 }))).toMatchObject({
      code: "OPTION_UNKNOWN",
      message: "Executor `x` has no option `memori`.",
      hint: "Did you mean `memory`? It takes `region`, `memory` and `dryRun`.",
      details: { option: "memori", known: ["region", "memory", "dryRun"] },
    });
    expect(thrownBy(() => check({ region: "eu", dryrun: true }))).toMatchObject({
      hint: expect.stringContaining("Did you mean `dryRun`?"),
    });
  });

  test("that do not exist are refused even if they are undefined", () => {
    expect(thrownBy(() => check({ region: "eu", memori: undefined }))).toMatchObject({ code: "OPTION_UNKNOWN" });
  });

  test.each(["toString", "constructor", "hasOwnProperty", "then"])(
    "are not those that every object has: %s",
    (name) => {
      expect(thrownBy(() => check({ region: "eu", [name]: 1 }))).toMatchObject({ code: "OPTION_UNKNOWN" });
    },
  );

  test("of nothing say so", () => {
    expect(thrownBy(() => checkOptions({ a: 1 }, {}, "It"))).toMatchObject({ hint: "It takes no options." });
    expect(checkOptions({}, {}, "It")).toEqual({});
  });

  test("with a wrong value are refused with what is expected", () => {
    expect(thrownBy(() => check({ region: "eu", memory: 64 }))).toMatchObject({
      code: "OPTION_INVALID",
      message: "Executor `x`: option `memory` must be a whole number from 128 to 1024, not 64.",
      details: { option: "memory" },
    });
  });

  test.each([{}, { region: undefined }])("that are needed are asked for", (given) => {
    expect(thrownBy(() => check(given))).toMatchObject({
      code: "OPTION_MISSING",
      message: "Executor `x` needs the option `region`.",
    });
  });

  test("are never shown with the content of an object, which may be secret", () => {
    expect(JSON.stringify(thrownBy(() => check({ region: { key: "s3cret" } })))).not.toContain("s3cret");
  });
});

test.each<[string, OptionRule, unknown[], unknown[]]>([
  ["a text that is not empty", aString, ["a", " "], ["", 5, null, new String("a")]],
  ["a text", anyString, ["", "a"], [5, null]],
  ["true or false", aBoolean, [true, false], [0, "true", null]],
  ["a function", aFunction, [() => {}], [{}, null, "f"]],
  ["an object", anObject, [{}], [null, [], "x", () => {}]],
  ["a whole number of at least 0", aWholeNumber(), [0, 5], [-1, 1.5, Number.NaN, Infinity, "5", 5n]],
  ["a whole number from 1 to 3", aWholeNumber(1, 3), [1, 3], [0, 4]],
  ["a number above 0", aNumberAbove(0), [0.1, 5], [0, -1, Infinity, Number.NaN, "1"]],
  ["one of `a` or `b`", oneOf("a", "b"), ["a"], ["c", "A", null, 5]],
  ["true or false, or a text", either(aBoolean, anyString), [true, ""], [5, null]],
])("the rule for %s", (expected, rule, good, bad) => {
  for (const value of good) expect(rule.check(value)).toBeUndefined();
  for (const value of bad) expect(rule.check(value)).toBe(expected);
});

describe("durations", () => {
  test.each([
    [90, 90_000],
    [0.5, 500],
    ["500ms", 500],
    ["90s", 90_000],
    ["1.5m", 90_000],
    ["2h", 7_200_000],
  ] as const)("%s is %i milliseconds", (duration, expected) => {
    expect(milliseconds(duration)).toBe(expected);
    expect(aDuration.check(duration)).toBeUndefined();
  });

  test("end where timers of Node.js do", () => {
    expect(aDuration.check(longestDuration / 1000)).toBeUndefined();
    expect(aDuration.check(`${longestDuration + 1}ms`)).toContain("24 days at most");
  });

  test.each([
    "",
    "5",
    "5 s",
    "5S",
    "s",
    "-1s",
    "1e3s",
    "0x5s",
    "5sec",
    " 5s",
    "٥s",
    0,
    -1,
    Number.NaN,
    Infinity,
    null,
    undefined,
    {},
    true,
  ])("%s is none", (value) => {
    expect(aDuration.check(value)).toEqual(expect.any(String));
  });
});

describe("suggestions", () => {
  test.each([
    ["serverles", "serverless"],
    ["LOCAL", "local"],
    ["spakr", "spark"],
    ["x", undefined],
    ["", undefined],
    ["something else", undefined],
  ])("for %j: %s", (given, expected) => {
    expect(suggest(given, ["local", "serverless", "spark"])).toBe(expected);
  });

  test("a single letter may be wrong in a short name", () => {
    expect(suggest("a", ["b"])).toBe("b");
  });

  test.each([null, undefined, 5, {}, Symbol("x")])("there is none for %s, which is no text", (given) => {
    expect(suggest(given, ["local"])).toBeUndefined();
    expect(didYouMean(given, ["local"])).toBe("");
  });

  test("there is none where nothing is known", () => {
    expect(didYouMean("a", [])).toBe("");
  });

  test("lists are sentences", () => {
    expect(quoted([])).toBe("");
    expect(quoted(["a"])).toBe("`a`");
    expect(quoted(["a", "b"])).toBe("`a` and `b`");
    expect(quoted(["a", "b", "c"], "or")).toBe("`a`, `b` or `c`");
  });
});

test.each([
  ["text", '"text"'],
  ["x".repeat(100), `"${"x".repeat(57)}..."`],
  ['a "b"\n', String.raw`"a \"b\"\n"`],
  [5, "5"],
  [5n, "5"],
  [-0, "0"],
  [Number.NaN, "NaN"],
  [null, "null"],
  [undefined, "undefined"],
  [Symbol("s"), "Symbol(s)"],
  [{ secret: 1 }, "an object"],
  [[1], "an array"],
  [() => {}, "a function"],
  [Date, "a function"],
  [Object.create(null), "an object"],
  [new Date(Number.NaN), "an object"],
])("a value in a message is short and on one line", (value, expected) => {
  expect(show(value)).toBe(expected);
});
