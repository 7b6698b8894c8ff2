import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { columnsOf, plannedColumns } from "./types.ts";

const n = pl.col("n").cast(pl.Int64);
const frame = pl.DataFrame({ n: [1, 2], s: ["1", "2"] }).lazy();
const typeOf = (expression: pl.Expr): string | undefined =>
  columnsOf(frame.select(expression.alias("x")).collectSync())[0]?.type;
/** A cast to what nodejs-polars has no object for. */
const castTo = (type: unknown, column = "n"): pl.Expr =>
  pl.Expr.deserialize(
    Buffer.from(JSON.stringify({ Cast: { expr: { Column: column }, dtype: { Literal: type }, options: "NonStrict" } })),
    "json",
  );

describe("the name of a type", () => {
  it.each([
    ["Null", pl.lit(null)],
    ["Bool", pl.lit(true)],
    ["Int8", n.cast(pl.Int8)],
    ["UInt64", n.cast(pl.UInt64)],
    ["Float32", n.cast(pl.Float32)],
    ["String", pl.col("s")],
    ["Categorical", pl.col("s").cast(pl.Categorical)],
    ["Decimal(12, 2)", n.cast(pl.Decimal(12, 2))],
    ["Date", n.cast(pl.Int32).cast(pl.Date)],
    ["Time", n.cast(pl.Time)],
    ["Datetime(ms)", n.cast(pl.Datetime("ms"))],
    ["Datetime(ns)", n.cast(pl.Datetime("ns"))],
    ["Datetime(us, Europe/Vienna)", n.cast(pl.Datetime("us", "Europe/Vienna"))],
    ["Duration(us)", n.cast(pl.Duration("us"))],
    ["Duration(ns)", n.cast(pl.Duration("ns"))],
    ["List(Int64)", pl.concatList([n, n])],
    ["List(List(Datetime(us, UTC)))", pl.concatList([n.cast(pl.Datetime("us", "UTC"))]).implode()],
    ["FixedSizeList(Int8, 2)", pl.concatList([n, n]).cast(pl.FixedSizeList(pl.Int8, 2))],
    ["Struct(s: String, n: Int64)", pl.struct([pl.col("s"), n])],
    [
      "Struct(in: Struct(d: Decimal(5, 1)), l: List(Struct(s: String)))",
      pl.struct([
        pl.struct([n.cast(pl.Decimal(5, 1)).alias("d")]).alias("in"),
        pl.concatList([pl.struct([pl.col("s")])]).alias("l"),
      ]),
    ],
  ])("is %s as it is written with Polars", (name, expression) => {
    expect(typeOf(expression)).toBe(name);
  });

  it.each(["Binary", "Int128", "Float16"])("is %s where nodejs-polars has no object for it", (name) => {
    expect(() => frame.select(castTo(name, name === "Binary" ? "s" : "n")).collectSync().dtypes).toThrow(
      "not supported for JS",
    );
    expect(typeOf(castTo(name, name === "Binary" ? "s" : "n"))).toBe(name);
  });

  it("does not hide the types of the columns beside one that can't be told", () => {
    const mixed = frame.select(pl.col("n"), castTo("Binary", "s")).collectSync();
    expect(columnsOf(mixed)).toEqual([
      { name: "n", type: "Float64" },
      { name: "s", type: "Binary" },
    ]);
  });

  it("is unknown where Glacier does not know it, and that hides no other", () => {
    // A fake, since this version of Polars has no such type.
    const ofTypes = (types: Readonly<Record<string, unknown>>): pl.DataFrame =>
      ({
        columns: Object.keys(types),
        select: (name: string) => ofTypes({ [name]: types[name] }),
        limit: () => ({
          lazy: () => ({
            serialize: () => Buffer.from(JSON.stringify({ DataFrameScan: { schema: { fields: types } } })),
          }),
        }),
      }) as unknown as pl.DataFrame;
    expect(columnsOf(ofTypes({ n: "Int8", new: { Vector: 3 } }))).toEqual([
      { name: "n", type: "Int8" },
      { name: "new", type: "unknown" },
    ]);
  });
});

describe("the columns of a query", () => {
  it("are known before it runs", () => {
    expect(plannedColumns(frame.groupBy("s").agg(n.sum().alias("sum")))).toEqual([
      { name: "s", type: "String" },
      { name: "sum", type: "Int64" },
    ]);
  });

  it("are not known where Polars refuses it", () => {
    expect(plannedColumns(frame.select("nope"))).toBeUndefined();
  });
});
