import pl from "nodejs-polars";
import { afterEach, describe, expect, test, vi } from "vitest";
import { int64, outcomeOf } from "../test/query.ts";
import { hash, int, jsonPathMatch, lengthBytes, lengthChars, lower, reinterpret } from "./index.ts";
import { toDate, toDatetime, trim, trimEnd, trimStart, upper } from "./index.ts";

const jsonOf = (expr: pl.Expr): unknown => JSON.parse(expr.serialize("json").toString());
const column = { Column: "text" };
const text = (value: string) => ({ Literal: { Scalar: { String: value } } });

describe("the names that this version of Polars uses", () => {
  const calls = [
    ["upper", upper("text"), [column], { StringExpr: "Uppercase" }],
    ["lower", lower("text"), [column], { StringExpr: "Lowercase" }],
    ["lengthChars", lengthChars("text"), [column], { StringExpr: "LenChars" }],
    ["lengthBytes", lengthBytes("text"), [column], { StringExpr: "LenBytes" }],
    ["trim", trim("text", "-"), [column, text("-")], { StringExpr: "StripChars" }],
    ["trimStart", trimStart("text", "-"), [column, text("-")], { StringExpr: "StripCharsStart" }],
    ["trimEnd", trimEnd("text", "-"), [column, text("-")], { StringExpr: "StripCharsEnd" }],
    ["jsonPathMatch", jsonPathMatch("text", "$.a"), [column, text("$.a")], { StringExpr: "JsonPathMatch" }],
    ["hash", hash("text", 7), [column], { Hash: [7, 1, 2, 3] }],
    ["reinterpret", reinterpret("text", true), [column], { Reinterpret: [true, null] }],
    [
      "toDate",
      toDate("text", "%Y"),
      [column, text("raise")],
      { StringExpr: { Strptime: [{ Literal: "Date" }, { format: "%Y", strict: true, exact: true, cache: true }] } },
    ],
    [
      "toDatetime",
      toDatetime("text", "%Y", "ns"),
      [column, text("raise")],
      {
        StringExpr: {
          Strptime: [
            { Literal: { Datetime: ["Nanoseconds", null] } },
            { format: "%Y", strict: true, exact: true, cache: true },
          ],
        },
      },
    ],
  ] as const;

  test.each(calls)("%s", (_name, expr, input, name) => {
    expect(jsonOf(expr)).toEqual({ Function: { input, function: name } });
  });

  test("int", () => {
    expect(int(9007199254740993n).serialize("json").toString()).toBe('{"Literal":{"Dyn":{"Int":9007199254740993}}}');
  });

  test("trim without characters", () => {
    expect(jsonOf(trim("text"))).toEqual({
      Function: { input: [column, { Literal: { Scalar: { Null: "Null" } } }], function: { StringExpr: "StripChars" } },
    });
  });

  test("the native methods for dates have their arguments in the order that is used where the input is opaque", () => {
    const frame = pl.DataFrame({ text: ["on 2024-02-03 it"] });
    const opaque = pl.col("text").str.strip();
    expect(() => outcomeOf(frame, toDate(opaque, "%Y-%m-%d"))).toThrow("conversion from `str` to `date` failed");
    const good = pl.DataFrame({ text: ["2024-02-03 04:05"] });
    expect(outcomeOf(good, toDatetime(opaque, "%Y-%m-%d %H:%M", "ms")).type).toBe("Datetime(ms,)");
  });
});

