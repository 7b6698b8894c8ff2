import { type Bucket, GlacierError, type GlacierErrorCode } from "@glacier/core";
import { missingColumn, missingColumnHint } from "@glacier/plan";
import { engineMessage, messageOf } from "./engine-message.ts";

interface Fault {
  readonly pattern: RegExp;
  readonly code: GlacierErrorCode;
  readonly hint: string;
}

/**
 * Polars reports every fault as an `Error` with one code; only the text tells them apart. These texts are those of
 * nodejs-polars 0.26; tests show that each still comes. Those that quote values of the user's data stand first and start
 * at the beginning, so that no value is taken for a fault.
 */
const faults: readonly Fault[] = [
  {
    pattern: /^conversion from .* failed/,
    code: "QUERY_FAILED",
    hint: "A strict cast met a value that does not fit. Clean the values first, or cast without `true`, which makes them null.",
  },
  {
    pattern: /^could not parse `[^]*` as dtype/,
    code: "SOURCE_UNREADABLE",
    hint: "The type of a column was found from the first rows of a CSV file. In `scan` of the bucket, give a larger `inferSchemaLength`, or the column's type in `schemaOverrides`; `nullValues` are texts that stand for null.",
  },
  {
    pattern: /^cannot parse '[^]*' \(\w+\) as|^got non-null value for NULL-typed column/,
    code: "SOURCE_UNREADABLE",
    hint: "The type of a column was found from the first lines of an NDJSON file. In `scan` of the bucket, give a larger `inferSchemaLength`, or the column's type in `schemaOverrides`.",
  },
  {
    pattern: /^(?:parquet: )?(?:.*: )?No space left on device|os error 28\)|Disk quota exceeded|os error 122\)/,
    code: "STORAGE_FULL",
    hint: "Free some room and run again. The target is what it was before.",
  },
  {
    pattern: /Permission denied|os error (?:1|13|30)\)|lacked the necessary privileges/,
    code: "STORAGE_DENIED",
    hint: "Check the permissions of the files that the step reads and writes.",
  },
  {
    pattern: /No such file or directory|expanded paths were empty|Object at location .* not found/,
    code: "SOURCE_NOT_FOUND",
    hint: "A file that the step reads has gone, or was never there.",
  },
  {
    pattern:
      /^extra column in file|^data type mismatch for column|^not found: did not find column|^schema lengths differ$/,
    code: "SOURCE_UNREADABLE",
    hint: "Files that are read together differ in their columns or types, or from the `schema` in `scan` of the bucket. Options of `scan` say what to do: `missingColumns`, `extraColumns`, `castOptions`.",
  },
  {
    pattern: /^found more fields than defined/,
    code: "SOURCE_UNREADABLE",
    hint: "A row of a CSV file has more fields than there are columns. `scan: { truncateRaggedLines: true }` of the bucket drops them; a wrong `separator` or `quoteChar` is another reason.",
  },
  {
    pattern: /^invalid utf-8 sequence/,
    code: "SOURCE_UNREADABLE",
    hint: 'A CSV file is not in UTF-8. Convert it, or read it with `scan: { encoding: "utf8-lossy" }`.',
  },
  {
    pattern: /File out of specification|out-of-spec|TapeError|^Syntax at character/,
    code: "SOURCE_UNREADABLE",
    hint: "A file that the step reads is damaged, or in another format.",
  },
  {
    pattern: /^CSV format does not support nested data/,
    code: "QUERY_FAILED",
    hint: "A column has lists or structs. Write another format, or turn the column into text first.",
  },
];

/** A fault of Polars in the words of the user's pipeline. @param staged The address of what the step has staged. */
export function engineError(error: unknown, step: string, buckets: readonly Bucket[], staged?: string): GlacierError {
  if (GlacierError.is(error)) return error;
  const raw = messageOf(error);
  const missing = columnNotFound(raw, step, error);
  if (missing !== undefined) return missing;
  const fault = faults.find(({ pattern }) => pattern.test(raw));
  const message = engineMessage(error, buckets, staged);
  return new GlacierError(fault?.code ?? "QUERY_FAILED", `Step \`${step}\` failed: ${message}`, {
    hint: fault?.hint ?? "Polars refused the query. `transform(task).preview()` shows what it gives without writing.",
    cause: error,
    details: { step },
  });
}

function columnNotFound(raw: string, step: string, cause: unknown): GlacierError | undefined {
  const missing = missingColumn(raw);
  if (missing === undefined) return undefined;
  const { column, columns } = missing;
  return new GlacierError("COLUMN_NOT_FOUND", `Step \`${step}\` asks for a column \`${column}\`, which is not there.`, {
    hint: missingColumnHint(missing),
    cause,
    details: { step, column, ...(columns === undefined ? {} : { columns }) },
  });
}
