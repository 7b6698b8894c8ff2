import type { StepResult } from "@glacier/core";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { brokenPromises } from "../test/broken-promises.ts";
import { type ExpectedStep, expectedOf } from "../test/expected.ts";
import { indexOf } from "../test/fake-dag.ts";
import { aSimulation, simulate, type Simulated } from "../test/simulation.ts";

const runs = 400;

describe("any run", () => {
  it("keeps its promises, whatever its steps do and whenever it is cancelled", async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(aSimulation(true), async (simulation) => {
        const simulated = await simulate(simulation);
        expect(brokenPromises(simulated)).toEqual([]);
        for (const kind of kindsIn(simulated)) seen.add(kind);
      }),
      { numRuns: runs },
    );
    // The property has looked at every kind of end, or it has shown nothing.
    const runKinds = ["run succeeded", "run failed", "run cancelled", "nothing submitted", "step-retrying"];
    const codes = ["STEP_TIMEOUT", "RUN_CANCELLED", "STORAGE_FAILED", "COLUMN_NOT_FOUND", "PLUGIN_INVALID"];
    expect([...seen]).toEqual(expect.arrayContaining([...runKinds, ...codes, "succeeded", "skipped", "given up"]));
  });

  it("ends as its graph and its steps say when nobody disturbs it, at any concurrency", async () => {
    await fc.assert(
      fc.asyncProperty(aSimulation(false), async (simulation) => {
        const { result } = await simulate(simulation);
        const expected = expectedOf(simulation.steps);
        for (const step of result.steps) {
          const { roots = [undefined], ...rest } = expected[indexOf(step.name)] as ExpectedStep;
          const { because, ...found } = described(step);
          expect({ name: step.name, ...found }).toEqual({ name: step.name, ...rest });
          expect(roots).toContain(because);
        }
        const isDone = expected.every(({ status }) => status === "succeeded");
        expect(result.status).toBe(isDone ? "succeeded" : "failed");
      }),
      { numRuns: runs },
    );
  });

  it("is the same twice with the same clock, chance and executor", async () => {
    await fc.assert(
      fc.asyncProperty(aSimulation(true), async (simulation) => {
        const [first, second] = [await simulate(simulation), await simulate(simulation)];
        expect(JSON.stringify(second.events)).toBe(JSON.stringify(first.events));
      }),
      { numRuns: 50 },
    );
  });
});

function described({ attempts, outcome }: StepResult): Omit<ExpectedStep, "roots"> & { because?: number } {
  const { status } = outcome;
  if (status === "failed") return { status, attempts, code: outcome.error.code };
  if (status === "skipped") return { status, attempts, because: indexOf(outcome.because ?? "") };
  return { status, attempts };
}

function kindsIn({ result, events, executor }: Simulated): readonly string[] {
  return [
    `run ${result.status}`,
    ...(executor.submitted.length === 0 ? ["nothing submitted"] : []),
    ...events.map(({ type }) => type),
    ...result.steps.flatMap(({ outcome }) =>
      outcome.status === "failed"
        ? [outcome.error.code, ...(outcome.error.details["stopped"] === false ? ["given up"] : [])]
        : [outcome.status],
    ),
  ];
}