/** Inputs of every shape that a column of text can have; each must come through as it is. */
const frame = pl.DataFrame({ text: ["a-B", "c", null], other: ["x", "y", "z"], number: [1.5, Number.NaN, -0] });
const all = frame.withColumn(int64("id", 1n, 2n, 9007199254740993n));
const inputs: Record<string, pl.Expr> = {
  column: pl.col("text"),
  "regular expression": pl.col("^te.*$"),
  "column by list": pl.col(["text"]),
  alias: pl.col("other").alias("text"),
  literal: pl.lit('quotes " and \\ and { brackets ['),
  "null literal": pl.lit(null).cast(pl.String),
  "the placeholder as a literal": pl.lit("@glacier/expressions:input"),
  "condition with NaN": pl
    .when(pl.col("number").lt(pl.lit(Number.POSITIVE_INFINITY)))
    .then(pl.col("text"))
    .otherwise(pl.lit("Else")),
  "float that JSON gets wrong": pl
    .when(pl.col("number").gt(2.5851076113019933e-34))
    .then(pl.col("text"))
    .otherwise(pl.lit("E")),
  "list literal": pl
    .when(pl.col("text").isIn(["a-B", "c"]))
    .then(pl.lit("In"))
    .otherwise(pl.lit("Out")),
  "date literal": pl.lit(new Date(0)).dt.strftime("%B"),
  cast: pl.col("id").cast(pl.String),
  concatenation: pl.concatString([pl.col("text"), pl.col("other")], "|"),
  replacement: pl.col("text").str.replace(/-/, "_"),
  split: pl.col("text").str.split("-").list.first(),
  struct: pl.struct([pl.col("text"), pl.col("other")]).struct.field("other"),
  window: pl.col("text").first().over("other"),
  sorted: pl.col("other").sort({ descending: true }),
  shifted: pl.col("other").shift(1),
  filtered: pl.col("text").filter(pl.col("text").isNotNull()),
  ours: lower(trim(upper("text"))),
};

describe("any input comes through as it is", () => {
  test.each(Object.entries(inputs))("%s", (_name, input) => {
    expect(outcomeOf(all, upper(input))).toEqual(outcomeOf(all, input.str.toUpperCase()));
    expect(upper(input).serialize("bincode").length).toBeGreaterThan(0);
  });

  test("a literal in memory", () => {
    const series = pl.lit(pl.Series("s", ["a", "b", "c"])).list.get(1);
    expect(outcomeOf(all, upper(series))).toEqual(outcomeOf(all, series.str.toUpperCase()));
  });
});

describe("deep inputs", () => {
  const nested = (depth: number): pl.Expr => {
    let expr = pl.col("text");
    for (let at = 0; at < depth; at++) expr = expr.str.replace("a", "b");
    return expr;
  };

  test("are serialisable beyond the depth at which Polars' JSON can't be read back", () => {
    const deep = nested(150);
    expect(() => pl.Expr.deserialize(deep.serialize("json"), "json")).toThrow("recursion limit exceeded");
    const made = upper(deep);
    expect(outcomeOf(frame, made)).toEqual(outcomeOf(frame, deep.str.toUpperCase()));
    const read = pl.Expr.deserialize(made.serialize("bincode"), "bincode");
    expect(outcomeOf(frame, read)).toEqual(outcomeOf(frame, made));
  });

  test("are Polars' method where reading them could end the process", () => {
    const deep = nested(400);
    const made = upper(deep);
    expect(() => made.serialize("json")).toThrow("opaque");
    expect(outcomeOf(frame, made)).toEqual(outcomeOf(frame, deep.str.toUpperCase()));
  });

  test("are not taken for deep if they are only long", () => {
    const words = Array.from({ length: 2_000 }, (_, at) => `word [{"${at}`);
    const long = pl
      .when(pl.col("text").isIn(words))
      .then(pl.lit("[{".repeat(2_000)))
      .otherwise(pl.col("other"));
    expect(long.serialize("bincode").length).toBeGreaterThan(10_000);
    expect(upper(long).serialize("bincode").length).toBeGreaterThan(10_000);
    expect(outcomeOf(frame, upper(long)).values).toEqual(["X", "Y", "Z"]);
  });
});

test("an expression that is used again and again stays the same", () => {
  const made = Array.from({ length: 600 }, (_, at) => jsonPathMatch("text", `$.a${at % 550}`).toString());
  expect(new Set(made).size).toBe(550);
  expect(upper("text").toString()).toBe(upper("text").toString());
});

describe("where Polars has other names", () => {
  afterEach(() => vi.restoreAllMocks());

  const withOtherNames = () =>
    vi.spyOn(pl.Expr, "deserialize").mockImplementation(() => {
      throw new Error("unknown variant");
    });

  test("functions are the methods of nodejs-polars", () => {
    withOtherNames();
    expect(() => upper("text").serialize("json")).toThrow("opaque");
    expect(outcomeOf(frame, upper("text")).values).toEqual(["A-B", "C", null]);
  });

  test("int says that the version does not fit", () => {
    withOtherNames();
    expect(() => int(1)).toThrow(
      expect.objectContaining({
        code: "POLARS_UNSUPPORTED",
        cause: expect.objectContaining({ message: "unknown variant" }),
      }),
    );
  });
});
