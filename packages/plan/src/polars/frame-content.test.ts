import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { readFrame } from "./frame-content.ts";
import { loadPolars } from "./load.ts";
import { Unknown } from "./unknown.ts";

const pl = await loadPolars();
type Frame = ReturnType<typeof pl.DataFrame>;

/** As it stands in the JSON of a plan. */
function bytesOf(frame: Frame): readonly number[] {
  const plan = JSON.parse(frame.lazy().serialize("json").toString()) as { DataFrameScan: { df: readonly number[] } };
  return plan.DataFrameScan.df;
}

const hashOf = (frame: Frame): string => readFrame(pl, bytesOf(frame)).hash;

const make = (): Frame =>
  pl.DataFrame({
    integers: pl.Series("integers", [1, 2, 3, 4], pl.Int64),
    texts: ["x", "a long text, which does not lie in the column itself", null, "y"],
    floats: [1.5, null, Number.NaN, -0],
    booleans: [true, null, false, true],
    lists: pl.Series("lists", [["q"], [], null, ["z", "w"]], pl.List(pl.String)),
    times: [new Date(0), null, new Date(1), new Date(2)],
    structs: [{ x: 1 }, { x: null }, { x: 2 }, { x: 3 }],
    categories: pl.Series("categories", ["u", "v", "u", null]).cast(pl.Categorical),
  });

describe("the hash of a frame in memory", () => {
  const frame = make();
  const chunks = { rechunk: false, how: "vertical" } as const;

  it.each<[string, () => Frame]>([
    ["again", make],
    ["of two chunks", () => pl.concat([make().head(2), make().tail(2)], chunks)],
    ["a slice of a larger one", () => pl.concat([make(), make()], chunks).slice(4, 4)],
    ["sorted, where it was sorted before", () => make().sort("integers")],
    ["filtered, of which nothing goes", () => make().filter(pl.lit(true))],
    ["with its columns taken apart", () => pl.DataFrame(make().getColumns())],
  ])("is the same for one that is equal: %s", (_how, other) => {
    expect(hashOf(other())).toBe(hashOf(frame));
  });

  it("does not depend on what lies in memory below a null", () => {
    const nulled = (values: number[], which: number) =>
      pl
        .DataFrame({ a: values })
        .select(pl.when(pl.col("a").eq(which)).then(pl.lit(null)).otherwise(pl.col("a")).alias("a"));
    const hashes = [nulled([1, 2, 3], 2), nulled([1, 9, 3], 9), pl.DataFrame({ a: [1, null, 3] })].map(hashOf);
    expect(new Set(hashes).size).toBe(1);
  });

  it("is the same for large frames, however they are cut", () => {
    const rows = 600_000;
    const large = pl.DataFrame({ n: Array.from({ length: rows }, (_, row) => row % 1_000) });
    const cut = pl.concat([large.head(1), large.slice(1, 299_999), large.tail(300_000)], chunks);
    expect(hashOf(cut)).toBe(hashOf(large));
    expect(hashOf(large.head(rows - 1))).not.toBe(hashOf(large));
  });

  it("is another one for another frame", () => {
    const frames = [
      frame,
      frame.head(3),
      frame.drop("booleans"),
      frame.rename({ texts: "text" }),
      frame.select("texts", "integers", "floats", "booleans", "lists", "times", "structs", "categories"),
      frame.withColumns(pl.col("integers").cast(pl.Int32)),
      frame.withColumns(pl.col("categories").cast(pl.String)),
      frame.withColumns(pl.col("times").cast(pl.Datetime("us"))),
      frame.withColumns(pl.col("floats").abs()),
      frame.withColumns(pl.col("texts").fillNull("")),
      ...[[[]], [["q"]], [["q", null]], [["q"], null], [["q"], []]].map((lists) =>
        pl.DataFrame({ a: pl.Series("a", lists, pl.List(pl.String)) }),
      ),
      frame.sort("integers", true),
      pl.DataFrame({}),
      pl.DataFrame({ a: [] }),
      pl.DataFrame({ a: [null] }),
    ];
    expect(new Set(frames.map(hashOf)).size).toBe(frames.length);
  });

  it("is the same in another process", () => {
    const script = `
      const pl = require(${JSON.stringify(createRequire(import.meta.url).resolve("nodejs-polars"))});
      const frame = pl.concat([pl.DataFrame({ a: ["x"], b: [[1]] }), pl.DataFrame({ a: ["y"], b: [[2, 3]] })]);
      process.stdout.write(frame.lazy().serialize("json"));`;
    const json = execFileSync(process.execPath, ["-e", script], { encoding: "utf8" });
    const there = (JSON.parse(json) as { DataFrameScan: { df: number[] } }).DataFrameScan.df;
    expect(readFrame(pl, there).hash).toBe(hashOf(pl.DataFrame({ a: ["x", "y"], b: [[1], [2, 3]] })));
  });

  it("exists for types that Parquet does not have", () => {
    const as = (type: string) =>
      pl.Expr.deserialize(
        Buffer.from(JSON.stringify({ Cast: { expr: { Column: "a" }, dtype: { Literal: type }, options: "Strict" } })),
        "json",
      );
    const wide = pl.DataFrame({ a: [1, 2] });
    const hashes = ["Int128", "UInt128", "Float16", "Binary"].map((type) =>
      hashOf((type === "Binary" ? pl.DataFrame({ a: ["x"] }) : wide).select(as(type))),
    );
    expect(new Set(hashes).size).toBe(4);
  });
});

it("has the columns in their order, also those whose names are numbers", () => {
  const frame = pl.DataFrame({ b: ["x"], a: [1] }).select(pl.col("b"), pl.lit(1).alias("10"), pl.lit("y").alias("2"));
  expect(readFrame(pl, bytesOf(frame)).schema).toEqual([
    { name: "b", type: { kind: "String" } },
    { name: "10", type: { kind: "Float64" } },
    { name: "2", type: { kind: "String" } },
  ]);
});

it("is unknown where the bytes are no frame", () => {
  const bytes = bytesOf(make());
  for (const broken of [[], [1, 2, 3], bytes.slice(0, 50), bytes.slice(0, bytes.length / 2), bytes.slice(8)]) {
    expect(() => readFrame(pl, broken)).toThrow(Unknown);
  }
});
