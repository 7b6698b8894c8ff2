import { type Explanation, readablePlan, type SourceRead, typeText } from "@glacier/plan";
import { padTo, widthOf } from "../padding.ts";
import { printable } from "../picture/label.ts";
import type { Paint } from "../progress/line.ts";
import { findingsText } from "../report/text.ts";
import { harmless, plural } from "../text.ts";

/** The buckets of a step, as they are called. */
export interface StepBuckets {
  /** By the names under which the task gets them. */
  readonly sources: Readonly<Record<string, string>>;
  readonly target: string;
}

/** A step's plan for a terminal: what it reads, what it gives, and how Polars goes about it. Ends with a line break. */
export function explanationText(explanation: Explanation, { sources, target }: StepBuckets, paint: Paint): string {
  const { step, schema, fingerprint, opaque, findings } = explanation;
  const sections = [
    [`step ${paint("bold", printable(step))}`],
    [
      paint("bold", "reads"),
      ...Object.entries(sources).flatMap(([name, key]) => readLines(name, key, explanation, paint)),
    ],
    [`${paint("bold", "writes")} ${printable(target)}`, ...schemaLines(schema, paint)],
    ...planSections(explanation, paint),
    [paint("bold", "fingerprint"), ...fingerprintLines(fingerprint, opaque)],
  ];
  const found = findings.length === 0 ? "" : `\n${findingsText(findings, paint).trimEnd()}\n`;
  return `${sections.map((lines) => lines.join("\n")).join("\n\n")}\n${found}`;
}

function readLines(name: string, bucket: string, { reads, predicates }: Explanation, paint: Paint): readonly string[] {
  const read = reads[name];
  const conditions = predicates[name] ?? [];
  return [
    `  ${printable(name)} ${paint("dim", "=")} ${printable(bucket)}`,
    `    ${read === undefined ? "It is not known which columns." : columnsText(read, paint)}`,
    ...conditions.map((condition) => `    ${paint("dim", "only where")} ${printable(condition)}`),
  ];
}

function columnsText({ columns, of }: SourceRead, paint: Paint): string {
  if (columns.length === 0) return `none of ${plural(of, "column")}, only how many rows there are`;
  const share = columns.length === of ? `all ${plural(of, "column")}` : `${columns.length} of ${plural(of, "column")}`;
  return `${share}${paint("dim", ":")} ${columns.map(printable).join(", ")}`;
}

function schemaLines(schema: Explanation["schema"], paint: Paint): readonly string[] {
  if (schema === undefined) return ["  It is not known which columns."];
  const names = schema.map(({ name }) => printable(name));
  const width = widthOf(names);
  return schema.map(({ type }, at) => `  ${padTo(width, `${names[at]}`)}  ${paint("dim", printable(typeText(type)))}`);
}

function planSections({ before, after, opaque }: Explanation, paint: Paint): readonly (readonly string[])[] {
  const [written, executed] = [before, after].map(readablePlan);
  const why = opaque === undefined ? [] : [`  It can't be read. ${printable(opaque.reason)}`];
  if (written === "" || written === undefined)
    return [[paint("bold", "plan"), ...(why.length === 0 ? ["  There is none."] : why)]];
  if (written === executed)
    return [[`${paint("bold", "plan")}, which Polars executes as it is written`, ...why, ...indented(written)]];
  return [
    [`${paint("bold", "plan")} as it is written`, ...why, ...indented(written)],
    [`${paint("bold", "plan")} as Polars executes it`, ...indented(executed ?? "")],
  ];
}

function fingerprintLines(fingerprint: string | undefined, opaque: Explanation["opaque"]): readonly string[] {
  if (fingerprint !== undefined) return [`  ${fingerprint}`];
  return [`  None: ${opaque === undefined ? "there is no plan." : "the plan can't be read."}`];
}

const indented = (text: string): readonly string[] =>
  harmless(text)
    .split("\n")
    .map((line) => `  ${line}`);
