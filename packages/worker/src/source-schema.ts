import type { Bucket } from "@glacier/core";
import { schemaOf, type TableSchema } from "@glacier/plan";
import { scanWithObjects } from "./scan.ts";

/**
 * The columns of a bucket as they are in storage: from the metadata of Parquet and Arrow IPC; of CSV and NDJSON from the
 * first lines, as many as `inferSchemaLength` of its `scan` options says (100, if it does not).
 * @throws as `scanBucket`
 */
export async function sourceSchema(bucket: Bucket): Promise<TableSchema> {
  const { frame } = await scanWithObjects(bucket);
  return schemaOf(await frame.limit(0).collect());
}
