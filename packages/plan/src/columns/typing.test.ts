import { describe, expect, it } from "vitest";
import { cases } from "../../test/plans/cases.ts";
import { makeRows, pl, readPlan, schemas, sourceRows, withRows } from "../../test/plans/tables.ts";
import { schemaOf } from "../polars/frame-schema.ts";
import { columnsAgree } from "./agree.ts";

const rows = sourceRows(makeRows(1));

describe("the columns of a plan", () => {
  it.each(Object.entries(cases))("are those that Polars names: %s", (_name, query) => {
    const { frame, plan, typing } = readPlan(query);
    const names = frame.columns;
    expect(typing.columnsOf(plan)).toEqual(names);
    expect(columnsAgree(typing, plan, names)).toBe(true);
    expect(columnsAgree(typing, plan, names.toReversed())).toBe(names.length < 2);
  });

  it("have the number of a row first, also where Polars counts while it scans", () => {
    const { frame, plan, typing } = readPlan(({ orders }) => orders.withRowIndex("row"));
    expect(typing.columnsOf(plan)).toEqual(frame.columns);
    expect(typing.schemaOf(plan)?.[0]).toEqual({ name: "row", type: { kind: "UInt32" } });
  });
});

describe("the types of columns", () => {
  it.each(Object.entries(cases))("are those of the rows that Polars gives: %s", (_name, query) => {
    const { frame, plan, typing } = readPlan(query);
    expect(typing.schemaOf(plan)).toEqual(schemaOf(withRows(frame, rows).collectSync()));
  });

  it("are known without asking where nothing is computed", () => {
    const { plan, typing } = readPlan(({ orders }) => orders.filter(pl.col("paid")).select("note", "id").sort("id"));
    expect(typing.schemaOf(plan)).toEqual([
      { name: "note", type: { kind: "String" } },
      { name: "id", type: { kind: "Int64" } },
    ]);
  });

  it("are not known where Polars refuses the query", () => {
    const { plan, typing } = readPlan(({ orders }) => orders.select(pl.col("paid").dt.year()));
    expect(typing.columnsOf(plan)).toEqual(["paid"]);
    expect(typing.schemaOf(plan)).toBeUndefined();
  });
});

describe("the type of an expression", () => {
  it("is that of the column that it gives", () => {
    let asked = 0;
    for (const query of Object.values(cases)) {
      const { plan, typing } = readPlan(query);
      if (plan.kind !== "select" && plan.kind !== "with-columns") continue;
      const schema = typing.schemaOf(plan);
      for (const { name, expression } of typing.expand(plan.expressions, plan.input)) {
        expect(typing.typeOf(expression, plan.input)).toEqual(schema?.find((column) => column.name === name)?.type);
        asked += 1;
      }
    }
    expect(asked).toBeGreaterThan(100);
  });

  it("is that of one group in an aggregate, also where a selector leaves the keys out", () => {
    const { plan, typing } = readPlan(({ orders }) =>
      orders.groupBy(["id", "paid"]).agg(pl.all().count().suffix("_n"), pl.nth(0).first().alias("key"), pl.col("note")),
    );
    if (plan.kind !== "group-by") expect.unreachable();
    const keys = ["id", "paid"];
    const types = typing
      .expand(plan.aggregates, plan.input, keys)
      .map(({ name, expression }) => [name, typing.typeOf(expression, plan.input)?.kind]);
    const counted = [...(schemas.get("orders") ?? [])].filter(({ name }) => !keys.includes(name));
    expect(types).toEqual([
      ...counted.map(({ name }) => [`${name}_n`, "UInt32"]),
      ["key", "Int64"],
      ["note", "String"],
    ]);
  });

  it("is known of parts of an expression", () => {
    const { plan, typing } = readPlan(({ orders }) =>
      orders.select(pl.col(["id", "amount"]).cast(pl.Int32).add(pl.lit(1)).alias("x").keepName()),
    );
    if (plan.kind !== "select") expect.unreachable();
    const [first] = typing.expand(plan.expressions, plan.input);
    const sum =
      first?.expression.kind === "keep-name" && first.expression.input.kind === "alias"
        ? first.expression.input.input
        : undefined;
    if (sum?.kind !== "binary") expect.unreachable();
    expect(typing.typeOf(sum, plan.input)).toEqual({ kind: "Float64" });
    expect(typing.typeOf(sum.left, plan.input)).toEqual({ kind: "Int32" });
  });
});
