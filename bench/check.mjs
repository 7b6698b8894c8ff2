// What it takes to read a pipeline before it runs: `glacier check` of 100 steps from start to end; the trace of pipelines of
// 100, 500 and 2,000 steps, and in it the fingerprint; the lineage of 100 steps with 50 columns each. Goals: 500 ms for the
// command, 100 ms for the lineage, 1 ms a step for the fingerprint, and growth that is linear. Run it with `pnpm bench check`.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { Dag } from "@glacier/core";
import { fingerprint, formsOf, origins, pipelineLineage, traceDag } from "@glacier/plan";
import { makePipeline } from "./check/pipeline.mjs";
import { median } from "./lib/pairs.mjs";
import { printTable } from "./lib/table.mjs";

const rounds = Number(process.argv[2] ?? 9);
const time = async (work) => {
  const start = performance.now();
  const result = await work();
  return { result, milliseconds: performance.now() - start };
};

// The command
const glacier = fileURLToPath(new URL("../packages/cli/dist/main.js", import.meta.url));
const module = fileURLToPath(new URL("check/pipeline.mjs", import.meta.url));
const calls = fileURLToPath(new URL("check/calls.mjs", import.meta.url));
const commands = {
  "node, doing nothing": ["-e", "0"],
  "glacier list": [glacier, "list", module],
  "calling the 100 tasks, and no more": [calls],
  "glacier check": [glacier, "check", module],
};
const took = Object.fromEntries(Object.keys(commands).map((name) => [name, []]));
for (let round = 0; round <= rounds; round++) {
  for (const [name, args] of Object.entries(commands)) {
    const { result, milliseconds } = await time(() => spawnSync(process.execPath, args, { encoding: "utf8" }));
    if (result.status !== 0) throw new Error(`${name} failed (${result.status}):\n${result.stdout}${result.stderr}`);
    if (round > 0) took[name].push(milliseconds); // the first warms the file cache
  }
}
console.log(`\nA pipeline of 100 steps, from start to end; medians of ${rounds} rounds\n`);
printTable(
  ["", "milliseconds"],
  Object.entries(took).map(([name, each]) => [name, median(each).toFixed(0)]),
);

// The trace
const nothing = async () => {
  throw new Error("no storage is asked");
};
const rows = [];
for (const steps of [100, 500, 2_000]) {
  const traced = [];
  const hashed = [];
  for (let round = 0; round < rounds; round++) {
    const dag = Dag.of(makePipeline(steps));
    const { result, milliseconds } = await time(() => traceDag(dag, { schemaOf: nothing }));
    const wrong = result.findings.filter(({ severity }) => severity === "error");
    const opaque = result.steps.filter((step) => step.fingerprint === undefined);
    if (wrong.length > 0 || opaque.length > 0) throw new Error(JSON.stringify([...wrong, ...opaque].slice(0, 3)));
    traced.push(milliseconds);
    const again = await time(() => {
      for (const [at, { plan }] of result.steps.entries()) {
        fingerprint(plan, { polars: "0", ...formsOf(dag.steps[at].step) });
      }
    });
    hashed.push(again.milliseconds);
  }
  rows.push([
    steps.toLocaleString("en-US"),
    median(traced).toFixed(0),
    (median(traced) / steps).toFixed(2),
    (median(hashed) / steps).toFixed(3),
  ]);
}
console.log(`\nTraces; milliseconds, medians of ${rounds} rounds in one process\n`);
printTable(["steps", "trace", "a step", "fingerprint, a step"], rows);

// The lineage
const columns = Array.from({ length: 50 }, (_, at) => `c${at}`);
const wide = (steps) =>
  Array.from({ length: steps }, (_, at) => ({
    step: `step-${at}`,
    target: `out-${at}`,
    sources: { df: at === 0 ? "start" : `out-${at - 1}` },
    lineage: {
      columns: columns.map((column, place) => ({
        column,
        inputs: [
          { source: "df", column, influence: place % 2 === 0 ? "identity" : "transformation" },
          { source: "df", column: columns[(place + 1) % 50], influence: "conditional" },
        ],
      })),
      dataset: [{ source: "df", column: columns[at % 50], influence: "filter" }],
    },
  }));
const lineages = [];
for (const steps of [100, 500, 2_000]) {
  const made = [];
  for (let round = 0; round < rounds; round++) {
    const given = wide(steps);
    const { milliseconds } = await time(() => {
      const lineage = pipelineLineage(given);
      const target = `out-${steps - 1}`;
      for (const column of columns) {
        if (origins(lineage, target, column).length === 0) throw new Error(`${column} comes from nowhere`);
      }
    });
    made.push(milliseconds);
  }
  lineages.push([steps.toLocaleString("en-US"), median(made).toFixed(1), ((median(made) * 1_000) / steps).toFixed(1)]);
}
console.log(`\nLineage of 50 columns through all steps, back to the source; medians of ${rounds} rounds\n`);
printTable(["steps", "milliseconds", "µs a step"], lineages);
