import { describe, expect, it } from "vitest";
import { lineageOf } from "../../test/plans/lineage.ts";
import { pl } from "../../test/plans/tables.ts";

const { col } = pl;

describe("the lineage of a table", () => {
  it("has filters for all columns", () => {
    expect(lineageOf(({ orders }) => orders.filter(col("paid").and(col("amount").gt(1))).select("id"))).toEqual({
      id: ["orders.id identity"],
      "*": ["orders.amount filter", "orders.paid filter"],
    });
  });

  it("has orders and what rows are told apart by", () => {
    expect(
      lineageOf(({ orders }) =>
        orders
          .sort("at")
          .unique({ subset: ["id"], keep: "first" })
          .limit(3)
          .select("note"),
      ),
    ).toEqual({ note: ["orders.note identity"], "*": ["orders.id group-by", "orders.at sort"] });
    expect(lineageOf(({ orders }) => orders.select("id", "paid").unique().select("id"))["*"]).toEqual([
      "orders.id group-by",
      "orders.paid group-by",
    ]);
  });

  it("has the keys of joins for all columns, and each column from its own table", () => {
    expect(
      lineageOf(({ orders, customers }) =>
        orders.join(customers, { on: "id", how: "left" }).select("id", "note", "name", "statusright"),
      ),
    ).toEqual({
      id: ["orders.id identity"],
      note: ["orders.note identity"],
      name: ["customers.name identity"],
      statusright: ["customers.status identity"],
      "*": ["orders.id join", "customers.id join"],
    });
  });

  it("has the key of a full join from both tables", () => {
    const { id, "*": all } = lineageOf(({ orders, customers }) =>
      orders.join(customers, { on: "id", how: "full", coalesce: true }),
    );
    expect(id).toEqual(["orders.id identity", "customers.id identity"]);
    expect(all).toEqual(["orders.id join", "customers.id join"]);
  });

  it("has nothing but keys of the right table of semi and anti joins", () => {
    for (const how of ["semi", "anti"] as const) {
      const lineage = lineageOf(({ orders, customers }) =>
        orders.join(customers.filter(col("name").isNotNull()), { on: "id", how }).select("note"),
      );
      expect(lineage).toEqual({
        note: ["orders.note identity"],
        "*": ["orders.id join", "customers.id join", "customers.name filter"],
      });
    }
  });

  it("has both keys and the by-columns of an as-of join", () => {
    expect(
      lineageOf(({ orders, customers }) =>
        orders
          .joinAsof(customers, { leftOn: "at", rightOn: "since", byLeft: "note", byRight: "name" })
          .select("id", "2024"),
      ),
    ).toEqual({
      id: ["orders.id identity"],
      "2024": ["customers.2024 identity"],
      "*": ["orders.note join", "orders.at join", "customers.name join", "customers.since join"],
    });
  });

  it("has the columns of tables below each other from all of them", () => {
    expect(
      lineageOf(({ orders, customers }) =>
        pl.concat([orders.select("id", "paid"), customers.select("id", "name")], { how: "diagonal" }),
      ),
    ).toEqual({
      id: ["orders.id identity", "customers.id identity"],
      paid: ["orders.paid identity"],
      name: ["customers.name identity"],
    });
  });

  it("has windows over time as groups of their index", () => {
    expect(
      lineageOf(({ orders }) =>
        orders
          .groupByDynamic({ indexColumn: "at", every: "1d", by: "status", includeBoundaries: true })
          .agg(col("amount").mean()),
      ),
    ).toEqual({
      status: ["orders.status identity"],
      _lower_boundary: ["orders.at transformation"],
      _upper_boundary: ["orders.at transformation"],
      at: ["orders.at transformation"],
      amount: ["orders.amount aggregation"],
      "*": ["orders.status group-by", "orders.at group-by"],
    });
    const rolling = lineageOf(({ orders }) =>
      orders.groupByRolling({ indexColumn: "at", period: "2d" }).agg(col("amount").mean()),
    );
    expect(rolling["at"]).toEqual(["orders.at identity"]);
  });

  it("has the values of columns below each other as they are, and their names as nothing", () => {
    expect(lineageOf(({ orders }) => orders.unpivot(["note"], ["amount", "count"]))).toEqual({
      note: ["orders.note identity"],
      variable: [],
      value: ["orders.count identity", "orders.amount identity"],
    });
  });

  it("has an exploded list changed, and deciding how often the others are there", () => {
    expect(lineageOf(({ orders }) => orders.explode("tags").select("id", "tags"))).toEqual({
      id: ["orders.id identity"],
      tags: ["orders.tags transformation"],
      "*": ["orders.tags filter"],
    });
  });

  it("has fields of a struct, and a figure for each column", () => {
    expect(lineageOf(({ orders }) => orders.select("id", "place").unnest("place"))).toEqual({
      id: ["orders.id identity"],
      city: ["orders.place transformation"],
      zip: ["orders.place transformation"],
    });
    expect(lineageOf(({ orders }) => orders.select("id").max())).toEqual({ id: ["orders.id aggregation"] });
  });

  it("has no inputs for what is in memory", () => {
    expect(
      lineageOf(() =>
        pl
          .DataFrame({ a: [1], b: [2] })
          .lazy()
          .select(col("a").add(col("b"))),
      ),
    ).toEqual({ a: [] });
  });

  it("keeps what decides about values when they are used to decide", () => {
    expect(
      lineageOf(({ orders }) =>
        orders
          .withColumns(col("amount").rank().over("status").alias("rank"))
          .filter(col("rank").lt(3))
          .select(col("id").sum()),
      ),
    ).toEqual({
      id: ["orders.id aggregation"],
      "*": ["orders.amount filter", "orders.status filter"],
    });
  });

  it("goes through deep plans", () => {
    const lineage = lineageOf(({ orders }) => {
      let frame = orders.select("id", "note");
      for (let depth = 0; depth < 300; depth++) frame = frame.withColumns(col("id").add(1));
      return frame;
    });
    expect(lineage).toEqual({ id: ["orders.id transformation"], note: ["orders.note identity"] });
  });
});
