import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { GlacierError } from "@glacier/core";
import { exitCodeOf, exitCodes } from "./exit-codes.ts";
import { checkFormats, lineageFormats } from "./output-formats.ts";
import { errorLines, painter } from "./progress/line.ts";
import type { Terminal } from "./terminal.ts";
import { version } from "./version.ts";

const introduction = `
Checks, runs, lists and draws data pipelines. A pipeline is a chain of storage buckets in a TypeScript or JavaScript module:

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
  $ glacier check pipeline.ts                      find mistakes in all steps without running them
  $ glacier lineage pipeline.ts --column b.total   where a column comes from, and what depends on it
  $ glacier explain pipeline.ts --step double      the plan of a step, and how Polars executes it
  $ glacier list pipeline.ts                       which pipelines there are, and their steps
  $ glacier visualize pipeline.ts --out etl.html   draw them

Exit codes: ${exitCodes.ok} done; ${exitCodes.failed} a step failed, mistakes were found, or the pipeline is refused; ${exitCodes.usage} wrong command line;
  ${exitCodes.module} the module can't be loaded or has no such pipeline or step; ${exitCodes.cancelled} cancelled by Ctrl-C.
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
    .version(version(), "-v, --version", "print the version")
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
    .option("--no-check", "run without checking all steps first")
    .option("--head <rows>", "afterwards, show the first rows of every result", wholeNumber)
    .option("--graph", "afterwards, show a picture of the steps")
    .option("--json", "events and the result as JSON, one a line")
    .action(async (module: string, options: object) => {
      const { runCommand } = await import("./commands/run.ts");
      end(await runCommand(module, options, terminal));
    });
  program
    .command("check")
    .description("find mistakes in all steps of the pipelines, without running them")
    .argument("<module>", "a TypeScript or JavaScript module that exports pipelines")
    .option("-p, --pipeline <name>", "only this one; may be given more than once", append, [])
    .addOption(formatOption("how to print what is found", checkFormats))
    .option("--strict", "fail because of warnings too")
    .option("--ignore <code>", "leave out what has this code; may be given more than once", append, [])
    .action(async (module: string, options: object) => {
      const { checkCommand } = await import("./commands/check.ts");
      end(await checkCommand(module, options, terminal));
    });
  program
    .command("lineage")
    .description("show where columns come from, and what depends on them")
    .argument("<module>", "a TypeScript or JavaScript module that exports pipelines")
    .option("-p, --pipeline <name>", "only this one; may be given more than once", append, [])
    .option("--column <bucket.column>", "only this column: where it comes from, and what depends on it")
    .addOption(
      new Option("--format <format>", "how to show it; text, unless the ending of --out says otherwise").choices(
        lineageFormats,
      ),
    )
    .option("-o, --out <file>", "write to a file; .html, .mmd and .json say the format")
    .action(async (module: string, options: object) => {
      const { lineageCommand } = await import("./commands/lineage.ts");
      await lineageCommand(module, options, terminal);
    });
  program
    .command("explain")
    .description("show the plan of a step: what it reads and gives, and how Polars executes it")
    .argument("<module>", "a TypeScript or JavaScript module that exports pipelines")
    .option("-s, --step <name>", "this step; may be left out where there is only one")
    .option("-p, --pipeline <name>", "of this pipeline; may be given more than once", append, [])
    .addOption(formatOption("how to print it", ["text", "json"]))
    .action(async (module: string, options: object) => {
      const { explainCommand } = await import("./commands/explain.ts");
      await explainCommand(module, options, terminal);
    });
  program
    .command("list")
    .description("list the pipelines of a module, with their steps")
    .argument("<module>", "a TypeScript or JavaScript module that exports pipelines")
    .option("--json", "as JSON")
    .action(async (module: string, options: object) => {
      const { listCommand } = await import("./commands/list.ts");
      await listCommand(module, options, terminal);
    });
  program
    .command("visualize")
    .description("draw the pipelines of a module; Mermaid to standard output, unless --out is given")
    .argument("<module>", "a TypeScript or JavaScript module that exports pipelines")
    .option("-p, --pipeline <name>", "only this one; may be given more than once", append, [])
    .option("-o, --out <file>", "write to a file: .mmd, .md, .svg, or .html (which opens without a network)")
    .option("--text", "a picture for the terminal instead of Mermaid")
    .action(async (module: string, options: object) => {
      const { visualizeCommand } = await import("./commands/visualize.ts");
      await visualizeCommand(module, options, terminal);
    });
  return program;
}

const formatOption = (description: string, formats: readonly string[]): Option =>
  new Option("--format <format>", description).choices(formats).default("text");

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
