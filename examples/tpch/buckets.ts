import { type Bucket, Provider } from "@glacier/core";
import { local } from "@glacier/provider-local";
import { schema, type TableName } from "./schema.ts";

/** The folder of the tables and the answers: `tpch/lineitem.parquet`, `answers/q01.parquet`, … */
const root = process.env["TPCH_ROOT"] ?? new URL("./data", import.meta.url);
const provider = new Provider(local({ root }), { name: "tpch" });

export const machine = provider.local();

export function table(name: TableName): Bucket {
  return provider.bucket("tpch", `${name}.parquet`, { schema: schema[name] });
}

export function answer(query: string): Bucket {
  return provider.bucket("answers", `${query}.parquet`);
}
