import { describe, expect, it } from "vitest";
import { refusalOf } from "./refusal.ts";

describe("what Polars says", () => {
  it("of types is a refusal, in few words", () => {
    const message =
      "arithmetic on dtypes str and f64 is not allowed (lhs: column 'a', rhs: expression `1.0`); try an explicit cast first\n\nResolved plan until failure:\n\n\tDF";
    const words = "arithmetic on dtypes str and f64 is not allowed";
    expect(refusalOf(message, "nothing")).toEqual({ code: "TYPE_MISMATCH", words });
    expect(refusalOf(message, "row")).toEqual({ code: "TYPE_MISMATCH", words });
  });

  it("of columns is a refusal, with their names", () => {
    expect(refusalOf('not found: unable to find column "x"; valid columns: ["a"]', "row")).toMatchObject({
      code: "COLUMN_NOT_FOUND",
      missing: { column: "x", columns: ["a"] },
    });
    expect(refusalOf("duplicate: column with name 'a' has more than one occurrence. It's …", "row")).toEqual({
      code: "QUERY_FAILED",
      words: "duplicate: column with name 'a' has more than one occurrence",
    });
  });

  it("in a panic is a refusal as well", () => {
    const panic = (text: string): string =>
      `called \`Result::unwrap()\` on an \`Err\` value: SchemaMismatch(ErrString("${text}"))`;
    expect(refusalOf(panic("failed to determine supertype of f64 and list[str]"), "row")?.code).toBe("TYPE_MISMATCH");
    expect(refusalOf(panic("field not found: x\\n\\nResolved plan"), "row")?.missing?.column).toBe("x");
    expect(refusalOf(panic("cannot build list with different dtypes"), "row")).toBeUndefined();
  });

  it.each([
    "conversion from `str` to `i64` failed in column 'a' for 1 out of 1 values: [\"`sum` operation not supported for dtype `str`\"]",
    "conversion from `str` to `i64` failed in column 'casting from a to b not supported'",
    "gather indices are out of bounds",
    "lengths don't match: unable to add a column of length 0 to a DataFrame of height 3",
    "index out of bounds\ncannot compare string with numeric type (f64)",
    "could not find an appropriate format to parse dates, please define a format",
    "range end index 3 out of range for slice of length 0",
    "No such file or directory (os error 2): filter predicate must be of type `Boolean`",
    "something that no version has said yet",
  ])("of values, rows and files is none: %s", (message) => {
    expect(refusalOf(message, "nothing")).toBeUndefined();
    expect(refusalOf(message, "row")).toBeUndefined();
  });

  it("of constants is none over a row, which may have brought them along", () => {
    const message = "regex error: regex parse error:\n    (\n    ^";
    expect(refusalOf(message, "nothing")).toEqual({
      code: "QUERY_FAILED",
      words: "regex error: regex parse error: ( ^",
    });
    expect(refusalOf(message, "row")).toBeUndefined();
  });

  it("of structs may not hold where there are lists", () => {
    const message = "must specify one field in the struct";
    expect(refusalOf(message, "nothing")?.unlessLists).toBe(false);
    expect(refusalOf(message, "row")?.unlessLists).toBe(true);
  });
});
