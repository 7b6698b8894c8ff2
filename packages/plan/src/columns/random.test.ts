import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { queries } from "../../test/plans/random.ts";
import { makeRows, readPlan, sourceRows, withRows } from "../../test/plans/tables.ts";
import { schemaOf } from "../polars/frame-schema.ts";

const rows = sourceRows(makeRows(7));
const numRuns = 100;

describe("the columns of random plans", () => {
  it("are those that Polars names", () => {
    let nodes = 0;
    fc.assert(
      fc.property(queries, (query) => {
        const { plan, typing } = readPlan(() => query);
        expect(typing.columnsOf(plan), query.describePlan()).toEqual(query.columns);
        nodes += plan.kind === "source" ? 0 : 1;
      }),
      { numRuns },
    );
    expect(nodes).toBeGreaterThan(numRuns / 2);
  });

  it("have the types that Polars gives them", () => {
    let known = 0;
    fc.assert(
      fc.property(queries, (query) => {
        const { plan, typing } = readPlan(() => query);
        const schema = typing.schemaOf(plan);
        const result = withRows(query, rows).collectSync();
        // Without rows Polars may say other things when it executes a query than before.
        if (schema !== undefined && result.height > 0) {
          expect(schema, query.describePlan()).toEqual(schemaOf(result));
          known += 1;
        }
      }),
      { numRuns },
    );
    expect(known).toBeGreaterThan(numRuns / 2);
  });
});
