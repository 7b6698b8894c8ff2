import { type Bucket, type BucketDefinition, Provider } from "@glacier/core";
import { local } from "@glacier/provider-local";
import { describe, expect, it } from "vitest";
import { loadPolars } from "../polars/load.ts";
import { fingerprint } from "./fingerprint.ts";
import { formsOf } from "./forms.ts";

const pl = await loadPolars();
const provider = new Provider(local({ root: "/tmp/one" }));
const task = provider.local().task("copy", (df) => df);

const bucket = (path: string, options: object = {}): Bucket =>
  provider.bucket({ bucket: "lake", path, ...options } as BucketDefinition);

/** Of a step that copies one bucket to another. */
function of(source: Bucket, target: Bucket = bucket("out.parquet")): string {
  const { step } = source.transform(task).to(target);
  if (step === undefined) throw new Error("no step");
  return fingerprint({ kind: "source", name: "df" }, { polars: "0.26.1", ...formsOf(step) });
}

describe("the forms of a step's buckets", () => {
  it("say nothing of places, providers and names", () => {
    const elsewhere = new Provider(local({ root: "/tmp/two" }), { name: "other" });
    const one = of(bucket("a.parquet"));
    expect(of(bucket("b/c.parquet"))).toBe(one);
    expect(of(bucket("*.parquet"), bucket("elsewhere.parquet"))).toBe(one);
    expect(of(elsewhere.bucket("sea", "a.parquet"), elsewhere.bucket("sea", "d.parquet"))).toBe(one);
    expect(of(bucket("folder", { format: "parquet" }))).toBe(one);
  });

  it("say how a source is read", () => {
    const csv = (scan: object): string => of(bucket("a.csv", { scan }));
    const types = { a: pl.Int64, b: pl.String };
    const all = [
      of(bucket("a.parquet")),
      csv({}),
      csv({ separator: ";" }),
      csv({ nRows: 5 }),
      csv({ schema: types }),
      csv({ schema: { a: pl.Int32, b: pl.String } }),
      csv({ schemaOverrides: types }),
    ];
    expect(new Set(all).size).toBe(all.length);
    expect(csv({ separator: ";", nRows: 5 })).toBe(csv({ nRows: 5, separator: ";" }));
  });

  it("have columns in order, as names in a schema replace those of the file", () => {
    const read = (schema: object): string => of(bucket("a.csv", { scan: { schema } }));
    expect(read({ a: pl.Int64, b: pl.String })).not.toBe(read({ b: pl.String, a: pl.Int64 }));
  });

  it("say which columns are declared, and not whether they may have nulls", () => {
    const declared = (schema: object, strict?: boolean): string =>
      of(bucket("a.parquet", { schema, ...(strict === undefined ? {} : { strict }) }));
    const one = declared({ a: pl.Int64, b: pl.String });
    expect(one).not.toBe(of(bucket("a.parquet")));
    expect(declared({ b: pl.String, a: pl.Int64 })).not.toBe(one);
    expect(declared({ a: pl.Int32, b: pl.String })).not.toBe(one);
    expect(declared({ a: pl.Int64, b: pl.String }, true)).toBe(one);
  });

  it("leave out what only makes reading faster", () => {
    const read = (scan: object): string => of(bucket("a.parquet", { scan }));
    expect(read({ parallel: "none", useStatistics: false })).toBe(read({}));
  });

  it("say how a source is written, where it is read so", () => {
    const written = (sink: object): string => of(bucket("a.csv", { sink }));
    expect(written({ separator: ";" })).not.toBe(written({}));
    expect(written({ floatPrecision: 2 })).toBe(written({}));
  });

  it("say how a target is written, and not how it is read later", () => {
    const source = bucket("a.parquet");
    const all = [
      of(source),
      of(source, bucket("x.csv")),
      of(source, bucket("x.csv", { sink: { separator: ";" } })),
      of(source, bucket("x.csv.gz")),
      of(source, bucket("x.parquet", { sink: { compression: "lz4" } })),
    ];
    expect(new Set(all).size).toBe(all.length);
    expect(of(source, bucket("x.csv", { scan: { nRows: 1 } }))).toBe(of(source, bucket("y.csv")));
  });
});
