import { type Bucket, GlacierError, label, type LazyFrame } from "@glacier/core";
import type { Polars } from "@glacier/plan";
import { columnNamed } from "../column.ts";
import { isText } from "./declared-bucket.ts";

interface Column {
  readonly name: string;
  readonly nullable: boolean;
}

interface Columns {
  /** With only columns that the bucket declares. */
  readonly frame: LazyFrame;
  readonly bucket: Bucket;
  readonly columns: readonly Column[];
  /** Whose they are, as the start of a sentence. */
  readonly subject: string;
  /** The step that made them, where one did. */
  readonly step?: string;
  /** Whether every value has to be looked at: text may be something else than what it is declared as. */
  readonly readAll?: boolean;
}

/**
 * Looks for nulls in the columns that are not declared nullable.
 * @throws NULL_NOT_ALLOWED, and errors of Polars as they are
 */
export async function refuseNulls(polars: Polars, { frame, readAll = false, ...place }: Columns): Promise<void> {
  const filled = place.columns.filter(({ nullable }) => !nullable);
  const groups = isText(place.bucket) ? (filled.length > 0 || readAll ? [filled] : []) : inGroups(filled);
  for (const group of groups) {
    const others = readAll ? place.columns.filter((column) => column.nullable) : [];
    const counts = await countNulls(polars, frame, group, others);
    const [first, ...more] = group
      .map(({ name }, at): Nulls => ({ column: name, nulls: counts[at] ?? 0 }))
      .filter(({ nulls }) => nulls > 0);
    if (first !== undefined) throw notAllowed(place, first, more);
  }
}

/** One condition over very many columns takes Polars longer than several over some. */
function inGroups<Item>(items: readonly Item[], size = 64): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size));
}

/**
 * Only rows with a null in them are kept, so that this takes little memory, and of Parquet only what may have one is read:
 * its statistics tell.
 */
async function countNulls(
  polars: Polars,
  frame: LazyFrame,
  columns: readonly Column[],
  others: readonly Column[],
): Promise<readonly number[]> {
  const all = [...columns, ...others].map(({ name }) => columnNamed(polars, name));
  if (all.length === 0) return [];
  const isNull = all.map((column) => column.isNull());
  // Where nothing is looked for, rows without any value: few, and to know them every value is read.
  const kept =
    columns.length === 0 ? polars.allHorizontal(isNull) : polars.anyHorizontal(isNull.slice(0, columns.length));
  const counts = all.map((column, at) => column.nullCount().cast(polars.Float64).alias(String(at)));
  const counted = await frame
    .filter(kept)
    .select(...counts)
    .collect();
  return counted.row(0).map(Number);
}

interface Nulls {
  readonly column: string;
  readonly nulls: number;
}

function notAllowed(
  { bucket, subject, step }: Omit<Columns, "frame" | "readAll">,
  first: Nulls,
  others: readonly Nulls[],
): GlacierError {
  const { column, nulls } = first;
  const count = nulls === 1 ? "a null" : `${nulls} nulls`;
  const schema = step === undefined ? "its `schema`" : `the \`schema\` of \`${label(bucket)}\``;
  const more =
    others.length === 0
      ? ""
      : ` ${others.length} more ${others.length === 1 ? "column has" : "columns have"} nulls, too.`;
  return new GlacierError(
    "NULL_NOT_ALLOWED",
    `${subject} has ${count} in column \`${column}\`, which ${schema} does not allow.${more}`,
    {
      hint: `Fill or filter nulls ${step === undefined ? "where the file is made" : "in the task"}, or declare the column as \`nullable(…)\`.`,
      details: {
        provider: bucket.provider.name,
        bucket: bucket.bucket,
        path: bucket.path,
        ...(step === undefined ? {} : { step }),
        columns: [first, ...others],
      },
    },
  );
}
