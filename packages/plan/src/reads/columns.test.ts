import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LazyFrame } from "@glacier/core";
import { cases } from "../../test/plans/cases.ts";
import { queries } from "../../test/plans/random.ts";
import { makeRows, pl, type Query, readPlan, schemas, sourceRows, withRows } from "../../test/plans/tables.ts";
import { columnsRead } from "./columns.ts";

const { col } = pl;
const rows = sourceRows(makeRows(1));
const numRuns = 60;

function readsOf(query: Query): Readonly<Record<string, readonly string[]>> {
  const { plan, typing } = readPlan(query);
  const reads = columnsRead(plan, typing, schemas);
  return Object.fromEntries(Object.entries(reads).map(([name, { columns }]) => [name, columns]));
}

interface Scan {
  readonly table: string;
  /** How many columns, and the first of them. */
  readonly count: number;
  readonly columns: readonly string[];
}

/** What Polars itself says that it takes of each table, which it tells by the first columns that they have. */
function scansOf(frame: LazyFrame): readonly Scan[] {
  const text = withRows(frame, rows).describeOptimizedPlan();
  return [...text.matchAll(/DF \["(\w+)", "(\w+)".*?\]; PROJECT(?:\[(.*?)\])? (\*|\d+)\/(\d+) COLUMNS/g)].map(
    ([, first, second, columns = "", count, of]) => {
      const [table = "in memory"] =
        [...schemas].find(([, schema]) => schema[0]?.name === first && schema[1]?.name === second) ?? [];
      return {
        table,
        count: Number(count === "*" ? of : count),
        columns: columns
          .split(", ")
          .filter((name) => name.startsWith('"'))
          .map((name) => name.slice(1, -1)),
      };
    },
  );
}

/** By how many columns Polars reads more of each table that is scanned once, and what it reads that is not needed. */
function differences(query: Query): {
  readonly counts: Readonly<Record<string, number>>;
  readonly more: readonly string[];
} {
  const ours = readsOf(query);
  const scans = scansOf(readPlan(query).frame);
  const of = (table: string): readonly Scan[] => scans.filter((scan) => scan.table === table);
  const counts = Object.entries(ours).flatMap(([table, columns]) => {
    const [scan, ...others] = of(table);
    const differ = (scan?.count ?? 0) - columns.length;
    return others.length > 0 || differ === 0 ? [] : [[table, differ] as const];
  });
  const more = Object.entries(ours).flatMap(([table, columns]) =>
    of(table).flatMap((scan) => scan.columns.filter((name) => !columns.includes(name))),
  );
  return { counts: Object.fromEntries(counts), more };
}

describe("the columns that a plan reads", () => {
  it.each(Object.entries(cases))("are those that Polars reads: %s", (name, query) => {
    // Of columns whose type has no sum Polars makes nulls, and doesn't read them.
    const counts = name === "a figure for each column" ? { orders: -6 } : {};
    expect(differences(query)).toEqual({ counts, more: [] });
  });

  // It takes any column to count rows, and none for a filter that can hold for none.
  it("are nearly always those that Polars reads: of random plans", () => {
    let same = 0;
    fc.assert(
      fc.property(queries, (query) => {
        const { counts, more } = differences(() => query);
        if (Object.keys(counts).length === 0 && more.length === 0) same += 1;
      }),
      { numRuns },
    );
    expect(same).toBeGreaterThan(numRuns * 0.8);
  });

  it("are none where only the number of rows is needed, and none of a source that is not used", () => {
    expect(readsOf(({ orders }) => orders.select(pl.len()))).toEqual({ orders: [], customers: [] });
  });

  it("have those that only decide about rows", () => {
    expect(
      readsOf(({ orders, customers }) =>
        orders.join(customers, { on: "id", how: "semi" }).filter(col("paid")).sort("at").select("note"),
      ),
    ).toEqual({ orders: ["id", "note", "paid", "at"], customers: ["id"] });
    expect(readsOf(({ orders }) => orders.select(col("status").dropNulls()).select(pl.len()))["orders"]).toEqual([
      "status",
    ]);
  });

  it("leave out what is made and not used", () => {
    expect(
      readsOf(({ orders }) =>
        orders
          .withColumns(col("amount").mul(col("count")).alias("total"), col("note").alias("status"))
          .groupBy("status")
          .agg(col("total").sum(), col("id").max())
          .select("id"),
      )["orders"],
    ).toEqual(["id", "note"]);
  });

  it("come in the order of the source, with how many there are", () => {
    const { plan, typing } = readPlan(({ orders }) => orders.select("note", "id"));
    expect(columnsRead(plan, typing, schemas)["orders"]).toEqual({ columns: ["id", "note"], of: 10 });
  });
});
