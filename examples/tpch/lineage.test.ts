import { Dag } from "@glacier/core";
import { type PipelineTrace, type StepLineage, traceDag } from "@glacier/plan";
import { beforeAll, describe, expect, test } from "vitest";
import { expectedLineage } from "./lineage.ts";
import * as pipelines from "./pipeline.ts";

const queries = Object.keys(pipelines).sort();

type Input = StepLineage["dataset"][number];
const texts = (inputs: readonly Input[]): string[] =>
  inputs.map(({ source, column, influence }) => `${source}.${column} ${influence}`).sort();

describe("the TPC-H example, traced without data", () => {
  let traced: PipelineTrace;

  beforeAll(async () => {
    traced = await traceDag(Dag.of(Object.values(pipelines)), {
      schemaOf: ({ path }) => Promise.reject(new Error(`${path} is not to be read.`)),
    });
  });

  const traceOf = (query: string): PipelineTrace["steps"][number] =>
    traced.steps.find(({ step }) => step === query) as PipelineTrace["steps"][number];

  test("nothing is found wrong with it", () => {
    expect(traced.findings).toEqual([]);
    expect(traced.steps.map(({ step }) => step).sort()).toEqual(queries);
  });

  test("of all 22 queries there is a lineage that was written by hand", () => {
    expect(Object.keys(expectedLineage)).toEqual(queries);
    expect(queries.length).toBe(22);
  });

  test.each(queries)("%s has the lineage that was written by hand", (query) => {
    const { lineage, opaque } = traceOf(query);
    expect(opaque).toBe(undefined);
    const columns = lineage.columns.map(({ column, inputs }) => [column, texts(inputs)] as const);
    expect(columns).toEqual(Object.entries(expectedLineage[query]?.columns ?? {}));
    expect(texts(lineage.dataset)).toEqual(expectedLineage[query]?.dataset);
  });
});
