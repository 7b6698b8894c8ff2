import type { TableSchema } from "../model/column-type.ts";
import type { StepLineage } from "../model/lineage.ts";

/**
 * The lineage of a step whose plan can't be read: every column of its result may come from every column of every source.
 * @param schema the columns of its result, if they are known
 * @param sources the columns of its sources; one whose columns nobody knows is left out
 * @param reason a sentence
 */
export function opaqueLineage(
  schema: TableSchema | undefined,
  sources: ReadonlyMap<string, TableSchema | undefined>,
  reason: string,
): StepLineage {
  const inputs = [...sources].flatMap(([source, columns]) =>
    (columns ?? []).map(({ name }) => ({ source, column: name, influence: "transformation" as const })),
  );
  return { columns: (schema ?? []).map(({ name }) => ({ column: name, inputs })), dataset: [], opaque: reason };
}
