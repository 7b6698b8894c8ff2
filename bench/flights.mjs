// The flights pipeline with Glacier, and the same work by hand in nodejs-polars. Goal: at most 1.05 × the time and
// 1.1 × the peak memory. Run it with `pnpm bench flights`.
import { compare, median, ratio } from "./lib/pairs.mjs";
import { printTable } from "./lib/table.mjs";

const rounds = Number(process.argv[2] ?? 11);
const byHand = new URL("./flights/by-hand.mjs", import.meta.url);
const withGlacier = new URL("./flights/with-glacier.mjs", import.meta.url);
const variants = {
  "by hand": { script: byHand },
  "by hand, POLARS_HOT_TABLE_SIZE": { script: byHand, env: { POLARS_HOT_TABLE_SIZE: "65536" } },
  "Glacier, one step at a time": { script: withGlacier, args: ["1"] },
  Glacier: { script: withGlacier },
};
const results = compare(variants, rounds);
const hand = results["by hand"];
console.log(`\nFlights: 3 million rows, 6 steps; medians of ${rounds} rounds, each in a process of its own\n`);
printTable(
  ["", "seconds", "× by hand", "peak MB", "× by hand"],
  Object.entries(results).map(([name, { seconds, megabytes }]) => [
    name,
    median(seconds).toFixed(3),
    ratio(seconds, hand.seconds).toFixed(3),
    median(megabytes).toFixed(0),
    ratio(megabytes, hand.megabytes).toFixed(3),
  ]),
);
