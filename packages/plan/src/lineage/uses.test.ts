import { describe, expect, it } from "vitest";
import { lineageOf } from "../../test/plans/lineage.ts";
import { pl } from "../../test/plans/tables.ts";

const { col, lit } = pl;

describe("the lineage of an expression", () => {
  it("is identity for a column under any name", () => {
    expect(
      lineageOf(({ orders }) => orders.select("id", col("note").alias("text"), col("paid").prefix("is_"))),
    ).toEqual({
      id: ["orders.id identity"],
      text: ["orders.note identity"],
      is_paid: ["orders.paid identity"],
    });
  });

  it("is transformation where values are changed", () => {
    expect(
      lineageOf(({ orders }) =>
        orders.select(
          col("id").add(col("count")).alias("sum"),
          col("amount").cast(pl.String),
          col("note").isNull().alias("empty"),
          col("id").cumSum().alias("running"),
          col("status").str.slice(0, 1).alias("letter"),
          pl.struct([col("paid"), lit(1).alias("one")]).alias("both"),
        ),
      ),
    ).toEqual({
      sum: ["orders.id transformation", "orders.count transformation"],
      amount: ["orders.amount transformation"],
      empty: ["orders.note transformation"],
      running: ["orders.id transformation"],
      letter: ["orders.status transformation"],
      both: ["orders.paid transformation"],
    });
  });

  it("is aggregation where one value is made of many, whatever happens to it before and after", () => {
    expect(
      lineageOf(({ orders }) =>
        orders.select(
          col("id").add(1).sum().mul(2).alias("sum"),
          col("note").first().alias("first"),
          col("amount").mul(100).quantile(0.5).alias("middle"),
          col("paid").any().alias("any"),
          col("status").count().alias("known"),
        ),
      ),
    ).toEqual({
      sum: ["orders.id aggregation"],
      first: ["orders.note aggregation"],
      middle: ["orders.amount aggregation"],
      any: ["orders.paid aggregation"],
      known: ["orders.status aggregation"],
    });
  });

  it("keeps several direct influences of a column", () => {
    expect(lineageOf(({ orders }) => orders.select(col("id").sub(col("id").mean())))).toEqual({
      id: ["orders.id transformation", "orders.id aggregation"],
    });
  });

  it("is nothing for literals and for the number of rows", () => {
    expect(lineageOf(({ orders }) => orders.select(lit(1).alias("one"), pl.len()))).toEqual({ one: [], len: [] });
    expect(lineageOf(({ orders }) => orders.withRowIndex("row").select("row"))).toEqual({ row: [] });
  });

  it("tells the condition from the values", () => {
    expect(
      lineageOf(({ orders }) =>
        orders.select(
          pl.when(col("paid")).then(col("note")).otherwise(lit("?")).alias("what"),
          col("id").fillNull(col("count")).alias("number"),
        ),
      ),
    ).toEqual({
      what: ["orders.note identity", "orders.paid conditional"],
      number: ["orders.id identity", "orders.id conditional", "orders.count identity"],
    });
  });

  it("tells the window from the values", () => {
    expect(
      lineageOf(({ orders }) =>
        orders.select(col("amount").sum().over("status").alias("total"), col("id").shift(1).over("status", "paid")),
      ),
    ).toEqual({
      total: ["orders.amount aggregation", "orders.status window"],
      id: ["orders.id transformation", "orders.status window", "orders.paid window"],
    });
  });

  it("tells the order and the filter inside an aggregate", () => {
    expect(
      lineageOf(({ orders }) =>
        orders
          .groupBy("status")
          .agg(col("note").sortBy("at").last(), col("amount").filter(col("paid")).sum(), col("id")),
      ),
    ).toEqual({
      status: ["orders.status identity"],
      note: ["orders.note aggregation", "orders.at sort"],
      amount: ["orders.amount aggregation", "orders.paid filter"],
      id: ["orders.id aggregation"],
      "*": ["orders.status group-by"],
    });
  });

  it("counts rows by what decides about them alone", () => {
    const rows = (json: unknown): ReturnType<typeof lit> =>
      pl.Expr.deserialize(
        Buffer.from(JSON.stringify({ Agg: { Count: { input: json, include_nulls: true } } })),
        "json",
      );
    const filtered = { Filter: { input: { Column: "amount" }, by: { Column: "paid" } } };
    const distinct = { Function: { input: [{ Column: "note" }], function: { Unique: false } } };
    expect(lineageOf(({ orders }) => orders.select(rows({ Column: "id" }), rows(filtered), rows(distinct)))).toEqual({
      id: [],
      amount: ["orders.paid filter"],
      note: ["orders.note aggregation"],
    });
  });
});
