import pl from "nodejs-polars";
import { expect, test } from "vitest";
import * as expressions from "./index.ts";

const { hash, jsonPathMatch, lengthBytes, lengthChars, lower, reinterpret, strictCast } = expressions;
const { toDate, toDatetime, trim, trimEnd, trimStart, upper } = expressions;

const takeColumns: readonly ((column: string) => pl.Expr)[] = [
  upper,
  lower,
  trim,
  trimStart,
  trimEnd,
  lengthChars,
  lengthBytes,
  (column) => strictCast(column, pl.Int64),
  (column) => jsonPathMatch(column, "$.a"),
  (column) => hash(column),
  (column) => reinterpret(column, true),
  (column) => toDate(column, "%Y"),
  (column) => toDatetime(column, "%Y"),
];

test("a text is the name of a column, never a literal", () => {
  expect(
    pl
      .DataFrame({ name: ["x"] })
      .select(upper("name"))
      .toRecords(),
  ).toEqual([{ name: "X" }]);
  expect(() => pl.DataFrame({ name: ["x"] }).select(upper("other"))).toThrow("other");
});

test.each([undefined, null, 5, {}, ["a"], pl.when(pl.col("a")).then(pl.lit(1)), pl.Series(["a"])])(
  "what is neither a name nor an expression is refused everywhere",
  (column) => {
    for (const make of takeColumns) {
      expect(() => make(column as string)).toThrow(expect.objectContaining({ code: "ARGUMENT_INVALID" }));
    }
  },
);

test("the exports are these", () => {
  expect(Object.keys(expressions).toSorted()).toMatchInlineSnapshot(`
    [
      "ExpressionError",
      "decimal",
      "hash",
      "int",
      "jsonPathMatch",
      "lengthBytes",
      "lengthChars",
      "lower",
      "reinterpret",
      "strictCast",
      "toDate",
      "toDatetime",
      "trim",
      "trimEnd",
      "trimStart",
      "upper",
    ]
  `);
});
