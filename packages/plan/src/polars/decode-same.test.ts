import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import type { LazyFrame } from "@glacier/core";
import { describe, expect, it } from "vitest";
import { inputsOf, type PlanNode } from "../model/node.ts";
import { decodePlan } from "./decode.ts";
import { makeLeaf } from "./leaf.ts";
import { loadPolars } from "./load.ts";

const pl = await loadPolars();
const leaf = makeLeaf(pl, "t", [
  { name: "a", type: { kind: "Int64" } },
  { name: "b", type: { kind: "String" } },
]).frame;

const planOf = (frame: LazyFrame): PlanNode => decodePlan(pl, frame).plan;
const sql = (query: string, t = leaf): LazyFrame => pl.SQLContext({ t, u: t }).execute(query);

describe("what is said in other words", () => {
  const rows = pl
    .DataFrame({ a: [1, 2, 3, 1, null], b: ["x", "y", "x", "z", null], f: [Number.NaN, 1.5, null, Number.NaN, 2] })
    .lazy();
  /** The rows that a node gives by its JSON, in an order. */
  const rowsOf = (frame: LazyFrame) => {
    const { columns } = frame;
    return frame.sort(columns).collectSync().toRecords();
  };
  const partOf = (frame: LazyFrame, is: (node: PlanNode) => boolean): LazyFrame => {
    const decoded = decodePlan(pl, frame);
    let node: PlanNode | undefined = decoded.plan;
    while (node !== undefined && !is(node)) node = inputsOf(node)[0];
    const json = JSON.stringify(decoded.rawNode(node as PlanNode));
    return pl.LazyDataFrame.deserialize(Buffer.from(json), "json");
  };

  it("is the same for the groups of HAVING", () => {
    const query = sql(
      "SELECT b, SUM(a) AS n, COUNT(*) AS c FROM t GROUP BY b HAVING SUM(a) > 1 AND COUNT(*) < 2",
      rows,
    );
    const inOtherWords = partOf(query, (node) => node.kind === "select" && inputsOf(node)[0]?.kind === "filter");
    expect(rowsOf(inOtherWords)).toEqual(rowsOf(query));
    expect(rowsOf(query).length).toBeGreaterThan(0);
  });

  it("is the same for a join by a condition", () => {
    const query = sql("SELECT * FROM t JOIN u ON t.a < u.a AND t.b <> u.b", rows);
    const inOtherWords = partOf(query, (node) => node.kind === "filter");
    expect(rowsOf(inOtherWords)).toEqual(rowsOf(query));
    expect(rowsOf(query).length).toBeGreaterThan(0);
  });

  it("is the same for a source whose rows are counted", () => {
    const frame = leaf.withRowIndex("row", 3);
    const decoded = decodePlan(pl, frame);
    const json = JSON.stringify(decoded.rawNode(decoded.plan));
    expect(planOf(pl.LazyDataFrame.deserialize(Buffer.from(json), "json"))).toEqual(decoded.plan);
    expect(decoded.plan).toEqual({ kind: "row-index", input: { kind: "source", name: "t" }, name: "row", offset: 3 });
  });

  it("is the same for filling NaN", () => {
    const query = rows.fillNan(pl.col("a").mul(10));
    expect(
      partOf(query, () => true)
        .collectSync()
        .toRecords(),
    ).toEqual(query.collectSync().toRecords());
    expect(query.collectSync().getColumn("f").toArray()).toEqual([10, 1.5, null, 10, 2]);
  });
});

describe("a plan that Polars writes in another way each time", () => {
  it("is the same, if it has columns that Polars counts", () => {
    const query = "SELECT * FROM t WHERE a IN (SELECT a FROM u) AND b NOT IN (SELECT b FROM u)";
    const [one, other] = [sql(query), sql(query)];
    expect(one.serialize("json").toString()).not.toBe(other.serialize("json").toString());
    expect(planOf(one)).toEqual(planOf(other));
    expect(JSON.stringify(planOf(one))).toContain("_POLARS_TMP_1");
  });

  it("is another one, if somebody has a column of such a name", () => {
    const named = (name: string) => leaf.select(pl.col("a").alias(name));
    expect(planOf(named("_POLARS_TMP_7"))).not.toEqual(planOf(named("_POLARS_TMP_8")));
  });

  it("is the same, if it was asked for its columns or is kept", () => {
    const make = () => leaf.select("a").filter(pl.col("a").gt(1));
    const asked = leaf.select("a");
    void asked.columns;
    expect(planOf(asked.filter(pl.col("a").gt(1)))).toEqual(planOf(make()));
    expect(planOf(leaf.cache().select("a").cache().filter(pl.col("a").gt(1)))).toEqual(planOf(make()));
  });

  it("is the same in another process", () => {
    const queries = [
      "SELECT * FROM t NATURAL JOIN u",
      "SELECT * FROM t WHERE a IN (SELECT a FROM u)",
      "SELECT a, b, c, d, e FROM t UNION SELECT a, b, c, d, e FROM u",
    ];
    const columns = ["a", "b", "c", "d", "e"];
    const path = createRequire(import.meta.url).resolve("nodejs-polars");
    const script = `
      const pl = require(${JSON.stringify(path)});
      const t = pl.DataFrame({ ${columns.map((name) => `${name}: [1]`).join(", ")} }).lazy();
      const plans = ${JSON.stringify(queries)}.map((query) => pl.SQLContext({ t, u: t }).execute(query).serialize("json").toString());
      process.stdout.write(JSON.stringify(plans));`;
    const plansThere = () =>
      JSON.parse(execFileSync(process.execPath, ["-e", script], { encoding: "utf8" })) as string[];
    const here = pl.DataFrame(Object.fromEntries(columns.map((name) => [name, [1]]))).lazy();
    const plansHere = queries.map((query) => planOf(sql(query, here)));
    for (const plans of [plansThere(), plansThere()]) {
      expect(plans.map((json) => planOf(pl.LazyDataFrame.deserialize(Buffer.from(json), "json")))).toEqual(plansHere);
    }
  });
});
