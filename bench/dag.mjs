// Graphs of 1,000, 10,000 and 100,000 steps: buckets and tasks chained, graph built, checked and sorted, drawn as
// Mermaid. Goal: time grows linearly, and 10,000 steps take less than 150 ms. Run it with `pnpm bench dag`.
import { Dag, Pipeline, Provider } from "@glacier/core";
import { local } from "@glacier/provider-local";
import { median } from "./lib/pairs.mjs";
import { printTable } from "./lib/table.mjs";

const rounds = Number(process.argv[2] ?? 9);
const provider = new Provider(local({ root: "data" }));
const here = provider.local();
const bucket = (name) => provider.bucket("graph", `${name}.parquet`);
const task = (name) => here.task(name, (df) => df);

const shapes = {
  /** Each step reads the one before. */
  chain(steps) {
    let last = bucket("start");
    for (let at = 0; at < steps; at++) last = last.transform(task(`step-${at}`)).to(bucket(`out-${at}`));
    return [last];
  },
  /** 100 steps side by side; each reads two of the row above. */
  grid(steps) {
    let row = Array.from({ length: 100 }, (_, at) => bucket(`start-${at}`));
    for (let made = 0; made < steps; made += 100) {
      const above = row;
      row = above.map((a, at) =>
        new Pipeline({ a, b: above[(at + 1) % 100] })
          .transform(task(`step-${made + at}`))
          .to(bucket(`out-${made + at}`)),
      );
    }
    return row;
  },
  /** One step reads all the others. */
  "fan-in"(steps) {
    const sources = {};
    for (let at = 0; at < steps - 1; at++)
      sources[`s${at}`] = bucket(`in-${at}`)
        .transform(task(`step-${at}`))
        .to(bucket(`out-${at}`));
    return [new Pipeline(sources).transform(task("all")).to(bucket("all"))];
  },
};

const rows = [];
for (const [shape, make] of Object.entries(shapes)) {
  for (const steps of [1_000, 10_000, 100_000]) {
    const chained = [];
    const built = [];
    const drawn = [];
    for (let round = 0; round < rounds; round++) {
      const start = performance.now();
      const targets = make(steps);
      const afterChain = performance.now();
      const dag = Dag.of(targets);
      const afterDag = performance.now();
      const mermaid = dag.toMermaid();
      const end = performance.now();
      if (dag.steps.length !== steps || !mermaid.includes("flowchart"))
        throw new Error(`${shape}: ${dag.steps.length} steps`);
      chained.push(afterChain - start);
      built.push(afterDag - afterChain);
      drawn.push(end - afterDag);
    }
    const total = median(built) + median(drawn);
    rows.push([
      shape,
      steps.toLocaleString("en-US"),
      median(chained).toFixed(1),
      median(built).toFixed(1),
      median(drawn).toFixed(1),
      total.toFixed(1),
      ((total * 1_000) / steps).toFixed(2),
    ]);
  }
}
console.log(`\nGraphs; milliseconds, medians of ${rounds} rounds in one process\n`);
printTable(["", "steps", "chain", "build, check, sort", "Mermaid", "build to Mermaid", "µs a step"], rows);
