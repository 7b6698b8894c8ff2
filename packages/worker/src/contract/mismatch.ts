import { type Bucket, type BucketSchema, didYouMean, GlacierError, label, quoted } from "@glacier/core";
import { type ColumnType, isDeclaredType, type TableSchema, typeText } from "@glacier/plan";
import type { FoundColumn } from "../types.ts";

/** A column that is not what a `schema` declares. Plain data. */
export interface Difference {
  readonly column: string;
  /** Its type; none, where it is not declared. */
  readonly declared?: string;
  /** Its type; none, where it is not there. */
  readonly found?: string;
}

/** What is passed over: what is only known otherwise, or is meant to be so. */
export interface Leniency {
  /** Columns that are not looked at. */
  readonly passed?: ReadonlySet<string>;
  /** Whether a column may be missing. */
  readonly mayMiss?: (name: string) => boolean;
  /** Whether columns may have other types. */
  readonly anyType?: boolean;
}

export function differences(
  declared: TableSchema,
  { strict }: Pick<BucketSchema, "strict">,
  found: readonly FoundColumn[],
  { passed = new Set(), mayMiss = () => false, anyType = false }: Leniency = {},
): readonly Difference[] {
  const foundTypes = new Map(found.map(({ name, type }) => [name, type]));
  const wanted = new Set(declared.map(({ name }) => name));
  const wrong = declared.flatMap(({ name, type }): Difference[] => {
    if (passed.has(name)) return [];
    if (!foundTypes.has(name)) return mayMiss(name) ? [] : [{ column: name, declared: typeText(type) }];
    const foundType = foundTypes.get(name);
    if (anyType || (foundType !== undefined && isDeclaredType(foundType, type))) return [];
    return [{ column: name, declared: typeText(type), found: textOf(foundType) }];
  });
  if (!strict) return wrong;
  const extra = found.filter(({ name }) => !wanted.has(name) && !passed.has(name));
  return [...wrong, ...extra.map(({ name, type }): Difference => ({ column: name, found: textOf(type) }))];
}

const textOf = (type: ColumnType | undefined): string => (type === undefined ? "of another type" : typeText(type));

interface Place {
  readonly bucket: Bucket;
  /** Whose columns they are, as the start of a sentence. */
  readonly subject: string;
  /** Whether a step made them, which can make them otherwise. */
  readonly step?: string;
  /** What there is. */
  readonly found: readonly FoundColumn[];
}

/** @throws SCHEMA_MISMATCH where there is a difference */
export function refuseDifferences(all: readonly Difference[], place: Place): void {
  const [first, ...others] = all;
  if (first === undefined) return;
  const { bucket, subject, step } = place;
  const schema = step === undefined ? "its `schema`" : `the \`schema\` of \`${label(bucket)}\``;
  const more =
    others.length === 0 ? "" : ` ${others.length} more ${others.length === 1 ? "column differs" : "columns differ"}.`;
  throw new GlacierError("SCHEMA_MISMATCH", `${subject} ${sentence(first, schema)}.${more}`, {
    hint: hintFor(first, place),
    details: {
      provider: bucket.provider.name,
      bucket: bucket.bucket,
      path: bucket.path,
      ...(step === undefined ? {} : { step }),
      differences: all,
    },
  });
}

function sentence({ column, declared, found }: Difference, schema: string): string {
  if (found === undefined) return `has no column \`${column}\`, which ${schema} declares`;
  if (declared === undefined) return `has a column \`${column}\`, which ${schema} does not declare`;
  return `has column \`${column}\` as ${found}, and ${schema} declares ${declared}`;
}

function hintFor({ column, declared, found: foundType }: Difference, { step, found }: Place): string {
  if (foundType === undefined) {
    const names = found.map(({ name }) => name);
    const there = `${didYouMean(column, names)}There are ${shortList(names)}.`;
    return step === undefined ? there : `${there} Make the column, or take it out of the bucket's \`schema\`.`;
  }
  if (declared === undefined) {
    return step === undefined
      ? "Declare it, or leave out `strict`: then it is left out when the bucket is read."
      : "Leave it out, or add it to the bucket's `schema`.";
  }
  return step === undefined
    ? `Declare what it is, or have the file written with the type that is declared.`
    : `Cast it, \`pl.col("${column}").cast(pl.${declared}, true)\`, or change the bucket's \`schema\`.`;
}

/** Wide tables have hundreds. */
function shortList(names: readonly string[]): string {
  const most = 30;
  if (names.length === 0) return "no columns";
  return names.length <= most
    ? quoted(names)
    : `${quoted(names.slice(0, most), "and")} and ${names.length - most} more`;
}
