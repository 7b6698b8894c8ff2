import { type Bucket, GlacierError, label, quoted } from "@glacier/core";
import { missingColumn } from "@glacier/plan";
import { engineMessage, messageOf } from "../engine-message.ts";
import { isText } from "./declared-bucket.ts";

/** What Polars says of values or files that are not as they were declared, by the formats of which it says so. */
const faults: readonly { readonly pattern: RegExp; readonly formats: readonly string[] }[] = [
  {
    pattern:
      /^could not parse `[^]*` as dtype|^could not find an appropriate format to parse times|^conversion from `str` to `time` failed/,
    formats: ["csv"],
  },
  {
    pattern:
      /^cannot parse '[^]*' \(\w+\) as|^unexpected value while building Series|^expected (?:dtype )?.* in JSON value/i,
    formats: ["ndjson"],
  },
  {
    pattern: /^data type mismatch for column|^extra column in file|^not found: did not find column/,
    formats: ["parquet", "ipc"],
  },
];

/**
 * An error of Polars in the words of a schema, where it must be that a source is not what it declares. Where another
 * source of that kind has no schema, nobody knows which of them it was.
 */
export function declaredReadFault(error: unknown, sources: readonly Bucket[]): GlacierError | undefined {
  if (GlacierError.is(error)) return undefined;
  const raw = messageOf(error);
  const formats = faults.find(({ pattern }) => pattern.test(raw))?.formats ?? [];
  const suspects = sources.filter(({ format }) => formats.includes(format));
  const [first] = suspects;
  if (first === undefined || suspects.some(({ schema }) => schema === undefined)) return undefined;
  return unreadableAsDeclared(error, suspects);
}

/** @param buckets One of them is meant. */
export function unreadableAsDeclared(cause: unknown, buckets: readonly Bucket[], staged?: string): GlacierError {
  const names = [...new Set(buckets.map((bucket) => label(bucket)))];
  const message = `${quoted(names, "or")} can't be read as its \`schema\` declares: ${engineMessage(cause, buckets, staged)}`;
  return new GlacierError("SCHEMA_MISMATCH", message, {
    hint: hintFor(cause, buckets),
    cause,
    details: { buckets: names },
  });
}

function hintFor(cause: unknown, buckets: readonly Bucket[]): string {
  if (missingColumn(messageOf(cause)) !== undefined) {
    return "`scan` of the bucket reads it in another way than `sink` writes it.";
  }
  return buckets.every(isText)
    ? "A value does not have the type that is declared for its column. Correct the values, or the `schema`; with `scan: { ignoreErrors: true }`, such values are null."
    : "A file has other columns or types. Correct the file, or the `schema`.";
}
