import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/**
 * Runs each script in a process of its own, one after the other, `rounds` times; in a new order each round, so that
 * none is always the first. A script prints one line of JSON: `{ seconds }`, and what it wants to be checked.
 *
 * @param {Record<string, { script: string, args?: string[], env?: Record<string, string> }>} variants By name.
 * @returns {Record<string, { seconds: number[], megabytes: number[], last: object }>}
 */
export function compare(variants, rounds) {
  const names = Object.keys(variants);
  const results = Object.fromEntries(names.map((name) => [name, { seconds: [], megabytes: [], last: {} }]));
  for (const name of names) runOnce(variants[name]); // warms the file cache; not counted
  for (let round = 0; round < rounds; round++) {
    for (let at = 0; at < names.length; at++) {
      const name = names[(at + round) % names.length];
      const { seconds, megabytes, ...rest } = runOnce(variants[name]);
      results[name].seconds.push(seconds);
      results[name].megabytes.push(megabytes);
      results[name].last = rest;
    }
    process.stderr.write(`round ${round + 1} of ${rounds}\r`);
  }
  process.stderr.write("\n");
  return results;
}

function runOnce({ script, args = [], env = {} }) {
  const path = fileURLToPath(script);
  const { status, stdout, stderr } = spawnSync(process.execPath, [path, ...args], {
    encoding: "utf8",
    env: { ...process.env, ...env },
    maxBuffer: 1 << 26,
  });
  if (status !== 0) throw new Error(`${path} failed (${status}):\n${stderr}`);
  return JSON.parse(stdout.trim().split("\n").at(-1));
}

/** In a measured script: times the work, then prints the result with the peak memory of the process. */
export async function report(work) {
  const start = performance.now();
  const facts = (await work()) ?? {};
  const seconds = (performance.now() - start) / 1_000;
  // maxRSS is in kilobytes: https://nodejs.org/api/process.html#processresourceusage
  console.log(JSON.stringify({ seconds, megabytes: process.resourceUsage().maxRSS / 1_000, ...facts }));
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The median of the ratios of each round: what a noisy machine disturbs least. */
export const ratio = (ours, theirs) => median(ours.map((value, at) => value / theirs[at]));
