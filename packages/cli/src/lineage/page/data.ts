import type { BucketColumn, Influence } from "@glacier/plan";
import type { ColumnGraph, ColumnName } from "../column-graph.ts";
import { rowGeometry } from "./tables.ts";

/**
 * The lineage as the page's script reads it. Columns are numbered through all buckets. Many columns are made of the same
 * ones where a step can't be read, so what they are made of is a list that they share.
 */
export interface PageData {
  readonly buckets: readonly {
    readonly key: string;
    readonly provider: string;
    readonly role: string;
    readonly step?: string;
    readonly opaque?: string;
    /** Name, type if it is known, and the number of the list of what it is made of. */
    readonly columns: readonly (readonly [name: string, type: string | null, list: number])[];
    /** The number of the list of what influences every row. */
    readonly dataset: number;
  }[];
  /** Column, influence, column, influence, … */
  readonly lists: readonly (readonly number[])[];
  /** The direct ones first. */
  readonly influences: readonly Influence[];
  /** How many of them are direct. */
  readonly direct: number;
  /** The column that is selected at first. */
  readonly selected?: number;
  readonly geometry: typeof rowGeometry;
}

const influences: readonly Influence[] = [
  "identity",
  "transformation",
  "aggregation",
  "join",
  "group-by",
  "filter",
  "sort",
  "window",
  "conditional",
];

export function pageData(graph: ColumnGraph, selected?: ColumnName): PageData {
  const buckets = [...graph.buckets.values()];
  const numbers = new Map<string, ReadonlyMap<string, number>>();
  let count = 0;
  for (const { key, columns } of buckets) {
    const first = count;
    numbers.set(key, new Map(Array.from(columns.keys(), (name, at) => [name, first + at])));
    count += columns.size;
  }
  const lists: (readonly number[])[] = [];
  const known = new Map<string, number>();
  const listOf = (inputs: readonly BucketColumn[]): number => {
    const list = inputs.flatMap(({ bucket, column, influence }) => {
      const number = numbers.get(bucket)?.get(column);
      return number === undefined ? [] : [number, influences.indexOf(influence)];
    });
    const text = list.join();
    const at = known.get(text) ?? lists.push(list) - 1;
    known.set(text, at);
    return at;
  };
  const first = selected === undefined ? undefined : numbers.get(selected.bucket)?.get(selected.column);
  return {
    buckets: buckets.map(({ columns, ...facts }) => ({
      ...facts,
      columns: Array.from(columns, ([name, type]) => [
        name,
        type ?? null,
        listOf(graph.inputsOf({ bucket: facts.key, column: name })),
      ]),
      dataset: listOf(graph.datasetOf(facts.key)),
    })),
    lists,
    influences,
    direct: 3,
    ...(first === undefined ? {} : { selected: first }),
    geometry: rowGeometry,
  };
}
