import { describe, expect, it } from "vitest";
import type { BucketLineage } from "../model/pipeline-lineage.ts";
import { columnLineageFacet, type ColumnLineageFacet } from "./openlineage.ts";

const lineage: BucketLineage = {
  bucket: "lake/totals",
  step: "sum",
  columns: [
    {
      column: "total",
      inputs: [
        { bucket: "lake/orders", column: "amount", influence: "aggregation" },
        { bucket: "lake/orders", column: "amount", influence: "window" },
        { bucket: "lake/rates", column: "amount", influence: "transformation" },
      ],
    },
    { column: "one", inputs: [] },
    { column: "__proto__", inputs: [{ bucket: "lake/orders", column: "id", influence: "identity" }] },
  ],
  dataset: [{ bucket: "lake/orders", column: "status", influence: "group-by" }],
};
const facet = columnLineageFacet(lineage, (key) => ({ namespace: "file", name: `/data/${key}` }));

/**
 * What https://openlineage.io/spec/facets/1-2-0/ColumnLineageDatasetFacet.json demands, written down from it: required
 * properties and their types. It lets any others through.
 */
function violations(given: ColumnLineageFacet): readonly string[] {
  const wrong: string[] = [];
  const demand = (holds: boolean, what: string): void => void (holds || wrong.push(what));
  const isText = (value: unknown): boolean => typeof value === "string";
  demand(URL.canParse(given["_producer"]), "_producer is a URI");
  demand(URL.canParse(given["_schemaURL"]), "_schemaURL is a URI");
  demand(typeof given.fields === "object", "fields is an object");
  const inputFields = Object.values(given.fields).map((field) => field.inputFields);
  demand(inputFields.every(Array.isArray), "each field has inputFields");
  for (const input of [...inputFields, given.dataset].flat()) {
    for (const key of ["namespace", "name", "field"] as const) demand(isText(input[key]), `${key} is a text`);
    for (const { type, subtype, description, masking } of input.transformations) {
      demand(["DIRECT", "INDIRECT"].includes(type), "type is one of two");
      demand(isText(subtype) && isText(description), "subtype and description are texts");
      demand(typeof masking === "boolean", "masking is a boolean");
    }
  }
  return wrong;
}

describe("OpenLineage's facet of column lineage", () => {
  it("has what its schema demands", () => {
    expect(violations(facet)).toEqual([]);
    expect(violations(JSON.parse(JSON.stringify(facet)) as ColumnLineageFacet)).toEqual([]);
    expect(facet["_schemaURL"]).toBe(
      "https://openlineage.io/spec/facets/1-2-0/ColumnLineageDatasetFacet.json#/$defs/ColumnLineageDatasetFacet",
    );
  });

  it("has each input once, with all that happens to it", () => {
    expect(facet.fields["total"]?.inputFields).toMatchObject([
      {
        namespace: "file",
        name: "/data/lake/orders",
        field: "amount",
        transformations: [
          { type: "DIRECT", subtype: "AGGREGATION", masking: false },
          { type: "INDIRECT", subtype: "WINDOW", masking: false },
        ],
      },
      { name: "/data/lake/rates", transformations: [{ type: "DIRECT", subtype: "TRANSFORMATION" }] },
    ]);
  });

  it("has columns without inputs, and of any name", () => {
    expect(Object.keys(facet.fields)).toEqual(["total", "one", "__proto__"]);
    expect(facet.fields["one"]).toEqual({ inputFields: [] });
  });

  it("has what is about all rows for the dataset", () => {
    expect(facet.dataset).toMatchObject([
      { field: "status", transformations: [{ type: "INDIRECT", subtype: "GROUP_BY" }] },
    ]);
  });
});
