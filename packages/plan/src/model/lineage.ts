/**
 * How a column of a source gets into a column of the result, in the vocabulary of OpenLineage's column lineage facet
 * 1-2-0 (https://openlineage.io/spec/facets/1-2-0/ColumnLineageDatasetFacet.json).
 *
 * Direct, its values are in the result: as they are (`identity`), changed (`transformation`), or several made one
 * (`aggregation`). Indirect, it only decides which values are there, or where: by a join's key, a group's key, a filter,
 * an order, a window's partition or order, a condition.
 */
export type Influence = DirectInfluence | IndirectInfluence;
export type DirectInfluence = "identity" | "transformation" | "aggregation";
export type IndirectInfluence = "join" | "group-by" | "filter" | "sort" | "window" | "conditional";

/** One column of one source, and how it is used. */
export interface LineageInput {
  /** The name of the source, as the task knows it. */
  readonly source: string;
  readonly column: string;
  readonly influence: Influence;
}

/** Where the columns of a step's result come from. */
export interface StepLineage {
  /** For each column of the result, in order, what it is made of and what influences it alone. */
  readonly columns: readonly ColumnLineage[];
  /** What influences every row, and so every column: filters, keys of joins and groups, orders. */
  readonly dataset: readonly LineageInput[];
  /** Why it is not exact, where it isn't: then every column is said to come from all columns that it could come from. */
  readonly opaque?: string;
}

export interface ColumnLineage {
  readonly column: string;
  readonly inputs: readonly LineageInput[];
}
