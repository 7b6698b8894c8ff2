import { describe, expect, it } from "vitest";
import { leaves, pl, type Query, tables } from "../../test/plans/tables.ts";
import { makeLeaf } from "../polars/leaf.ts";
import { scanPredicates } from "./predicates.ts";

const { col, lit } = pl;
const predicatesOf = (query: Query): Readonly<Record<string, readonly string[]>> =>
  scanPredicates(query(tables), leaves);

describe("the conditions that reach the scans", () => {
  it("are the filters of the query, one by one", () => {
    expect(
      predicatesOf(({ orders }) =>
        orders
          .filter(col("status").eq(lit("paid & (open)")))
          .filter(col("paid").and(col("amount").lt(1).or(col("note").isNull())))
          .select("id"),
      ),
    ).toEqual({
      orders: ['(col("amount") < 1.0) | col("note").is_null()', 'col("paid")', 'col("status") == "paid & (open)"'],
    });
  });

  it("are those behind joins and groups that can be asked before", () => {
    expect(
      predicatesOf(({ orders, customers }) =>
        orders
          .groupBy("status")
          .agg(col("amount").sum())
          .filter(col("status").gt(lit("a")).and(col("amount").gt(1)))
          .join(customers, { on: "status" })
          .filter(col("name").eq(lit("Ada"))),
      ),
    ).toEqual({ orders: ['col("status") > "a"'], customers: ['col("name") == "Ada"'] });
  });

  it("are none of a scan without any", () => {
    expect(predicatesOf(({ orders }) => orders.filter(col("id").sum().over("status").gt(1)))).toEqual({ orders: [] });
    expect(predicatesOf(({ orders }) => orders.sort("id").limit(2))).toEqual({ orders: [] });
  });

  it("are those that hold for each scan of a source", () => {
    expect(
      predicatesOf(({ orders }) =>
        pl.concat([
          orders.filter(col("paid").and(col("note").isNull())).select("id"),
          orders.filter(col("paid").and(col("note").eq(lit("x")))).select("id"),
        ]),
      ),
    ).toEqual({ orders: ['col("paid")'] });
  });

  it("are not told where Polars' text could mean anything", () => {
    expect(predicatesOf(({ orders }) => orders.filter(col("note").eq(lit('a"\nSELECTION: col("id") > 1'))))).toEqual(
      {},
    );
    const leaf = makeLeaf(pl, "odd", [{ name: "a\nSELECTION: b", type: { kind: "Int64" } }]);
    expect(scanPredicates(leaf.frame.filter(col("a\nSELECTION: b").gt(1)), [leaf])).toEqual({});
    expect(predicatesOf(({ orders }) => orders.filter(col("note").str.contains("\\d+")))).toEqual({
      orders: ['col("note").str.contains(["\\d+"])'],
    });
  });

  it("are not told of a query that can't be written down", () => {
    expect(predicatesOf(({ orders }) => orders.filter(col("note").str.toUpperCase().eq(lit("X"))))).toEqual({});
  });
});
