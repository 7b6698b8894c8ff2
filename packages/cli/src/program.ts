import { readFileSync } from "node:fs";
import { Command, CommanderError, InvalidArgumentError } from "commander";
import { GlacierError } from "@glacier/core";
import { listCommand } from "./commands/list.ts";
import { runCommand } from "./commands/run.ts";
import { visualizeCommand } from "./commands/visualize.ts";
import { exitCodeOf, exitCodes } from "./exit-codes.ts";
import { errorLines, painter } from "./progress/line.ts";
import type { Terminal } from "./terminal.ts";

const introduction = `
Runs, lists and draws data pipelines. A pipeline is a chain of storage buckets in a TypeScript or JavaScript module:

  // pipeline.ts
  import { Provider } from "@glacier/core";
  import { local } from "@glacier/provider-local";

  const provider = new Provider(local({ root: "./data" }));
  const here = provider.local();
  const double = here.task("double", (df) => df.withColumn(…));

  export const etl = provider.bucket("in", "a.csv").transform(double).to(provider.bucket("out", "b.parquet"));
`;

const examples = `
Examples:
  $ glacier run pipeline.ts                        run every pipeline that the module exports
  $ glacier run pipeline.ts --pipeline etl         run one of them
  $ glacier run pipeline.ts --head 5               and show the first rows of what was written
  $ glacier list pipeline.ts                       which pipelines there are, and their steps
  $ glacier visualize pipeline.ts --out etl.html   draw them

Exit codes: ${exitCodes.ok} done; ${exitCodes.failed} a step failed, or the pipeline is refused; ${exitCodes.usage} wrong command line;
  ${exitCodes.module} the module can't be loaded or has no such pipeline; ${exitCodes.cancelled} cancelled by Ctrl-C.
`;

/** Runs a command line. Never throws, and leaves ending the process to the caller. @returns The exit code. */
export async function runCommandLine(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    let code: number = exitCodes.ok;
    const program = makeProgram(terminal, (ended) => (code = ended));
    await program.parseAsync(args, { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.ok;
    const shown = GlacierError.is(error) ? error : error instanceof CommanderError ? usage(error) : unexpected(error);
    terminal.error(errorLines(shown, painter(terminal.isColoured)));
    if (args.includes("--json")) terminal.write(`${JSON.stringify({ type: "error", error: shown })}\n`);
    return exitCodeOf(shown.code);
  }
}

function makeProgram(terminal: Terminal, end: (code: number) => void): Command {
  const program = new Command("glacier")
    .description("Data pipelines as chains of storage.")
    .version(versionOf(), "-v, --version", "print the version")
    .helpOption("-h, --help", "print this help, or that of a command")
    .addHelpText("after", introduction + examples)
    .configureOutput({ writeOut: (text) => terminal.write(text), writeErr: () => {} })
    .exitOverride()
    .showSuggestionAfterError();
  program
    .command("run")
    .description("run the pipelines of a module, independent steps at the same time")
    .argument("<module>", "a TypeScript or JavaScript module that exports pipelines")
    .option("-p, --pipeline <name>", "only this one; may be given more than once", append, [])
    .option("-m, --mode <mode>", "how to run", "local")
    .option("-c, --concurrency <steps>", "how many steps may run at once", wholeNumber)
    .option("--fail-fast", "after a failure, start nothing more")
    .option("--head <rows>", "afterwards, show the first rows of every result", wholeNumber)
    .option("--graph", "afterwards, show a picture of the steps")
    .option("--json", "events and the result as JSON, one a line")
    .action(async (module: string, options: object) => end(await runCommand(module, options, terminal)));
  program
    .command("list")
    .description("list the pipelines of a module, with their steps")
    .argument("<module>", "a TypeScript or JavaScript module that exports pipelines")
    .option("--json", "as JSON")
    .action(async (module: string, options: object) => listCommand(module, options, terminal));
  program
    .command("visualize")
    .description("draw the pipelines of a module; Mermaid to standard output, unless --out is given")
    .argument("<module>", "a TypeScript or JavaScript module that exports pipelines")
    .option("-p, --pipeline <name>", "only this one; may be given more than once", append, [])
    .option("-o, --out <file>", "write to a file: .mmd, .md, .svg, or .html (which opens without a network)")
    .option("--text", "a picture for the terminal instead of Mermaid")
    .action(async (module: string, options: object) => visualizeCommand(module, options, terminal));
  return program;
}

const append = (value: string, before: readonly string[]): readonly string[] => [...before, value];

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text) || Number(text) < 1 || Number(text) > 1_000_000)
    throw new InvalidArgumentError("It must be a whole number of at least 1.");
  return Number(text);
}

function usage(error: CommanderError): GlacierError {
  const message = error.message.replace(/^error: /, "").trim();
  const [first = "", ...rest] = message.split("\n");
  return new GlacierError(
    "USAGE",
    `${first.charAt(0).toUpperCase()}${first.slice(1)}${/[.!?]$/.test(first) ? "" : "."}`,
    {
      hint: [
        ...rest.map((line) => line.replaceAll(/[()]/g, "")),
        "`glacier --help` shows the commands and their options.",
      ].join(" "),
    },
  );
}

function unexpected(error: unknown): GlacierError {
  return new GlacierError(
    "UNEXPECTED",
    `Something went wrong that Glacier has no words for: ${error instanceof Error ? error.message : String(error)}`,
    {
      hint: "This is a mistake in Glacier or in one of its plugins. Please report it, with the command line and the module.",
      cause: error,
    },
  );
}

function versionOf(): string {
  const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as { version: string };
  return manifest.version;
}
