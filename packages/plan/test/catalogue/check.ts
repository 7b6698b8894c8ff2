import { type AnyTask, type Bucket, Dag, type DagStep, Pipeline, Provider } from "@glacier/core";
import { local } from "@glacier/provider-local";
import type { TableSchema } from "../../src/model/column-type.ts";
import type { Trace } from "../../src/model/trace.ts";
import { schemaOf } from "../../src/polars/frame-schema.ts";
import { type SourceSchemas, trace } from "../../src/trace.ts";
import type { Step, TableName, Tables } from "./tables.ts";

/** Nothing is read of it, and nothing written. */
const provider = new Provider(local({ root: "/nowhere" }));
const names = ["orders", "customers", "lines", "prices", "calendar"] satisfies readonly TableName[];

/** A step of the catalogue as a step of a pipeline, over all tables. */
export function asStep(step: Step): DagStep {
  const task: AnyTask = provider.local().task({ name: "step", sources: names }, (frames) => step(frames as Tables));
  const sources: Record<string, Bucket> = {};
  for (const name of names) sources[name] = provider.bucket("tables", `${name}.parquet`);
  const target = new Pipeline(sources).transform(task as never).to(provider.bucket("out", "out.parquet"));
  return Dag.of(target).steps[0] as DagStep;
}

export const schemasOf = (tables: Tables): SourceSchemas =>
  Object.fromEntries(names.map((name): [string, TableSchema] => [name, schemaOf(tables[name].collectSync())]));

/** What is found of a step without its data. */
export const check = (step: Step, schemas: SourceSchemas): Promise<Trace> => trace(asStep(step), schemas);
