import { describe, expect, it } from "vitest";
import type { TableSchema } from "../model/column-type.ts";
import { emptyFrame, isLeafRead, makeLeaf, sourceOfPath, withFrames } from "./leaf.ts";
import { schemaOf } from "./frame-schema.ts";
import { loadPolars } from "./load.ts";

const polars = await loadPolars();
const pl = polars;

const schema: TableSchema = [
  { name: "b", type: { kind: "Binary" } },
  { name: "10", type: { kind: "Int128" } },
  { name: "2", type: { kind: "Datetime", unit: "us", zone: "Europe/Vienna" } },
  { name: "a", type: { kind: "Struct", fields: [{ name: "x", type: { kind: "List", inner: { kind: "Int8" } } }] } },
  { name: "d", type: { kind: "Duration", unit: "ms" } },
  { name: "n", type: { kind: "Decimal", precision: 12, scale: 2 } },
  { name: "f", type: { kind: "Array", inner: { kind: "Float32" }, size: 3 } },
];

describe("a leaf", () => {
  const leaf = makeLeaf(polars, "orders/2024 ☃", schema);

  it("has the columns of its source, in order, whatever their types", () => {
    expect(leaf.frame.columns).toEqual(["b", "10", "2", "a", "d", "n", "f"]);
    expect(schemaOf(emptyFrame(leaf).collectSync())).toEqual(schema);
  });

  it("can't be read", () => {
    const query = makeLeaf(polars, "df", schema).frame.filter(pl.col("2").isNotNull());
    let caught: unknown;
    try {
      query.collectSync();
    } catch (error) {
      caught = error;
    }
    expect(isLeafRead(caught)).toBe(true);
  });

  it("stands in the plan under its name", () => {
    const plan = leaf.frame.select("10").serialize("json").toString("utf8");
    const [path = ""] = /\/dev\/null\/[^"]+/.exec(plan) ?? [];
    expect(sourceOfPath(path)).toBe("orders/2024 ☃");
    expect(sourceOfPath("/data/orders.parquet")).toBeUndefined();
  });

  it("gives its place to another frame, wherever it stands in a plan, and however deep", () => {
    const numbers = makeLeaf(polars, "n", [{ name: "x", type: { kind: "Int64" } }]);
    const rows = pl.DataFrame({ x: pl.Series("x", [1, 2, 3], pl.Int64) }).lazy();
    let plan = numbers.frame;
    for (let depth = 0; depth < 300; depth++) plan = plan.withColumn(pl.col("x").alias("x"));
    plan = plan.join(numbers.frame, { on: "x" });
    const real = withFrames(polars, plan, [numbers], new Map([["n", rows.serialize("bincode")]]));
    expect(real.collectSync().getColumn("x").sum()).toBe(6);
  });

  it("is found where its rows are counted, which Polars does while it scans", () => {
    const numbers = makeLeaf(polars, "n", [{ name: "x", type: { kind: "Int64" } }]);
    const rows = pl.DataFrame({ x: pl.Series("x", [7, 8], pl.Int64) }).lazy();
    const plan = pl.concat([
      numbers.frame.withRowIndex('row "1"', 5),
      numbers.frame.withRowIndex("row").withColumnRenamed("row", 'row "1"'),
      numbers.frame.select(pl.lit(0).cast(pl.UInt32).alias('row "1"'), pl.col("x")),
    ]);
    const real = withFrames(polars, plan, [numbers], new Map([["n", rows.serialize("bincode")]]));
    expect(real.collectSync().getColumn('row "1"').toArray()).toEqual([5, 6, 0, 1, 0, 0]);
  });

  it("is found after the task has asked it for its columns", () => {
    const numbers = makeLeaf(polars, "n", [{ name: "x", type: { kind: "Int64" } }]);
    const plan = numbers.frame.select(numbers.frame.columns).filter(pl.col("x").gt(1));
    void plan.columns;
    const later = plan.select("x");
    const real = withFrames(polars, later, [numbers], new Map([["n", emptyFrame(numbers).serialize("bincode")]]));
    expect(real.collectSync().height).toBe(0);
  });
});
