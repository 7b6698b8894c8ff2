import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Influence } from "../model/lineage.ts";
import type { BucketColumn, BucketLineage, PipelineLineage } from "../model/pipeline-lineage.ts";
import { affected, origins } from "./follow.ts";

const influences = [
  "identity",
  "transformation",
  "aggregation",
  "join",
  "group-by",
  "filter",
  "sort",
  "window",
  "conditional",
] as const satisfies readonly Influence[];

const from = (text: string): BucketColumn => {
  const [place = "", influence = ""] = text.split(" ");
  const [bucket = "", column = ""] = place.split(".");
  return { bucket, column, influence: influence as Influence };
};
const text = ({ bucket, column, influence }: BucketColumn): string => `${bucket}.${column} ${influence}`;

/** A bucket, and what each of its columns is from: `b: "raw.a identity"`; `*` is for all rows. */
function written(bucket: string, columns: Readonly<Record<string, readonly string[]>>): BucketLineage {
  const { "*": dataset = [], ...others } = columns;
  return {
    bucket,
    step: `make ${bucket}`,
    columns: Object.entries(others).map(([column, inputs]) => ({ column, inputs: inputs.map(from) })),
    dataset: dataset.map(from),
  };
}

const orders: PipelineLineage = {
  buckets: [
    written("clean", { id: ["raw.id identity"], amount: ["raw.amount transformation"], "*": ["raw.paid filter"] }),
    written("ranked", {
      id: ["clean.id identity"],
      nth: ["clean.amount transformation", "clean.id window"],
    }),
    written("best", { id: ["ranked.id identity"], "*": ["ranked.nth filter"] }),
    written("other", { amount: ["clean.amount aggregation"] }),
  ],
};

describe("the origins of a column", () => {
  it("are columns of buckets that no step writes, with the strongest of what happens on the way", () => {
    expect(origins(orders, "other", "amount").map(text)).toEqual(["raw.amount aggregation", "raw.paid filter"]);
  });

  it("decide about values where what is made of them does", () => {
    expect(origins(orders, "best", "id").map(text).toSorted()).toEqual(
      ["raw.amount filter", "raw.id identity", "raw.id filter", "raw.paid filter"].toSorted(),
    );
    expect(origins(orders, "ranked", "nth").map(text)).toEqual([
      "raw.id window",
      "raw.amount transformation",
      "raw.paid filter",
    ]);
  });

  it("are the column itself where no step writes its bucket, or says nothing of it", () => {
    expect(origins(orders, "raw", "id").map(text)).toEqual(["raw.id identity"]);
    const opaque: PipelineLineage = {
      buckets: [{ ...written("made", {}), opaque: "It is." }, written("end", { a: ["made.a transformation"] })],
    };
    expect(origins(opaque, "end", "a").map(text)).toEqual(["made.a transformation"]);
  });
});

describe("what a column affects", () => {
  it("is all that is made of it, and all columns of a bucket whose rows it decides about", () => {
    expect(affected(orders, "raw", "amount").map(text)).toEqual([
      "clean.amount transformation",
      "ranked.nth transformation",
      "best.id filter",
      "other.amount aggregation",
    ]);
    expect(affected(orders, "raw", "paid").map(text)).toEqual([
      "clean.id filter",
      "clean.amount filter",
      "ranked.id filter",
      "ranked.nth filter",
      "best.id filter",
      "other.amount filter",
    ]);
    expect(affected(orders, "best", "id")).toEqual([]);
  });
});

/** Each step reads what steps before it write, and three sources. */
const pipelines: fc.Arbitrary<PipelineLineage> = fc
  .array(fc.array(fc.tuple(fc.nat(), fc.nat(3), fc.nat(3), fc.constantFrom(...influences)), { maxLength: 8 }), {
    minLength: 1,
    maxLength: 8,
  })
  .map((steps) => ({
    buckets: steps.map((inputs, index): BucketLineage => {
      const places = ["s0", "s1", "s2", ...Array.from({ length: index }, (_, before) => `b${before}`)];
      const of = (wanted: number): readonly BucketColumn[] =>
        inputs
          .filter(([, target]) => target === wanted)
          .map(([place, , column, influence]) => ({
            bucket: places[place % places.length] as string,
            column: `c${column % 3}`,
            influence,
          }));
      return {
        bucket: `b${index}`,
        step: `step ${index}`,
        columns: [0, 1, 2].map((column) => ({ column: `c${column}`, inputs: of(column) })),
        dataset: of(3).filter(({ influence }) => influences.indexOf(influence) > 2),
      };
    }),
  }));

describe("origins and what is affected", () => {
  it("say the same from both ends", () => {
    let edges = 0;
    fc.assert(
      fc.property(pipelines, (pipeline) => {
        const sources = ["s0", "s1", "s2"].flatMap((bucket) =>
          [0, 1, 2].map((column) => [bucket, `c${column}`] as const),
        );
        const forwards = sources.flatMap(([bucket, column]) =>
          affected(pipeline, bucket, column).map((made) => `${bucket}.${column} -> ${text(made)}`),
        );
        const backwards = pipeline.buckets.flatMap(({ bucket, columns }) =>
          columns.flatMap(({ column }) =>
            origins(pipeline, bucket, column).map(
              (origin) => `${origin.bucket}.${origin.column} -> ${bucket}.${column} ${origin.influence}`,
            ),
          ),
        );
        expect(forwards.toSorted()).toEqual(backwards.toSorted());
        edges += forwards.length;
      }),
    );
    expect(edges).toBeGreaterThan(100);
  });

  it("grow with the number of steps, and no faster", () => {
    const chain = (steps: number): PipelineLineage => ({
      buckets: Array.from({ length: steps }, (_, step) => ({
        bucket: `b${step + 1}`,
        step: `step ${step}`,
        columns: Array.from({ length: 50 }, (__, column) => ({
          column: `c${column}`,
          inputs: [
            { bucket: `b${step}`, column: `c${column}`, influence: "identity" },
            { bucket: `b${step}`, column: `c${(column + 1) % 50}`, influence: "transformation" },
          ],
        })),
        dataset: [{ bucket: `b${step}`, column: `c${step % 50}`, influence: "filter" }],
      })),
    });
    const long = chain(2_000);
    // Every column is made of all of them, in the end.
    expect(origins(long, "b2000", "c0").filter(({ influence }) => influence === "transformation")).toHaveLength(50);
    expect(affected(long, "b0", "c0").length).toBeGreaterThan(2_000 * 50);
  });
});
