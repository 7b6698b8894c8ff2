import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { type Bucket, type FormatName, formats, type GlacierError, type SchemaColumns } from "@glacier/core";
import pl from "nodejs-polars";
import { formatAdapters } from "../src/formats/format.ts";
import { scanBucket } from "../src/scan.ts";
import { type Lake, makeLake } from "./lake.ts";

/** A lake with what tests of schemas do with buckets. */
export interface ContractLake extends Lake {
  /** Writes a file in bucket `b` with the ending of its format, and gives its path. */
  write(format: FormatName, path: string, columns: Record<string, unknown>): string;
  bucket(path: string, schema: SchemaColumns, options?: object): Bucket;
  /** A step that writes what it reads. */
  copied(source: Bucket, target?: string): Bucket;
}

export function makeContractLake(): ContractLake {
  const lake = makeLake();
  return {
    ...lake,
    write: (format, path, columns) => {
      const file = `${path}${formats[format].extensions[0]}`;
      mkdirSync(dirname(lake.path(file)), { recursive: true });
      const frame = (pl.DataFrame(columns as never) as pl.DataFrame).lazy();
      formatAdapters[format].sink(frame, { uri: lake.path(file) }, {}).collectSync();
      return file;
    },
    bucket: (path, schema, options = {}) => lake.provider.bucket("b", path, { schema, ...options }),
    copied: (source, target = "out.parquet") =>
      source.transform(lake.here.task("copy", (df) => df)).to(lake.provider.bucket("b", target)),
  };
}

/** A column `id` of Int64. */
export const ids = (...values: (number | null)[]): pl.Series => pl.Series("id", values, pl.Int64);

/** All files of a format in a folder. */
export const pattern = (format: FormatName): string => `*${formats[format].extensions[0]}`;

export async function read(source: Bucket): Promise<{ columns: string[]; types: string[]; rows: unknown[][] }> {
  const frame = await (await scanBucket(source)).collect();
  return { columns: frame.columns, types: frame.dtypes.map(String), rows: frame.rows() };
}

/** The error of a scan, which must fail. */
export function refused(source: Bucket): Promise<GlacierError> {
  return scanBucket(source).then(
    () => {
      throw new Error("The bucket was expected to be refused, but it was read.");
    },
    (error: GlacierError) => error,
  );
}
