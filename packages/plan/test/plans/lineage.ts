import { expect } from "vitest";
import { stepLineage } from "../../src/lineage/step.ts";
import type { LineageInput } from "../../src/model/lineage.ts";
import { type Query, readPlan } from "./tables.ts";

const listed = (inputs: readonly LineageInput[]): readonly string[] =>
  inputs.map(({ source, column, influence }) => `${source}.${column} ${influence}`);

/** What each column is from, and `*` what influences all. */
export function lineageOf(query: Query): Readonly<Record<string, readonly string[]>> {
  const { plan, typing } = readPlan(query);
  const { columns, dataset, opaque } = stepLineage(plan, typing);
  expect(opaque).toBeUndefined();
  return {
    ...Object.fromEntries(columns.map(({ column, inputs }) => [column, listed(inputs)])),
    ...(dataset.length === 0 ? {} : { "*": listed(dataset) }),
  };
}
