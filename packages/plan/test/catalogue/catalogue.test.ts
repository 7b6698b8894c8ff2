import type { Finding } from "@glacier/core";
import { describe, expect, it } from "vitest";
import { schemaOf } from "../../src/polars/frame-schema.ts";
import { check, schemasOf } from "./check.ts";
import { correct } from "./correct/index.ts";
import { mistakes } from "./mistakes/index.ts";
import { makeTables, type Step, type Tables } from "./tables.ts";
import { unfound } from "./unfound.ts";

const tables = makeTables();
const schemas = schemasOf(tables);
const others = [2, 3, 4].map(makeTables);

function run(step: Step, over: Tables): ReturnType<ReturnType<Step>["collectSync"]> {
  const result = step(over);
  // A query in SQL that Polars refuses is not thrown.
  const inner = (result as unknown as Record<string, unknown>)["_ldf"];
  if (inner instanceof Error) throw inner;
  return result.collectSync();
}

const errorsIn = (findings: readonly Finding[]): readonly Finding[] =>
  findings.filter(({ severity }) => severity === "error");

it("has more than 150 steps of each kind", () => {
  for (const catalogue of [correct, mistakes]) {
    expect(Object.values(catalogue).flatMap((steps) => Object.keys(steps)).length).toBeGreaterThan(150);
  }
});

for (const [topic, steps] of Object.entries(correct)) {
  describe(`what is right is not refused: ${topic}`, () => {
    it.each(Object.entries(steps))("%s", async (_, step) => {
      const { findings, schema } = await check(step, schemas);
      const results = [tables, ...others].map((each) => run(step, each));
      expect(errorsIn(findings)).toEqual([]);
      for (const result of results) expect(schema).toEqual(schemaOf(result));
    });
  });
}

for (const [topic, steps] of Object.entries(mistakes)) {
  describe(`what is wrong is found: ${topic}`, () => {
    it.each(Object.entries(steps))("%s", async (_, { step, code, column, silent, isWarning }) => {
      const { findings } = await check(step, schemas);
      if (silent === undefined) for (const each of [tables, ...others]) expect(() => run(step, each)).toThrow(Error);
      else expect(run(step, tables).height).toBeGreaterThan(0);
      const errors = errorsIn(findings);
      const found = isWarning === true ? findings : errors;
      expect(found.map((finding) => finding.code)).toContain(code);
      if (isWarning === true) expect(errors).toEqual([]);
      if (column !== undefined) expect(errors.map((finding) => finding.column)).toContain(column);
    });
  });
}

describe("what only data can show is let by", () => {
  it.each(Object.entries(unfound))("%s", async (_, { step }) => {
    const { findings } = await check(step, schemas);
    expect(() => run(step, tables)).toThrow(Error);
    expect(errorsIn(findings)).toEqual([]);
  });
});
