import { Worker } from "node:worker_threads";
import { GlacierError } from "@glacier/core";

/** How long a layout may take, in milliseconds, before it is given up. */
const longest = 60_000;

/** Graphviz walks a graph recursively, and a long chain needs more than the stack of Node's main thread. */
const stackSizeMb = 64;

const script = `
const { parentPort, workerData } = require("node:worker_threads");
import(workerData.graphviz).then(async ({ Graphviz }) => {
  const graphviz = await Graphviz.load();
  parentPort.postMessage(graphviz.layout(workerData.source, "json", "dot"));
});`;

/**
 * Lays out a graph in Graphviz's language, and gives it as JSON: https://graphviz.org/docs/outputs/json/. Graphviz is
 * loaded on first use, from its package, and works in a thread of its own, so that it can be stopped.
 *
 * Throws `OUTPUT_FAILED` if Graphviz fails or takes longer than the time limit (in milliseconds; a minute unless told).
 */
export async function runGraphviz(source: string, timeLimit: number = longest): Promise<string> {
  const graphviz = import.meta.resolve("@hpcc-js/wasm-graphviz");
  const worker = new Worker(script, {
    eval: true,
    workerData: { graphviz, source },
    execArgv: [],
    resourceLimits: { stackSizeMb },
    // What Graphviz has to say about a graph is nothing for the user's terminal.
    stdout: true,
    stderr: true,
  });
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<string>((resolve, reject) => {
      worker.once("message", resolve);
      worker.once("error", reject);
      worker.once("exit", (code) => reject(new Error(`The layout ended with exit code ${code} and no result.`)));
      timer = setTimeout(() => reject(new Error(`The layout took longer than ${timeLimit} ms.`)), timeLimit);
    });
  } catch (cause) {
    throw new GlacierError("OUTPUT_FAILED", "Graphviz could not lay out the pipeline.", {
      hint: "Write the Mermaid source instead: `--out pipeline.mmd`.",
      cause,
    });
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}
