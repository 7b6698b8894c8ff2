// Peak memory of one step over 40 million rows: filter, new columns, group by. Goal: at most 1.2 GB with Glacier.
// Makes bench/data/big.parquet first (about 260 MB, kept). Run it with `pnpm bench memory`.
import { compare, median, ratio } from "./lib/pairs.mjs";
import { printTable } from "./lib/table.mjs";
import { makeBigFile } from "./memory/big-file.mjs";

const rounds = Number(process.argv[2] ?? 7);
const { rows, megabytes: fileSize } = await makeBigFile();
const script = new URL("./memory/group-by.mjs", import.meta.url);
const results = compare(
  {
    "by hand, collect": { script, args: ["collect"] },
    "by hand, sink": { script, args: ["sink"] },
    Glacier: { script, args: ["glacier"] },
  },
  rounds,
);
const hand = results["by hand, sink"];
console.log(
  `\n${rows.toLocaleString("en-US")} rows (${fileSize.toFixed(0)} MB of Parquet); medians of ${rounds} rounds, each in a process of its own\n`,
);
printTable(
  ["", "seconds", "× sink by hand", "peak MB", "× sink by hand", "rows out"],
  Object.entries(results).map(([name, { seconds, megabytes, last }]) => [
    name,
    median(seconds).toFixed(2),
    ratio(seconds, hand.seconds).toFixed(3),
    median(megabytes).toFixed(0),
    ratio(megabytes, hand.megabytes).toFixed(3),
    last.rows,
  ]),
);
