import { GlacierError } from "@glacier/core";

/** Polars as a module: `pl.scanParquet`, `pl.col`, … */
export type Polars = typeof import("nodejs-polars").default;

/**
 * Group-bys keep a table of recent groups for each thread. At Polars' default of 4,096, memory grows with the rows that
 * are read: 2.7 GB at 40 million rows and 53,000 groups, against 0.7 GB at this size, in two thirds of the time. Larger
 * still would save more there, but costs every group-by the time to set it up. Polars reads it when the first query
 * runs; whoever has set it keeps what was set. `bench/memory.mjs` and `bench/flights.mjs` measure it.
 */
const hotTableSize = "65536";

let loading: Promise<Polars> | undefined;

/**
 * Polars, loaded on first use.
 * @throws ENGINE_NOT_INSTALLED
 */
export function loadPolars(): Promise<Polars> {
  process.env["POLARS_HOT_TABLE_SIZE"] ??= hotTableSize;
  loading ??= import("nodejs-polars").then(
    (module) => module.default,
    (cause: unknown) => {
      loading = undefined;
      throw notInstalled(cause);
    },
  );
  return loading;
}

function notInstalled(cause: unknown): GlacierError {
  return new GlacierError(
    "ENGINE_NOT_INSTALLED",
    "Polars can't be loaded: the package `nodejs-polars`, or its binary for this machine, is missing.",
    {
      hint: "Install `nodejs-polars`. On Node.js 20, npm leaves its binary out without a word: use Node.js 22 or later, or pnpm with `nodeVersion: 22.18.0` in pnpm-workspace.yaml.",
      cause,
    },
  );
}
