import { describe, expect, it } from "vitest";
import { missingColumn, missingColumnHint } from "./missing-column.ts";

describe("a missing column", () => {
  it.each([
    ['not found: unable to find column "nn"; valid columns: ["a", "n"]', "nn", ["a", "n"]],
    ['not found: unable to find column "n\\"n]"; valid columns: ["o\\"d]d"]\n\nResolved plan', 'n"n]', ['o"d]d']],
    ['not found: unable to find column "x"; valid columns: []', "x", []],
    ['not found: unable to find column "x"; valid columns: ["a", "__PL_STRUCTFIELDS"]', "x", ["a"]],
    ['not found: "nn" not found\n\nResolved plan until failure:', "nn", undefined],
    ["field not found: n n\n\nResolved plan until failure:", "n n", undefined],
    ["not found: 'asof_join' on column: 'nn' is invalid\n\nSchema at this point", "nn", undefined],
    ["no column named 'nope' found in table 'o'", "nope", undefined],
  ])("is read from: %s", (message, column, columns) => {
    expect(missingColumn(message)).toEqual({ column, columns });
  });

  it.each([
    "conversion from `str` to `i64` failed in column 'a' for 1 out of 1 values: [\"field not found: x\"]",
    'duplicate: not found: "x" not found',
    "conversion failed\nfield not found: x",
    "not found: cannot get the 9-th column when schema has 2 columns",
  ])("is not read from what a message quotes: %s", (message) => {
    expect(missingColumn(message)).toBeUndefined();
  });

  it("comes with what there is, and what may be meant", () => {
    expect(missingColumnHint({ column: "dealy", columns: ["delay", "day"] })).toBe(
      "Did you mean `delay`? There are `delay`, `day`.",
    );
    expect(missingColumnHint({ column: "x", columns: undefined })).toContain("spelling");
    expect(missingColumnHint({ column: "x", columns: [] })).toBe("There are no columns.");
    const many = Array.from({ length: 33 }, (_, at) => `c${at}`);
    expect(missingColumnHint({ column: "x", columns: many })).toMatch(/`c29` and 3 more\.$/);
  });
});
