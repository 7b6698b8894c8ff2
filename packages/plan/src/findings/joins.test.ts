import { describe, expect, it } from "vitest";
import { codesIn, int, pl, trapsIn } from "../../test/traps.ts";

const col = pl.col;

describe("JOIN_COLUMN_SUFFIXED", () => {
  it("is found where a column of the right table gets another name, with both names", () => {
    expect(trapsIn(({ orders, customers }) => orders.join(customers, { on: "customer", how: "left" }))).toEqual([
      {
        code: "JOIN_COLUMN_SUFFIXED",
        severity: "warning",
        message:
          "Step `clean` joins two tables that both have `status`: in the result, that of the right table is called `statusright`.",
        hint: "Give a `suffix`, or rename or leave out columns of the right table before the join.",
        step: "clean",
        column: "statusright",
      },
    ]);
  });

  it("is found for keys that stay, and for all columns of a cross join", () => {
    expect(
      trapsIn(({ orders, customers }) =>
        orders.select("customer", "status").join(customers.select("customer", "status"), { how: "cross" }),
      ),
    ).toMatchObject([{ message: expect.stringContaining("called `customerright` and `statusright`") as string }]);
  });

  it("is not found where the user knows of it", () => {
    expect(codesIn(({ orders, customers }) => orders.join(customers, { on: "customer", suffix: "_customer" }))).toEqual(
      [],
    );
    const renamed = codesIn(({ orders, customers }) =>
      orders.join(customers, { on: "customer" }).rename({ statusright: "rank" }),
    );
    expect(renamed).toEqual([]);
    expect(codesIn(({ orders, customers }) => orders.join(customers, { on: "customer" }).drop("statusright"))).toEqual(
      [],
    );
  });

  it("is not found where it does not get into the result", () => {
    expect(codesIn(({ orders, customers }) => orders.join(customers, { on: "customer" }).select("id", "name"))).toEqual(
      [],
    );
    expect(codesIn(({ orders, customers }) => orders.join(customers, { on: "customer", how: "semi" }))).toEqual([]);
  });

  it("is not found where no name is there twice", () => {
    const codes = codesIn(({ orders, customers }) =>
      orders.join(customers.select("customer", "name"), { on: "customer" }),
    );
    expect(codes).toEqual([]);
  });

  it("knows the suffix of joinAsof", () => {
    const codes = codesIn(({ orders }) =>
      orders.select("id", "note").joinAsof(orders.select("id", col("status").alias("note")), { on: "id" }),
    );
    expect(codes).toEqual(["JOIN_COLUMN_SUFFIXED"]);
  });
});

describe("JOIN_WITHOUT_KEYS", () => {
  it("is an error", () => {
    const findings = trapsIn(({ orders, customers }) =>
      orders.select("id").join(customers, {} as unknown as { how: "cross" }),
    );
    expect(findings).toMatchObject([{ code: "JOIN_WITHOUT_KEYS", severity: "error" }]);
  });

  it("is true: there are no rows", () => {
    const frame = pl.DataFrame({ a: [1] }).lazy();
    const other = pl.DataFrame({ b: [1] }).lazy();
    expect(frame.join(other, {} as unknown as { how: "cross" }).collectSync().height).toBe(0);
  });

  it("is not found with keys, or for a cross join", () => {
    const tasks = [
      codesIn(({ orders, customers }) => orders.select("id").join(customers, { how: "cross" })),
      codesIn(({ orders, customers }) =>
        orders.select("id").join(customers, { leftOn: [col("id").add(int(1))], rightOn: [col("customer")] } as never),
      ),
    ];
    for (const codes of tasks) expect(codes).toEqual([]);
  });
});
