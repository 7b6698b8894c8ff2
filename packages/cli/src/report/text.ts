import type { Finding, Severity } from "@glacier/core";
import type { Paint } from "../progress/line.ts";
import { count, duration, harmless, plural } from "../text.ts";
import { grouped } from "./order.ts";
import type { Report, Summary } from "./report.ts";

const styles = { error: "red", warning: "yellow", note: "cyan" } as const satisfies Record<Severity, string>;

/** The findings for a terminal, by step and bucket, and a line that sums them up. Ends with a line break. */
export function reportText({ findings, summary }: Report, paint: Paint): string {
  return `${findingsText(findings, paint)}${summaryText(summary, paint)}\n`;
}

/** The findings alone: what stands before the summary. */
export function findingsText(findings: readonly Finding[], paint: Paint): string {
  return grouped(findings)
    .map(({ kind, name, findings: group }) => {
      const title = kind === "pipeline" ? "pipeline" : `${kind} ${paint("bold", harmless(name))}`;
      return `${title}\n${group.map((finding) => findingText(finding, kind, paint)).join("")}\n`;
    })
    .join("");
}

function findingText(finding: Finding, about: "step" | "bucket" | "pipeline", paint: Paint): string {
  const { severity, code, message, hint, place, bucket, column } = finding;
  const facts = [
    ...(place === undefined ? [] : [`${place.file}:${place.line}:${place.column}`]),
    ...(bucket === undefined || about === "bucket" ? [] : [`bucket ${bucket}`]),
    ...(column === undefined ? [] : [`column ${column}`]),
  ];
  const head = `  ${paint(styles[severity], severity)} ${paint("dim", harmless(code))}  ${indented(message)}\n`;
  const advice = hint === undefined ? "" : `    ${indented(hint)}\n`;
  return `${head}${advice}${facts.length === 0 ? "" : `    ${paint("dim", oneLine(facts.join("  ")))}\n`}`;
}

const indented = (text: string): string => harmless(text).replaceAll("\n", "\n    ");
const oneLine = (text: string): string => harmless(text).replaceAll(/[\n\t]/g, "�");

/** `3 errors, 2 warnings in 12 steps, checked in 41 ms`. */
export function summaryText(summary: Summary, paint: Paint): string {
  const { errors, warnings, notes, steps, buckets, columns } = summary;
  const found = [
    ...(errors === 0 ? [] : [paint("red", plural(errors, "error"))]),
    ...(warnings === 0 ? [] : [paint("yellow", plural(warnings, "warning"))]),
    ...(notes === 0 ? [] : [paint("cyan", plural(notes, "note"))]),
  ];
  const time = `checked in ${duration(summary.duration)}${remarks(summary)}`;
  if (found.length > 0) return `${found.join(", ")} in ${plural(steps, "step")}, ${time}`;
  const where = `${plural(steps, "step")}, and ${plural(columns, "column")} of ${plural(buckets, "bucket")}`;
  return `${paint("green", "Nothing found")} in ${where}, ${time}`;
}

function remarks({ opaque, ignored }: Summary): string {
  return [
    ...(opaque === 0 ? [] : [`; of ${plural(opaque, "step")} the plan can't be read`]),
    ...(ignored === 0 ? [] : [`; ${count(ignored)} ignored`]),
  ].join("");
}
