import type { LazyFrame } from "@glacier/core";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cases } from "../../test/plans/cases.ts";
import { queries } from "../../test/plans/random.ts";
import {
  inOrder,
  makeRows,
  pl,
  readPlan,
  type Rows,
  schemas,
  sourceRows,
  type SourceRows,
  tables,
  withRows,
} from "../../test/plans/tables.ts";
import type { StepLineage } from "../model/lineage.ts";
import { columnsRead } from "../reads/columns.ts";
import { stepLineage } from "./step.ts";

const rows = makeRows(1);
const others = makeRows(2);
const columns = [...schemas].flatMap(([source, schema]) => schema.map(({ name }) => ({ source, column: name })));

/** The rows, with other values in some columns. */
function changed(which: (source: string, column: string) => boolean): SourceRows {
  const mixed = Object.entries(rows).map(([source, table]): [string, Rows] => {
    const other = others[source as keyof typeof others];
    const mix = table.columns.map((name) => (which(source, name) ? other : table).getColumn(name));
    return [source, pl.DataFrame(mix)];
  });
  return sourceRows(Object.fromEntries(mixed));
}

const unchanged = sourceRows(rows);
/** Each with another column changed. */
const changes = columns.map((changedOne) => ({
  ...changedOne,
  given: changed((source, column) => source === changedOne.source && column === changedOne.column),
}));

/** The values of each column of the result. `undefined`: Polars can't do it with such rows. */
function valuesOf(query: LazyFrame, given: SourceRows, isOrdered: boolean): ReadonlyMap<string, string> | undefined {
  let result: Rows;
  try {
    result = withRows(query, given).collectSync();
  } catch {
    return undefined;
  }
  return new Map(
    result.columns.map((name) => {
      const values = result.getColumn(name).toArray() as unknown[];
      return [name, JSON.stringify(isOrdered ? values : values.map((value) => JSON.stringify(value)).toSorted())];
    }),
  );
}

/** Of these Polars gives the rows in another order each time. */
const unordered: ReadonlySet<string> = new Set(["counts of values", "unique values"]);

/** Columns of the result that follow from a column of a source although the lineage does not say so. */
function missing(query: LazyFrame, lineage: StepLineage, isOrdered: boolean): readonly string[] {
  const before = valuesOf(query, unchanged, isOrdered);
  return changes.flatMap(({ source, column, given }) => {
    const isIt = (input: { readonly source: string; readonly column: string }): boolean =>
      input.source === source && input.column === column;
    if (lineage.dataset.some(isIt)) return [];
    const after = valuesOf(query, given, isOrdered);
    return lineage.columns
      .filter(
        ({ column: made, inputs }) =>
          after !== undefined && before?.get(made) !== after.get(made) && !inputs.some(isIt),
      )
      .map(({ column: made }) => `${made} from ${source}.${column}`);
  });
}

function check(query: LazyFrame, isOrdered = true): void {
  const { plan, typing } = readPlan(() => query);
  const lineage = stepLineage(plan, typing);
  expect(lineage.columns.map(({ column }) => column)).toEqual(query.columns);
  expect(missing(query, lineage, isOrdered), query.describePlan()).toEqual([]);
  // What is not read can have any values at once.
  const reads = columnsRead(plan, typing, schemas);
  const unread = changed((source, name) => reads[source]?.columns.includes(name) === false);
  expect(valuesOf(query, unread, isOrdered), query.describePlan()).toEqual(valuesOf(query, unchanged, isOrdered));
  const inputs = [...lineage.dataset, ...lineage.columns.flatMap((made) => made.inputs)];
  expect(inputs.filter(({ source, column }) => reads[source]?.columns.includes(column) !== true)).toEqual([]);
}

/** Whether Polars gives the same values each time. Where equal rows come in another order, some figures don't. */
function isRepeatable(query: LazyFrame): boolean {
  const values = Array.from({ length: 6 }, () => JSON.stringify([...(valuesOf(query, unchanged, true) ?? [])]));
  return new Set(values).size === 1;
}

describe("the lineage of a plan is complete", () => {
  it("the rows of the test differ in every column", () => {
    const same = columns.filter(({ source, column }) => {
      const [one, other] = [rows, others].map((each) => each[source as keyof typeof each].getColumn(column));
      return JSON.stringify(one?.toArray()) === JSON.stringify(other?.toArray());
    });
    expect(same).toEqual([]);
  });

  it.each(Object.entries(cases))("%s", (name, query) => {
    const ordered = inOrder(query(tables));
    const isOrdered = !unordered.has(name);
    expect(valuesOf(ordered, unchanged, isOrdered)).toBeDefined();
    check(ordered, isOrdered);
  });

  it("of random plans", () => {
    let plans = 0;
    fc.assert(
      fc.property(queries, (query) => {
        fc.pre(isRepeatable(query));
        check(query);
        plans += 1;
      }),
      { numRuns: 25 },
    );
    expect(plans).toBe(25);
  });
});
