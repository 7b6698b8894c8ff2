import type { BucketColumn, PipelineLineage } from "../model/pipeline-lineage.ts";
import { bitOf, influencesOf } from "./influence.ts";

/** Inputs, as the numbers of their columns, with how each influences. */
export interface Inputs {
  readonly columns: Int32Array;
  readonly influences: Uint16Array;
}

/** A bucket that a step writes. */
export interface Written {
  /** The number of the bucket. */
  readonly bucket: number;
  /** The numbers of its columns, and where each is from. */
  readonly columns: readonly { readonly column: number; readonly inputs: Inputs }[];
  readonly dataset: Inputs;
  /** The numbers of the buckets that anything in it is from. */
  readonly sources: readonly number[];
}

type Numbered = Omit<BucketColumn, "influence">;

/**
 * The lineage of a pipeline as a graph of numbers: all columns of all buckets are numbered, and so are the buckets. A walk
 * over it needs one array, whatever the names.
 */
export class Edges {
  /** In the order of the steps. */
  readonly written: readonly Written[];
  readonly #columns: Numbered[] = [];
  readonly #numbers = new Map<string, Map<string, number>>();
  readonly #buckets = new Map<string, number>();

  constructor({ buckets }: PipelineLineage) {
    this.written = buckets.map(({ bucket, columns, dataset }) => {
      const sources = new Set<number>();
      const inputs = (given: readonly BucketColumn[]): Inputs => {
        for (const input of given) sources.add(this.bucket(input.bucket));
        return {
          columns: Int32Array.from(given, (input) => this.column(input.bucket, input.column)),
          influences: Uint16Array.from(given, ({ influence }) => bitOf(influence)),
        };
      };
      return {
        bucket: this.bucket(bucket),
        columns: columns.map((made) => ({ column: this.column(bucket, made.column), inputs: inputs(made.inputs) })),
        dataset: inputs(dataset),
        sources: [...sources],
      };
    });
  }

  get columnCount(): number {
    return this.#columns.length;
  }

  get bucketCount(): number {
    return this.#buckets.size;
  }

  /** The number of a bucket, which it gets if it has none. */
  bucket(bucket: string): number {
    return numberIn(this.#buckets, bucket, this.#buckets.size);
  }

  /** The number of a column, which it gets if it has none. */
  column(bucket: string, column: string): number {
    let numbers = this.#numbers.get(bucket);
    if (numbers === undefined) this.#numbers.set(bucket, (numbers = new Map()));
    const number = numberIn(numbers, column, this.#columns.length);
    if (number === this.#columns.length) this.#columns.push({ bucket, column });
    return number;
  }

  /** The columns that have influences in an array, by their numbers, once for each. */
  listed(influences: Uint16Array): readonly BucketColumn[] {
    const listed: BucketColumn[] = [];
    for (let number = 0; number < influences.length; number++) {
      const each = influences[number] as number;
      if (each === 0) continue;
      const { bucket, column } = this.#columns[number] as Numbered;
      for (const influence of influencesOf(each)) listed.push({ bucket, column, influence });
    }
    return listed;
  }
}

function numberIn(numbers: Map<string, number>, name: string, next: number): number {
  const known = numbers.get(name);
  if (known === undefined) numbers.set(name, next);
  return known ?? next;
}
