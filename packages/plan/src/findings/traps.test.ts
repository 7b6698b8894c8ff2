import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { call } from "../../test/fingerprint/compile.ts";
import { type Kind, scopes } from "../../test/fingerprint/program.ts";
import { programs } from "../../test/fingerprint/random-program.ts";
import { codesIn, pl, trapsIn } from "../../test/traps.ts";
import { makeTyping } from "../columns/typing.ts";
import type { Column, ColumnType } from "../model/column-type.ts";
import { decodePlan } from "../polars/decode.ts";
import { makeLeaf } from "../polars/leaf.ts";
import { findingCodes, findingSeverities } from "./codes.ts";
import { traps } from "./traps.ts";

const col = pl.col;

describe("the traps of a step", () => {
  it("come in the order in which the query is written", () => {
    const codes = codesIn(
      ({ orders }) =>
        orders
          .filter(col("id").eq(5))
          .withColumn(col("id").add(1).alias("next"))
          .filter(col("note").eq(null))
          .select("next", "tags"),
      { format: "csv" },
    );
    expect(codes).toEqual(["FILTER_READS_ALL", "INTEGER_BECOMES_FLOAT", "NULL_OPERAND", "TYPE_NOT_WRITABLE"]);
  });

  it("are said once, however often they are met", () => {
    const task = trapsIn(({ orders }) => {
      const dated = orders.select("id", col("at").cast(pl.Date));
      return pl.concat([dated, dated]);
    });
    expect(task.map(({ code }) => code)).toEqual(["DATE_IN_UTC"]);
  });

  it("are none in what has no types to go by", () => {
    const plain = { kind: "source", name: "orders" } as const;
    const unknown = { columnsOf: () => [], schemaOf: () => undefined, typeOf: () => undefined, expand: () => [] };
    const read = { sources: { orders: { format: "csv" } }, target: { format: "csv", scanOptions: {} } } as const;
    expect(traps("clean", plain, unknown, read)).toEqual([]);
  });

  const types: Readonly<Record<Kind, ColumnType>> = {
    number: { kind: "Int64" },
    text: { kind: "String" },
    flag: { kind: "Boolean" },
    day: { kind: "Datetime", unit: "ms", zone: "Europe/Vienna" },
  };
  const leaves = Object.entries(scopes).map(([name, scope]) =>
    makeLeaf(
      pl,
      name,
      [...scope].map(([column, kind]): Column => ({ name: column, type: types[kind] })),
    ),
  );
  const frames = Object.fromEntries(leaves.map((leaf) => [leaf.name, leaf.frame]));
  const parquet = { format: "parquet" } as const;

  it("have a sentence with the name of the step, a hint and their severity, in any task", () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(programs, (program) => {
        const decoded = decodePlan(pl, call(pl, program, frames));
        const found = traps("the step", decoded.plan, makeTyping(pl, decoded, leaves), {
          sources: Object.fromEntries(leaves.map(({ name }) => [name, parquet])),
          target: { format: "csv", scanOptions: {} },
        });
        for (const { code, severity, message, hint, step } of found) {
          seen.add(code);
          expect(Object.keys(findingCodes)).toContain(code);
          expect(severity).toBe(findingSeverities[code as keyof typeof findingCodes]);
          expect(message).toMatch(/^Step `the step` .*[.]$/);
          expect(hint).toMatch(/[.]$/);
          expect(step).toBe("the step");
        }
        expect(new Set(found.map(({ message }) => message)).size).toBe(found.length);
      }),
      { numRuns: 150 },
    );
    expect(seen.size).toBeGreaterThan(3);
  });
});
