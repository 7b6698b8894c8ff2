import { type Bucket, type BucketSchema, GlacierError, label, quoted, type Staging } from "@glacier/core";
import type { Polars } from "@glacier/plan";
import { folderColumns } from "../objects.ts";
import { readOptions } from "../read-options.ts";
import type { FoundColumn } from "../types.ts";
import { csvPlaces, type DeclaredBucket, declaredBucket, isText, renamed, withoutRows } from "./declared-bucket.ts";
import { openDeclared, selectDeclared } from "./declared-scan.ts";
import { differences, refuseDifferences } from "./mismatch.ts";
import { refuseNulls } from "./nulls.ts";
import { unreadableAsDeclared } from "./read-fault.ts";

/** What a step has staged for a target with a schema. */
interface StagedFor {
  readonly polars: Polars;
  readonly step: string;
  readonly target: Bucket;
  readonly schema: BucketSchema;
  readonly staging: Staging;
  /** The columns of the query, for a format that keeps no types; `undefined` where Polars can't tell. */
  readonly query: readonly FoundColumn[] | undefined;
  /** The columns as they are found in the file. */
  readonly inFile: () => Promise<readonly FoundColumn[]>;
  /** The number of rows. */
  readonly counted: Promise<number>;
}

interface Checked {
  readonly columns: readonly FoundColumn[];
  /** What a reader should know. */
  readonly notes: readonly string[];
}

/**
 * Compares what is staged with what its target declares, and reads it as its readers will.
 * @throws SCHEMA_MISMATCH, NULL_NOT_ALLOWED, and errors of Polars as they are
 */
export async function checkWritten(staged: StagedFor): Promise<Checked> {
  const { target, schema, query, inFile, counted } = staged;
  counted.catch(() => {}); // It is waited for below, or is not to be.
  const declared = declaredBucket(target, schema, withoutRows(readOptions(target)), folderColumns(target, [target]));
  const columns = query ?? asDeclared(declared, await inFile());
  const notes = refuseColumns(declared, columns, staged);
  const values = refuseValues(declared, columns, staged);
  values.catch(() => {}); // So is it.
  // Text without a line has nothing that could be read.
  if (!isText(target) || (await counted) > 0) await values;
  return { columns, notes };
}

/** What is found in text has no types to compare. */
function asDeclared(declared: DeclaredBucket, found: readonly FoundColumn[]): readonly FoundColumn[] {
  if (!isText(declared.bucket)) return found;
  const types = new Map(declared.columns.map(({ name, type }) => [name, type]));
  return renamed(declared, found).map(({ name, type }) => ({ name, type: types.get(name) ?? type }));
}

const subjectOf = (step: string): string => `The result of step \`${step}\``;

function refuseColumns(
  declared: DeclaredBucket,
  columns: readonly FoundColumn[],
  { step, target, schema }: StagedFor,
): readonly string[] {
  const inFile = new Set(declared.inFiles.map(({ name }) => name));
  // Those that only come when it is read.
  const passed = new Set(schema.columns.map(({ name }) => name).filter((name) => !inFile.has(name)));
  const all = differences(declared.columns, schema, columns, { passed });
  refuseDifferences(all, { bucket: target, subject: subjectOf(step), step, found: columns });
  refuseOtherOrder(declared, columns, step);
  const extra = columns.map(({ name }) => name).filter((name) => !inFile.has(name));
  if (extra.length === 0) return [];
  const [are, them] = extra.length === 1 ? ["is", "it"] : ["are", "them"];
  return [
    `${quoted(extra)} ${are} not in the \`schema\` of \`${label(target)}\`: who reads the bucket does not get ${them}.`,
  ];
}

async function refuseValues(
  declared: DeclaredBucket,
  columns: readonly FoundColumn[],
  { polars, step, target, staging }: StagedFor,
): Promise<void> {
  const { inFiles } = declared;
  const names = inFiles.map(({ name }) => name);
  try {
    const opened = openDeclared(polars, declared, staging.scan(), [{ path: target.path, columns }]);
    await refuseNulls(polars, {
      frame: selectDeclared(polars, declared, opened, names),
      bucket: target,
      columns: inFiles,
      subject: subjectOf(step),
      step,
      readAll: isText(target),
    });
  } catch (error) {
    if (GlacierError.is(error) || !isText(target)) throw error;
    throw unreadableAsDeclared(error, [target], staging.uri);
  }
}

/** Who reads it goes by the order of columns, where their names are not in the file. */
function refuseOtherOrder(declared: DeclaredBucket, columns: readonly FoundColumn[], step: string): void {
  const { bucket: target } = declared;
  const places = csvPlaces(declared);
  const wrong = declared.inFiles.find(
    ({ name }, at) => places !== undefined && columns[places[at] as number]?.name !== name,
  );
  if (wrong === undefined) return;
  const names = declared.inFiles.map(({ name }) => name);
  throw new GlacierError(
    "SCHEMA_MISMATCH",
    `${subjectOf(step)} has column \`${wrong.name}\` at another place than the \`schema\` of \`${label(target)}\`.`,
    {
      hint: `It is read by the order of its columns. Give them in that order: ${quoted(names)}.`,
      details: {
        provider: target.provider.name,
        bucket: target.bucket,
        path: target.path,
        step,
        declared: names,
        found: columns.map(({ name }) => name),
      },
    },
  );
}
