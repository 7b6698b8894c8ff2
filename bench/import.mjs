// How long an import takes, in a fresh process. Goal: less than 20 ms for core. Run it with `pnpm bench import`.
import { compare, median } from "./lib/pairs.mjs";
import { printTable } from "./lib/table.mjs";

const rounds = Number(process.argv[2] ?? 15);
const script = new URL("./import/one.mjs", import.meta.url);
const names = ["node:util", "@glacier/core", "@glacier/provider-local", "@glacier/runtime-local", "nodejs-polars"];
const results = compare(Object.fromEntries(names.map((name) => [name, { script, args: [name] }])), rounds);
console.log(`\nImports; medians of ${rounds} rounds, each in a process of its own\n`);
printTable(
  ["", "milliseconds"],
  Object.entries(results).map(([name, { seconds }]) => [name, (median(seconds) * 1_000).toFixed(1)]),
);
