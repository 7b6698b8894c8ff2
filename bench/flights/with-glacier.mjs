// The pipelines of examples/flights, as `pnpm demo` runs them; like the other variant, without targets from before.
import { rmSync } from "node:fs";
import { Dag } from "@glacier/core";
import { mode } from "@glacier/runtime-local";
import { createJiti } from "jiti";
import { report } from "../lib/pairs.mjs";

const { delaysByPlace, routes } = await createJiti(import.meta.url).import("../../examples/flights/pipeline.ts");
const dag = Dag.of([delaysByPlace, routes]);

rmSync(new URL("../../examples/flights/data", import.meta.url), { recursive: true, force: true });

await report(async () => {
  const result = await mode.run(dag, { concurrency: Number(process.argv[2] ?? 2) });
  return { rows: Object.fromEntries(result.steps.map(({ name, outcome }) => [name, outcome.rows])) };
});
