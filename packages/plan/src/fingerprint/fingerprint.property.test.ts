import type { LazyFrame } from "@glacier/core";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { call, type Style } from "../../test/fingerprint/compile.ts";
import { mutationsOf } from "../../test/fingerprint/mutations.ts";
import { type Kind, type Program, scopes } from "../../test/fingerprint/program.ts";
import { programs } from "../../test/fingerprint/random-program.ts";
import type { Column, ColumnType, TableSchema } from "../model/column-type.ts";
import { decodePlan } from "../polars/decode.ts";
import { makeLeaf } from "../polars/leaf.ts";
import { loadPolars } from "../polars/load.ts";
import { fingerprint, type FingerprintContext } from "./fingerprint.ts";

const pl = await loadPolars();

const types: Readonly<Record<Kind, ColumnType>> = {
  number: { kind: "Float64" },
  text: { kind: "String" },
  flag: { kind: "Boolean" },
  day: { kind: "Datetime", unit: "ms", zone: undefined },
};
const names = Object.keys(scopes) as (keyof typeof scopes)[];
const schemaOf = (name: keyof typeof scopes): TableSchema =>
  [...scopes[name]].map(([column, kind]): Column => ({ name: column, type: types[kind] }));

const framesWith = (change: (schema: TableSchema) => TableSchema): Readonly<Record<string, LazyFrame>> =>
  Object.fromEntries(names.map((name) => [name, makeLeaf(pl, name, change(schemaOf(name))).frame]));

const frames = framesWith((schema) => schema);
/** The same columns in another order, and two more. */
const otherFrames = framesWith((schema) => [
  { name: "before", type: { kind: "Date" } },
  ...schema.toReversed(),
  { name: "after", type: { kind: "String" } },
]);

const form = { format: "parquet", options: {} } as const;
const context: FingerprintContext = {
  polars: "0.26.1",
  sources: Object.fromEntries(names.map((name) => [name, form])),
  target: form,
};
const of = (program: Program, style?: Style, given = frames): string =>
  fingerprint(decodePlan(pl, call(pl, program, given, style)).plan, context);

const numRuns = 60;

describe("the fingerprint of any task", () => {
  it("stays the same, however its code is written", () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(programs, (program) => {
        const one = of(program);
        for (const step of program.steps) seen.add(step.do);
        expect(of(program), "called again").toBe(one);
        expect(of(program, { reversed: true }), "other order of keys").toBe(one);
        expect(of(program, { short: true }), "columns without their own names").toBe(one);
        expect(of(program, { split: true }), "filters in a row").toBe(one);
        expect(of(program, {}, otherFrames), "other sources").toBe(one);
        expect(of(program, { asking: true }), "columns were asked for").toBe(one);
      }),
      { numRuns },
    );
    expect(seen.size).toBeGreaterThan(10);
  });

  it("changes with every change of the logic", () => {
    let compared = 0;
    fc.assert(
      fc.property(programs, fc.infiniteStream(fc.nat()), (program, thrown) => {
        const one = of(program);
        const mutations = mutationsOf(program);
        expect(mutations.length).toBeGreaterThan(0);
        for (const chosen of thrown.take(12)) {
          const mutation = mutations[chosen % mutations.length];
          if (mutation === undefined) continue;
          compared += 1;
          expect(of(mutation.program), mutation.what).not.toBe(one);
        }
      }),
      { numRuns },
    );
    expect(compared).toBeGreaterThan(300);
  });

  it("is another one for another task", () => {
    const known = new Map<string, string>();
    fc.assert(
      fc.property(programs, (program) => {
        const one = of(program);
        const text = textOf(program);
        fc.pre(text !== undefined);
        expect(known.get(one) ?? text).toBe(text);
        known.set(one, text);
      }),
      { numRuns },
    );
    expect(known.size).toBeGreaterThan(numRuns / 2);
  });
});

/** What Polars itself says of the query; nothing where it refuses it. */
function textOf(program: Program): string | undefined {
  try {
    return call(pl, program, frames, { short: true, split: true }).describePlan();
  } catch {
    return undefined;
  }
}
