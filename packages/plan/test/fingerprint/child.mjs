// The fingerprints of all tasks, made in a process of its own: from the built package, as users have it.
import { decodePlan } from "../../dist/polars/decode.js";
import { makeLeaf } from "../../dist/polars/leaf.js";
import { fingerprint } from "../../dist/fingerprint/fingerprint.js";
import pl from "nodejs-polars";
import { tasks } from "./tasks.mjs";

const { schemas, context } = JSON.parse(process.argv[2]);
const frames = Object.fromEntries(
  Object.entries(schemas).map(([name, schema]) => [name, makeLeaf(pl, name, schema).frame]),
);
const fingerprints = Object.entries(tasks).map(([name, task]) => {
  const { plan } = decodePlan(pl, task(pl, frames));
  return [name, fingerprint(plan, context)];
});
process.stdout.write(JSON.stringify(Object.fromEntries(fingerprints)));
