import type { Bucket, FormatName, PlainType, Step } from "@glacier/core";

/** How a source is read, whatever its place. */
export interface SourceForm {
  readonly format: FormatName;
  /** Options of the format, as they are checked: plain data. */
  readonly options: Readonly<Record<string, unknown>>;
  /** The columns that the bucket declares, in order: they are read so. */
  readonly declared?: readonly (readonly [name: string, type: PlainType])[];
}

/** How a target is written, whatever its place. */
export interface TargetForm {
  readonly format: FormatName;
  readonly options: Readonly<Record<string, unknown>>;
}

/** What of a step's buckets belongs to its logic: nothing of where they are, of who stores them, or of credentials. */
export interface StepForms {
  /** By the name under which the task gets each. */
  readonly sources: Readonly<Record<string, SourceForm>>;
  readonly target: TargetForm;
}

export function formsOf({ sources, target }: Step): StepForms {
  return {
    sources: Object.fromEntries(Object.entries(sources).map(([name, bucket]) => [name, sourceForm(bucket)])),
    target: { format: target.format, options: inOrder(target.sinkOptions) },
  };
}

/** A bucket that is written in some way is read in that way, unless it says otherwise. */
function sourceForm({ format, sinkOptions, scanOptions, schema }: Bucket): SourceForm {
  const written = format === "csv" ? pick(sinkOptions, (name) => readersGoBy.has(name)) : {};
  const read = pick(scanOptions, (name) => !onlyFaster.has(name));
  const options = inOrder({ ...(Object.keys(written).length > 0 ? { written } : {}), ...read });
  // Whether it may have nulls or other columns decides whether the step fails, and not what it gives.
  const declared = schema?.columns.map(({ name, type }) => [name, type] as const);
  return { format, options, ...(declared === undefined ? {} : { declared }) };
}

/** What a reader of CSV takes over from how it is written. */
const readersGoBy: ReadonlySet<string> = new Set([
  "separator",
  "quoteChar",
  "quoteStyle",
  "includeHeader",
  "nullValue",
  "decimalComma",
]);

/** Change how long it takes to read, and not what is read. */
const onlyFaster: ReadonlySet<string> = new Set(["parallel", "useStatistics"]);

/** Their keys are columns, which come in this order. */
const ordered: ReadonlySet<string> = new Set(["schema", "schemaOverrides", "hiveSchema"]);

function inOrder(options: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(options).map(([name, value]) => [name, ordered.has(name) ? Object.entries(value as object) : value]),
  );
}

function pick(
  options: Readonly<Record<string, unknown>>,
  isWanted: (name: string) => boolean,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(options).filter(([name]) => isWanted(name)));
}
