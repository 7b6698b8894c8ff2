import { didYouMean, GlacierError } from "@glacier/core";
import { analyse } from "../analysis.ts";
import { exitCodeOf, exitCodes } from "../exit-codes.ts";
import { asDag, findPipelines, selectPipelines } from "../find-pipelines.ts";
import { loadModule } from "../load-module.ts";
import type { CheckFormat } from "../output-formats.ts";
import { painter } from "../progress/line.ts";
import { knownCodes } from "../report/codes.ts";
import { findingOf } from "../report/finding-of.ts";
import { reportGithub } from "../report/github.ts";
import { reportJson } from "../report/json.ts";
import { reportRoot } from "../report/place.ts";
import { failedReport, isRefused, type Report, reportOf } from "../report/report.ts";
import { reportSarif } from "../report/sarif.ts";
import { reportText } from "../report/text.ts";
import type { Terminal } from "../terminal.ts";
import { harmless } from "../text.ts";
import { version } from "../version.ts";

interface Options {
  readonly pipeline: readonly string[];
  readonly format: CheckFormat;
  readonly strict?: boolean;
  readonly ignore: readonly string[];
}

const formats: Readonly<Record<CheckFormat, (report: Report, terminal: Terminal) => string>> = {
  text: (report, { isColoured }) => reportText(report, painter(isColoured)),
  json: reportJson,
  github: (report) => reportGithub(report, reportRoot()),
  sarif: (report) => reportSarif(report, reportRoot(), version()),
};

/** `glacier check`. @returns The exit code. */
export async function checkCommand(file: string, given: object, terminal: Terminal): Promise<number> {
  const { pipeline, format, strict = false, ignore } = given as Options;
  try {
    const dag = asDag(selectPipelines(findPipelines(await loadModule(file), file), pipeline, file));
    const started = performance.now();
    const trace = await analyse(dag);
    const duration = Math.round(performance.now() - started);
    const report = reportOf({ file, pipeline: dag.name, duration }, trace, ignore);
    terminal.write(formats[format](report, terminal));
    const found = trace.findings.map(({ code }) => code);
    for (const code of ignore) if (!found.includes(code)) noteUnused(code, found, terminal);
    return isRefused(report, strict) ? exitCodes.failed : exitCodes.ok;
  } catch (error) {
    if (format === "text" || !GlacierError.is(error)) throw error;
    terminal.write(formats[format](failedReport(file, findingOf(error)), terminal));
    // In the log of a workflow it would stand twice.
    if (format === "github") return exitCodeOf(error.code);
    throw error;
  }
}

/** A code that nothing has may be misspelt, unless it is one of Glacier's: then what it was for has been mended. */
function noteUnused(code: string, found: readonly string[], terminal: Terminal): void {
  if (knownCodes.includes(code)) return;
  const suggestion = didYouMean(code, [...new Set([...found, ...knownCodes])]);
  terminal.error(
    `${painter(terminal.isColoured)("yellow", "note")}  Nothing was found with the code \`${harmless(code)}\`, which is to be ignored. ${suggestion}\n`,
  );
}
