import type { Influence } from "../model/lineage.ts";
import type { BucketColumn, BucketLineage } from "../model/pipeline-lineage.ts";
import { isDirect } from "./influence.ts";

/**
 * The facet `columnLineage` of an output dataset in OpenLineage 1-2-0
 * (https://openlineage.io/spec/facets/1-2-0/ColumnLineageDatasetFacet.json).
 */
export interface ColumnLineageFacet {
  readonly _producer: string;
  readonly _schemaURL: string;
  /** By the name of the column. */
  readonly fields: Readonly<Record<string, { readonly inputFields: readonly InputField[] }>>;
  /** What influences all rows. */
  readonly dataset: readonly InputField[];
}

export interface InputField extends Dataset {
  readonly field: string;
  readonly transformations: readonly Transformation[];
}

export interface Transformation {
  readonly type: "DIRECT" | "INDIRECT";
  readonly subtype:
    | "IDENTITY"
    | "TRANSFORMATION"
    | "AGGREGATION"
    | "JOIN"
    | "GROUP_BY"
    | "FILTER"
    | "SORT"
    | "WINDOW"
    | "CONDITIONAL";
  readonly description: string;
  /** Whether values can't be seen any more. Glacier doesn't judge that, so it is never said. */
  readonly masking: false;
}

/** What OpenLineage calls a place of data. */
export interface Dataset {
  readonly namespace: string;
  readonly name: string;
}

const producer = "https://www.npmjs.com/package/@glacier/plan";
const schema =
  "https://openlineage.io/spec/facets/1-2-0/ColumnLineageDatasetFacet.json#/$defs/ColumnLineageDatasetFacet";

/** @param datasets what OpenLineage calls a bucket, by its key */
export function columnLineageFacet(
  lineage: BucketLineage,
  datasets: (bucketKey: string) => Dataset,
): ColumnLineageFacet {
  // All columns of an opaque step have the very same inputs.
  const done = new Map<readonly BucketColumn[], readonly InputField[]>();
  const fields = lineage.columns.map(({ column, inputs }) => {
    const known = done.get(inputs) ?? inputFields(inputs, datasets);
    done.set(inputs, known);
    return [column, { inputFields: known }] as const;
  });
  return {
    _producer: producer,
    _schemaURL: schema,
    fields: Object.fromEntries(fields),
    dataset: inputFields(lineage.dataset, datasets),
  };
}

function inputFields(inputs: readonly BucketColumn[], datasets: (bucketKey: string) => Dataset): readonly InputField[] {
  const fields = new Map<string, { readonly input: BucketColumn; readonly transformations: Transformation[] }>();
  for (const input of inputs) {
    const key = JSON.stringify([input.bucket, input.column]);
    const known = fields.get(key) ?? { input, transformations: [] };
    known.transformations.push(transformationOf(input.influence));
    fields.set(key, known);
  }
  return [...fields.values()].map(({ input, transformations }) => {
    const { namespace, name } = datasets(input.bucket);
    return { namespace, name, field: input.column, transformations };
  });
}

const subtypes = {
  identity: "IDENTITY",
  transformation: "TRANSFORMATION",
  aggregation: "AGGREGATION",
  join: "JOIN",
  "group-by": "GROUP_BY",
  filter: "FILTER",
  sort: "SORT",
  window: "WINDOW",
  conditional: "CONDITIONAL",
} as const satisfies Readonly<Record<Influence, Transformation["subtype"]>>;

const descriptions: Readonly<Record<Influence, string>> = {
  identity: "its values as they are",
  transformation: "its values, changed",
  aggregation: "one value of several of it",
  join: "decides which rows of two tables meet",
  "group-by": "decides which rows belong together",
  filter: "decides which rows are there",
  sort: "decides where rows stand",
  window: "decides which rows a value is computed of",
  conditional: "decides which value is taken",
};

function transformationOf(influence: Influence): Transformation {
  return {
    type: isDirect(influence) ? "DIRECT" : "INDIRECT",
    subtype: subtypes[influence],
    description: descriptions[influence],
    masking: false,
  };
}
