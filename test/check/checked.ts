import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Finding, Severity } from "@glacier/core";
import { type PipelineTrace, schemaOf, type TableSchema, traceDag, typeText } from "@glacier/plan";
import { sourceSchema } from "@glacier/worker";
import pl from "nodejs-polars";
import { type Compiled, compile, fileOf } from "./compile.ts";
import { type Expected, silent } from "./faults/index.ts";
import { typeFaults } from "./faults/types.ts";
import { printChain } from "./print.ts";
import type { Column, Pipeline, Step } from "./program.ts";
import { writeSources } from "./sources.ts";

/** A pipeline over files of its own, and what is found of it before it runs. */
export interface Checked {
  readonly pipeline: Pipeline;
  readonly root: string;
  readonly compiled: Compiled;
  readonly trace: PipelineTrace;
  readonly errors: readonly Finding[];
  readonly milliseconds: number;
}

export async function check(pipeline: Pipeline, folder: string): Promise<Checked> {
  const root = join(folder, String(pipeline.seed));
  writeSources(pipeline, root);
  const compiled = compile(pipeline, root);
  const started = performance.now();
  const trace = await traceDag(compiled.dag, { schemaOf: sourceSchema });
  const milliseconds = performance.now() - started;
  const errors = trace.findings.filter(({ severity }) => severity === "error");
  return { pipeline, root, compiled, trace, errors, milliseconds };
}

export const remove = ({ root }: Checked): void => rmSync(root, { recursive: true, force: true, maxRetries: 3 });

/** What it dies of, if it does. */
export async function run({ compiled }: Checked): Promise<Error | undefined> {
  try {
    await compiled.dag.run({ check: false });
    return undefined;
  } catch (error) {
    return error as Error;
  }
}

const textOf = (columns: readonly Column[]): string => columns.map(({ name, type }) => `${name}: ${type}`).join(", ");

const tracedText = (schema: TableSchema | undefined): string =>
  schema === undefined ? "nothing" : textOf(schema.map(({ name, type }) => ({ name, type: typeText(type) })));

/** The columns that a step gives, by the generator's own account. */
const resultOf = ({ body, inputs }: Step): readonly Column[] =>
  body.ops.at(-1)?.after ?? (inputs[0]?.columns as readonly Column[]);

/** Where the trace of a pipeline has other columns or types than its generator. */
export function differences({ pipeline, trace }: Checked): readonly string[] {
  const buckets = new Map(trace.buckets.map(({ key, schema }) => [key, schema]));
  const steps = new Map(trace.steps.map(({ step, schema }) => [step, schema]));
  const pairs = pipeline.steps.flatMap((step) => [
    [step.name, textOf(resultOf(step)), tracedText(steps.get(step.name))] as const,
    ...step.inputs.map(
      ({ path, columns }) => [path, textOf(columns), tracedText(buckets.get(`lake/${path}`))] as const,
    ),
  ]);
  return pairs.flatMap(([what, made, traced]) =>
    made === traced ? [] : [`${what} should have\n    ${made}\n  and has\n    ${traced}`],
  );
}

/** Where a file that a run has written has other columns than were traced; of text, their names alone. */
export function writtenOtherwise({ pipeline, root, trace }: Checked): readonly string[] {
  return pipeline.steps.flatMap(({ name, target }) => {
    const traced = trace.steps.find(({ step }) => step === name)?.schema ?? [];
    const file = fileOf(root, target.path);
    if (target.format === "csv" || target.format === "ndjson") {
      const names = textNames(readFileSync(file, "utf8"), target.format)?.join();
      const wanted = traced.map((column) => column.name).join();
      return names === undefined || names === wanted ? [] : [`${target.path} has ${names} and not ${wanted}`];
    }
    const frame = target.format === "ipc" ? pl.scanIPC(file) : pl.scanParquet(file);
    const written = tracedText(schemaOf(frame.limit(0).collectSync()));
    return written === tracedText(traced)
      ? []
      : [`${target.path} has\n    ${written}\n  and not\n    ${tracedText(traced)}`];
  });
}

/** `undefined`: NDJSON without rows does not have them. */
function textNames(text: string, format: "csv" | "ndjson"): readonly string[] | undefined {
  const [first = ""] = text.split("\n");
  if (format === "csv") return first.split(",");
  return first === "" ? undefined : Object.keys(JSON.parse(first) as object);
}

/**
 * Why the check is known to miss a fault, if it is:
 *
 * - In a step that filters by `isNull`, another filter that can't work. Over a table without rows Polars takes `isNull`
 *   for never true, and looks at no other filter.
 * - What Polars never refuses, in a step whose plan can't be read: rules of our own find it, and they read the plan.
 */
export function isKnownGap({ pipeline, trace }: Checked, { steps }: Expected, kind: string): boolean {
  const isFiltered = pipeline.steps.some(
    ({ name, body }) => steps.includes(name) && printChain(body).includes(".isNull()"),
  );
  const isOpaque = trace.steps.some(({ step, opaque, schema }) => steps.includes(step) && opaque && schema);
  return (kind in typeFaults && isFiltered) || (kind in silent && isOpaque);
}

/** What is wrong with what was found of a fault; `undefined` if it is what should be. */
export function missed({ errors, trace }: Checked, expected: Expected, severity: Severity): string | undefined {
  const { steps, columns, namesColumn, bucket, others = [] } = expected;
  const isIt = (finding: Finding): boolean => {
    if (bucket !== undefined) return finding.bucket === bucket;
    if (finding.step === undefined || !steps.includes(finding.step)) return false;
    if (finding.column === undefined) return namesColumn !== true;
    return columns === undefined || columns.includes(finding.column);
  };
  const found = trace.findings.filter((finding) => finding.severity === severity);
  if (!found.some(isIt)) return `is not found as ${severity}`;
  const stray = errors.find(({ step }) => step !== undefined && !steps.includes(step) && !others.includes(step));
  return stray === undefined ? undefined : `is also found where it is not: ${stray.message}`;
}
