import { relative } from "node:path";
import {
  type Dag,
  type Finding,
  GlacierError,
  label,
  RunError,
  type RunEvent,
  type RunMode,
  type RunOptions,
  type RunResult,
} from "@glacier/core";
import { mode as localMode } from "@glacier/runtime-local";
import { exitCodes } from "../exit-codes.ts";
import { asDag, findPipelines, type FoundPipeline, selectPipelines } from "../find-pipelines.ts";
import { loadModule } from "../load-module.ts";
import { drawText } from "../picture/text.ts";
import { errorLines, painter } from "../progress/line.ts";
import { liveProgress } from "../progress/live.ts";
import { plainProgress } from "../progress/plain.ts";
import type { Progress } from "../progress/progress.ts";
import { findingsText } from "../report/text.ts";
import type { Terminal } from "../terminal.ts";
import { duration, harmless, plural } from "../text.ts";

interface Options {
  readonly pipeline?: readonly string[];
  readonly mode?: string;
  readonly concurrency?: number;
  readonly failFast?: boolean;
  readonly check?: boolean;
  readonly head?: number;
  readonly graph?: boolean;
  readonly json?: boolean;
}

/** `glacier run`. @returns The exit code. */
export async function runCommand(file: string, parsed: object, terminal: Terminal): Promise<number> {
  const options = parsed as Options;
  const pipelines = selectPipelines(findPipelines(await loadModule(file), file), options.pipeline ?? [], file);
  const dag = asDag(pipelines);
  const mode = await modeOf(options.mode ?? "local", pipelines);
  const given: RunOptions = {
    ...(options.concurrency === undefined ? {} : { concurrency: options.concurrency }),
    ...(options.failFast === undefined ? {} : { failFast: options.failFast }),
    ...(options.check === false ? { check: false } : {}),
  };
  if (mode.executes !== true) return printResult(await mode.run(dag, { ...given }), terminal);
  const progress = progressOf(options, terminal);
  const cancel = new AbortController();
  const stopListening = terminal.onInterrupt(() => cancel.abort());
  if (options.json !== true)
    terminal.error(
      `${painter(terminal.isColoured)("bold", harmless(dag.name))}  ${plural(dag.steps.length, "step")}\n`,
    );
  let isChecked = false;
  const onEvent = (event: RunEvent): void => {
    if (event.type === "run-checked" && options.json !== true) {
      showFindings(event.findings, terminal);
      isChecked = true;
    }
    progress.onEvent(event);
  };
  try {
    const result = await mode.run(dag, { signal: cancel.signal, onEvent, ...given });
    progress.end();
    await report(dag, result as RunResult, options, terminal);
    return exitCodes.ok;
  } catch (error) {
    progress.end();
    if (RunError.is(error)) return reportFailure(error, options, terminal);
    if (!isChecked || !GlacierError.is(error) || error.code !== "CHECK_FAILED") throw error;
    terminal.error(
      `${painter(terminal.isColoured)("red", "failed")}  Nothing was run, since the check before it found mistakes. \`--no-check\` leaves it out.\n`,
    );
    return exitCodes.failed;
  } finally {
    stopListening();
  }
}

async function modeOf(name: string, pipelines: readonly FoundPipeline[]): Promise<RunMode> {
  const { registry } = (pipelines[0] as FoundPipeline).target.provider;
  try {
    return await registry.mode(name);
  } catch (error) {
    // The command has mode `local` with it, so that the application need not.
    if (name === "local" && GlacierError.is(error) && error.code === "MODE_NOT_INSTALLED") return localMode;
    throw error;
  }
}

/** What the check before a run has found; notes are for `glacier check`. */
function showFindings(findings: readonly Finding[], terminal: Terminal): void {
  const shown = findings.filter(({ severity }) => severity !== "note");
  terminal.error(findingsText(shown, painter(terminal.isColoured)));
}

/** Of a mode that does something else than execute steps. */
function printResult(result: unknown, terminal: Terminal): number {
  terminal.write(`${typeof result === "string" ? result : (JSON.stringify(result, null, 2) ?? "")}\n`);
  return exitCodes.ok;
}

function progressOf(options: Options, terminal: Terminal): Progress {
  if (options.json === true)
    return { onEvent: (event: RunEvent) => terminal.write(`${JSON.stringify(event)}\n`), end: () => {} };
  const paint = painter(terminal.isColoured);
  return terminal.live === undefined ? plainProgress(terminal.error, paint) : liveProgress(terminal.live, paint);
}

async function report(dag: Dag, result: RunResult, options: Options, terminal: Terminal): Promise<void> {
  if (options.json === true) {
    const { run, status, steps, duration: took } = result;
    terminal.write(`${JSON.stringify({ type: "result", run, status, duration: took, steps })}\n`);
    return;
  }
  const paint = painter(terminal.isColoured);
  for (const { name, outcome } of result.steps) {
    if (outcome.status !== "succeeded") continue;
    for (const note of outcome.notes)
      terminal.error(`${paint("yellow", "note")}  ${harmless(name)}: ${harmless(note)}\n`);
  }
  terminal.error(`${paint("green", "done")}  in ${duration(result.duration)}\n`);
  if (options.graph === true)
    terminal.write(`\n${drawText(dag.toGraph(), { width: terminal.width, color: terminal.isColoured })}`);
  if (options.head !== undefined) {
    for (const bucket of dag.targets) {
      const rows = await (await result.frame(bucket)).limit(options.head).collect();
      terminal.write(`\n${paint("bold", harmless(label(bucket)))}\n${harmless(rows.toString())}\n`);
    }
  }
  terminal.write("\nWritten:\n");
  for (const { step } of dag.steps) terminal.write(`  ${harmless(shown(step.target.uri))}\n`);
}

/** A file as a path from here; anything else by its address. */
function shown(uri: string): string {
  return uri.startsWith("file://") ? relative(process.cwd(), uri.slice("file://".length)) : uri;
}

function reportFailure(error: RunError, options: Options, terminal: Terminal): number {
  const code = error.code === "RUN_CANCELLED" ? exitCodes.cancelled : exitCodes.failed;
  if (options.json === true) {
    const { run, status, steps, duration: took } = error.result;
    terminal.write(`${JSON.stringify({ type: "result", run, status, duration: took, steps, error })}\n`);
    return code;
  }
  const paint = painter(terminal.isColoured);
  const failed = error.result.steps.flatMap(({ outcome }) => (outcome.status === "failed" ? [outcome.error] : []));
  terminal.error("\n");
  for (const each of failed) if (each.code !== "RUN_CANCELLED") terminal.error(errorLines(each, paint));
  const steps = error.result.steps;
  const done = steps.filter(({ outcome }) => outcome.status === "succeeded").length;
  const verdict = code === exitCodes.cancelled ? "cancelled" : "failed";
  terminal.error(
    `${paint("red", verdict)}  ${done} of ${plural(steps.length, "step")} done in ${duration(error.result.duration)}. The targets of the others are what they were before.\n`,
  );
  return code;
}
