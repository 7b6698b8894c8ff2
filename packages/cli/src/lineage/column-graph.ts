import type { BucketColumn, BucketLineage, BucketTrace, Influence, PipelineTrace } from "@glacier/plan";
import { typeText } from "@glacier/plan";

/** A column of a bucket. */
export interface ColumnName {
  /** The bucket's key. */
  readonly bucket: string;
  readonly column: string;
}

export interface BucketNode {
  readonly key: string;
  readonly provider: string;
  readonly role: BucketTrace["role"];
  /** The step that writes it. */
  readonly step?: string;
  /** Why its lineage is not exact, where it isn't. */
  readonly opaque?: string;
  /** In order; those of which only the name is known have no type. */
  readonly columns: ReadonlyMap<string, string | undefined>;
}

/** How a column is used by another, or by every row of a bucket. */
export interface ColumnUse {
  readonly bucket: string;
  /** None where it influences every row. */
  readonly column?: string;
  readonly influence: Influence;
}

const directInfluences: ReadonlySet<Influence> = new Set(["identity", "transformation", "aggregation"]);

/** Whether values go on, and don't only decide about others. */
export const isDirect = ({ influence }: { readonly influence: Influence }): boolean => directInfluences.has(influence);

/** `flights/raw.csv.delay`: as `--column` takes it. */
export const nameOf = ({ bucket, column }: ColumnName): string => `${bucket}.${column}`;

const none: readonly never[] = [];

/** The columns of a pipeline and how they hang together, to be walked in both directions. */
export class ColumnGraph {
  /** By key, in the order of the pipeline: sources first. */
  readonly buckets: ReadonlyMap<string, BucketNode>;
  readonly #inputs = new Map<string, readonly BucketColumn[]>();
  readonly #dataset = new Map<string, readonly BucketColumn[]>();
  readonly #uses = new Map<string, ColumnUse[]>();

  constructor({ buckets, lineage }: PipelineTrace) {
    const columns = new Map(
      buckets.map(({ key, schema = [] }) => [key, new Map(schema.map(({ name, type }) => [name, typeText(type)]))]),
    );
    for (const written of lineage.buckets) this.#add(written, columns);
    const writers = new Map(lineage.buckets.map((written) => [written.bucket, written]));
    this.buckets = new Map(
      buckets.map(({ key, provider, role }): [string, BucketNode] => {
        const { step, opaque } = writers.get(key) ?? {};
        return [
          key,
          {
            key,
            provider,
            role,
            columns: columns.get(key) ?? new Map(),
            ...(step === undefined ? {} : { step }),
            ...(opaque === undefined ? {} : { opaque }),
          },
        ];
      }),
    );
  }

  /** What a column is made of, and what influences it alone. */
  inputsOf(name: ColumnName): readonly BucketColumn[] {
    return this.#inputs.get(id(name)) ?? none;
  }

  /** What influences every row of a bucket. */
  datasetOf(bucket: string): readonly BucketColumn[] {
    return this.#dataset.get(bucket) ?? none;
  }

  /** What a column is used for. */
  usesOf(name: ColumnName): readonly ColumnUse[] {
    return this.#uses.get(id(name)) ?? none;
  }

  #add(written: BucketLineage, columns: ReadonlyMap<string, Map<string, string | undefined>>): void {
    const { bucket, dataset } = written;
    this.#dataset.set(bucket, dataset);
    for (const { influence, ...input } of dataset) this.#use(input, { bucket, influence }, columns);
    for (const { column, inputs } of written.columns) {
      this.#inputs.set(id({ bucket, column }), inputs);
      know(columns, { bucket, column });
      for (const { influence, ...input } of inputs) this.#use(input, { bucket, column, influence }, columns);
    }
  }

  #use(input: ColumnName, use: ColumnUse, columns: ReadonlyMap<string, Map<string, string | undefined>>): void {
    know(columns, input);
    const uses = this.#uses.get(id(input));
    if (uses === undefined) this.#uses.set(id(input), [use]);
    else uses.push(use);
  }
}

const id = ({ bucket, column }: ColumnName): string => JSON.stringify([bucket, column]);

/** A column may be used of a bucket whose schema is not known. */
function know(columns: ReadonlyMap<string, Map<string, string | undefined>>, { bucket, column }: ColumnName): void {
  const known = columns.get(bucket);
  if (known !== undefined && !known.has(column)) known.set(column, undefined);
}
