import type { Finding, Severity } from "@glacier/core";
import type { PipelineTrace, Trace } from "@glacier/plan";
import { inReadingOrder } from "./order.ts";

/** What `glacier check` has found, and what it has looked at. Plain data. */
export interface Report {
  /** The module, as it was given. */
  readonly file: string;
  /** What the pipeline is called; none where the module could not be loaded. */
  readonly pipeline?: string;
  /** In the order in which they are read: see `order.ts`. */
  readonly findings: readonly Finding[];
  readonly summary: Summary;
}

export interface Summary {
  readonly errors: number;
  readonly warnings: number;
  readonly notes: number;
  /** Findings that were left out, since their code is to be ignored. */
  readonly ignored: number;
  readonly steps: number;
  /** Steps whose plan can't be read, though nothing is wrong with them. */
  readonly opaque: number;
  readonly buckets: number;
  /** Of all buckets whose columns are known. */
  readonly columns: number;
  /** Milliseconds. */
  readonly duration: number;
}

/** @param ignore Codes of findings that are left out. */
export function reportOf(
  { file, pipeline, duration }: { readonly file: string; readonly pipeline: string; readonly duration: number },
  trace: PipelineTrace,
  ignore: readonly string[] = [],
): Report {
  const findings = trace.findings.filter(({ code }) => !ignore.includes(code));
  return {
    file,
    pipeline,
    findings: inReadingOrder(findings, trace),
    summary: {
      ...countsOf(findings),
      ignored: trace.findings.length - findings.length,
      steps: trace.steps.length,
      opaque: trace.steps.filter(isHidden).length,
      buckets: trace.buckets.length,
      columns: trace.buckets.reduce((sum, { schema }) => sum + (schema?.length ?? 0), 0),
      duration,
    },
  };
}

const isHidden = ({ opaque, findings }: Trace): boolean =>
  opaque !== undefined && !findings.some(({ severity }) => severity === "error");

/** Of a module that could not even be loaded. */
export function failedReport(file: string, finding: Finding): Report {
  const nothing = { ignored: 0, steps: 0, opaque: 0, buckets: 0, columns: 0, duration: 0 };
  return { file, findings: [finding], summary: { ...countsOf([finding]), ...nothing } };
}

function countsOf(findings: readonly Finding[]): Pick<Summary, "errors" | "warnings" | "notes"> {
  const count = (wanted: Severity): number => findings.filter(({ severity }) => severity === wanted).length;
  return { errors: count("error"), warnings: count("warning"), notes: count("note") };
}

/** Whether the command is to fail. `strict`: because of warnings too. */
export const isRefused = ({ summary }: Report, strict: boolean): boolean =>
  summary.errors > 0 || (strict && summary.warnings > 0);
