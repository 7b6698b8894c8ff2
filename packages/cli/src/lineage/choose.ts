import { didYouMean, GlacierError, quoted } from "@glacier/core";
import { type BucketNode, type ColumnGraph, type ColumnName, nameOf } from "./column-graph.ts";

/**
 * The column that is meant by `bucket.column`, where the bucket is given as `bucket/path`, by its path, by the name of
 * its file with or without the ending, or by the step that writes it. Both may have dots in them.
 * @throws USAGE if there is none, or more than one
 */
export function chooseColumn(graph: ColumnGraph, given: string): ColumnName {
  const buckets = [...graph.buckets.values()];
  const named = splits(given).flatMap(([name, column]) =>
    buckets.flatMap((bucket) => {
      const rank = namesOf(bucket).findIndex((names) => names.includes(name));
      return rank < 0 ? [] : [{ bucket, column, rank }];
    }),
  );
  const found = named.filter(({ bucket, column }) => bucket.columns.has(column));
  const best = Math.min(...found.map(({ rank }) => rank));
  const chosen = found.filter(({ rank }) => rank === best);
  const [first] = chosen;
  if (first === undefined) throw unknown(given, named, buckets);
  if (chosen.length === 1) return { bucket: first.bucket.key, column: first.column };
  const names = chosen.map(({ bucket, column }) => nameOf({ bucket: bucket.key, column }));
  throw new GlacierError("USAGE", `\`--column ${given}\` can mean more than one column.`, {
    hint: `Write ${quoted(names, "or")}.`,
  });
}

/** Every way to read a text as a bucket, a dot, and a column. */
function splits(text: string): readonly (readonly [bucket: string, column: string])[] {
  return Array.from(text.matchAll(/\./g), ({ index }) => [text.slice(0, index), text.slice(index + 1)] as const);
}

/** What a bucket may be called, the most exact first. */
function namesOf({ key, provider, step }: BucketNode): readonly (readonly string[])[] {
  const label = key.startsWith(`${provider}:`) ? key.slice(provider.length + 1) : key;
  const path = label.slice(label.indexOf("/") + 1);
  const file = path.slice(path.lastIndexOf("/") + 1);
  const stem = file.replace(/(?<=.)\.[^.]+$/, "");
  return [[key], [label], [path], [file], [stem, ...(step === undefined ? [] : [step])]];
}

function unknown(
  given: string,
  named: readonly { readonly bucket: BucketNode; readonly column: string; readonly rank: number }[],
  buckets: readonly BucketNode[],
): GlacierError {
  const [first] = named.toSorted((one, other) => one.rank - other.rank);
  if (first !== undefined) {
    const columns = [...first.bucket.columns.keys()];
    return new GlacierError("USAGE", `\`${first.bucket.key}\` has no column \`${first.column}\`.`, {
      hint: `${didYouMean(first.column, columns)}${has(columns, "column")}`,
    });
  }
  const at = given.lastIndexOf(".");
  if (at < 0) {
    const holders = buckets.filter(({ columns }) => columns.has(given)).map(({ key }) => `${key}.${given}`);
    return new GlacierError("USAGE", `\`--column ${given}\` does not say of which bucket.`, {
      hint: holders.length === 0 ? "Write it as `bucket.column`." : `Write ${quoted(holders.slice(0, 10), "or")}.`,
    });
  }
  const bucket = given.slice(0, at);
  const names = [...new Set(buckets.flatMap((each) => namesOf(each).flat()))];
  return new GlacierError("USAGE", `The pipeline has no bucket \`${bucket}\`.`, {
    hint: `${didYouMean(bucket, names)}${has(
      buckets.map(({ key }) => key),
      "bucket",
    )}`,
  });
}

function has(names: readonly string[], noun: string): string {
  if (names.length === 0) return `Its ${noun}s are not known.`;
  return names.length <= 20 ? `It has ${quoted(names)}.` : `It has ${names.length} ${noun}s.`;
}
