#!/usr/bin/env node
import { exitCodes } from "./exit-codes.ts";
import { runCommandLine } from "./program.ts";
import type { Terminal } from "./terminal.ts";

// Each query of Polars holds one of the threads that Node.js has for files, which are four by default. With more, files
// can be read and written beside several queries. Node.js reads this when the first of them is used.
process.env["UV_THREADPOOL_SIZE"] ??= "16";

const { stdout, stderr } = process;

const terminal: Terminal = {
  write: (text) => stdout.write(text),
  error: (text) => stderr.write(text),
  live: stderr.isTTY && process.env["CI"] === undefined && process.env["TERM"] !== "dumb" ? stderr : undefined,
  isColoured: stderr.isTTY && stderr.hasColors(),
  width: stdout.columns ?? 80,
  onInterrupt(callback) {
    let count = 0;
    const interrupt = (): void => {
      count += 1;
      if (count > 1) endBySignal();
      callback();
    };
    process.on("SIGINT", interrupt).on("SIGTERM", interrupt);
    return () => process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
  },
};

// A reader that closes early (`glacier visualize … | head`) is no error.
stdout.on("error", (error: NodeJS.ErrnoException) =>
  process.exit(error.code === "EPIPE" ? exitCodes.ok : exitCodes.failed),
);

const code = await runCommandLine(process.argv.slice(2), terminal);
// What was written is flushed first.
stdout.write("", () =>
  stderr.write("", () => {
    if (code === exitCodes.cancelled) endBySignal();
    else process.exit(code);
  }),
);

/**
 * As shells expect it of a program that Ctrl-C ended: 130. Also because `process.exit` waits for queries that are still
 * at work, and Polars can't be told to stop.
 */
function endBySignal(): void {
  process.removeAllListeners("SIGINT");
  process.kill(process.pid, "SIGINT");
}
