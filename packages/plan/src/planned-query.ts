import type { LazyFrame, Sources } from "@glacier/core";
import { type Leaf, withFrames } from "./polars/leaf.ts";
import { loadPolars } from "./polars/load.ts";

/**
 * The query of a step's task, made before the run over leaves that stand for its sources. All that a task can learn of a
 * leaf are the names of its columns; so over sources with those names, it is the query that the task would make again.
 */
export class PlannedQuery {
  readonly #query: LazyFrame;
  readonly #leaves: readonly Leaf[];

  constructor(query: LazyFrame, leaves: readonly Leaf[]) {
    this.#query = query;
    this.#leaves = leaves;
  }

  /** Whether it was made over sources with these columns. @param columns By the name of the source. */
  fits(columns: ReadonlyMap<string, readonly string[]>): boolean {
    return (
      columns.size === this.#leaves.length &&
      this.#leaves.every(({ name, schema }) => {
        const found = columns.get(name);
        return found?.length === schema.length && schema.every((column, at) => column.name === found[at]);
      })
    );
  }

  /** The same query over the sources themselves. */
  async over(frames: Sources): Promise<LazyFrame> {
    const sources = new Map(Object.entries(frames).map(([name, frame]) => [name, frame.serialize("bincode")]));
    return withFrames(await loadPolars(), this.#query, this.#leaves, sources);
  }
}
