import type { Finding } from "@glacier/core";
import type { Trace } from "../model/trace.ts";
import type { ReadSchema } from "./read-schema.ts";

type Sources = ReadonlyMap<string, ReadSchema | undefined>;

/** The columns of a step's result whose type follows from one that is a guess. */
export function guessedColumns({ schema, lineage }: Trace, sources: Sources): ReadonlySet<string> {
  if (![...sources.values()].some((source) => (source?.guessed.size ?? 0) > 0)) return new Set();
  const direct = new Set(["identity", "transformation", "aggregation"]);
  const guessed = lineage.columns.filter(({ inputs }) =>
    inputs.some(({ source, column, influence }) => direct.has(influence) && sources.get(source)?.guessed.has(column)),
  );
  const names = new Set(guessed.map(({ column }) => column));
  return new Set((schema ?? []).map(({ name }) => name).filter((name) => names.has(name)));
}

/** What is wrong only if the guess is right. */
const aboutTypes: ReadonlySet<string> = new Set(["TYPE_MISMATCH", "QUERY_FAILED", "SCHEMA_MISMATCH"]);

/** Mistakes with types are not certain, where the step reads a column whose type is a guess. */
export function softened(findings: readonly Finding[], { reads }: Trace, sources: Sources): readonly Finding[] {
  const guessed = Object.entries(reads).flatMap(([source, { columns }]) =>
    columns.filter((column) => sources.get(source)?.guessed.has(column)),
  );
  const certain = new Set(
    [...sources.values()].flatMap((source) =>
      (source?.schema ?? []).map(({ name }) => name).filter((name) => source?.guessed.has(name) !== true),
    ),
  );
  return findings.map((finding): Finding => {
    if (finding.severity !== "error" || !aboutTypes.has(finding.code)) return finding;
    const { column, hint } = finding;
    const guess = column !== undefined && guessed.includes(column) ? column : guessed[0];
    if (guess === undefined || (column !== undefined && certain.has(column))) return finding;
    const why = `It is not certain: the type of \`${guess}\` is a guess, as it comes from a text format. \`schema\` of the bucket settles it.`;
    return { ...finding, severity: "warning", hint: hint === undefined ? why : `${hint} ${why}` };
  });
}
