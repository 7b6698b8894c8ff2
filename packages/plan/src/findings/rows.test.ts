import { describe, expect, it } from "vitest";
import { codesIn, pl } from "../../test/traps.ts";

const col = pl.col;

describe("ROWS_ARE_ARBITRARY", () => {
  it("is found where rows are taken of a table without an order", () => {
    const task = codesIn(({ orders }) => orders.groupBy("customer", false).agg(col("amount").sum()).limit(5));
    expect(task).toEqual(["ROWS_ARE_ARBITRARY"]);
    expect(codesIn(({ orders }) => orders.unique({ maintainOrder: false }).select("id").tail(3))).toEqual([
      "ROWS_ARE_ARBITRARY",
    ]);
  });

  it("is not found where there is an order", () => {
    const tasks = [
      codesIn(({ orders }) => orders.groupBy("customer", false).agg(col("amount").sum()).sort("amount").limit(5)),
      codesIn(({ orders }) => orders.groupBy("customer").agg(col("amount").sum()).limit(5)),
      codesIn(({ orders }) => orders.unique({ maintainOrder: true }).limit(5)),
      codesIn(({ orders }) => orders.limit(5)),
      codesIn(({ orders }) => orders.unique({ maintainOrder: false })),
    ];
    for (const codes of tasks) expect(codes).toEqual([]);
  });
});
