import { GlacierError, type LazyFrame } from "@glacier/core";
import type { TableSchema } from "../model/column-type.ts";
import type { Polars } from "./load.ts";
import { decodeSchema, schemaJson } from "./types.ts";

/**
 * Stands for one of a step's sources while its task is called: a scan of a place where nothing can be, with the schema of
 * the source. So a plan can be made and asked for its columns, it names its sources, and no query over it can be
 * executed: what a task computes from data can't be mistaken for part of the plan.
 */
export interface Leaf {
  /** The name of the source. */
  readonly name: string;
  readonly schema: TableSchema;
  readonly frame: LazyFrame;
  /** How it stands in a plan. */
  readonly bytes: Buffer;
}

/** Below a file that is no folder there is nothing. */
const nowhere = "/dev/null/glacier-source/";

export const pathOfLeaf = (name: string): string => nowhere + encodeURIComponent(name);

/** The name of the source that a path in a plan stands for; `undefined` for a path of a real file. */
export function sourceOfPath(path: string): string | undefined {
  return path.startsWith(nowhere) ? decodeURIComponent(path.slice(nowhere.length)) : undefined;
}

/** Whether an error of Polars comes from a leaf that was to be read. */
export const isLeafRead = (error: unknown): boolean => error instanceof Error && error.message.includes(nowhere);

const placeholder = '"glacier schema"';

export function makeLeaf(polars: Polars, name: string, schema: TableSchema): Leaf {
  const frame = polars.LazyDataFrame.deserialize(Buffer.from(leafJson(polars, name, schema)), "json");
  return { name, schema, frame, bytes: frame.serialize("bincode") };
}

function leafJson(polars: Polars, name: string, schema: TableSchema): string {
  const scan = polars.scanParquet(pathOfLeaf(name), { glob: false });
  const plan = JSON.parse(scan.serialize("json").toString("utf8")) as {
    Scan?: { scan_type?: { Parquet?: { options?: { schema?: unknown } } } };
  };
  const options = plan.Scan?.scan_type?.Parquet?.options;
  if (options?.schema === undefined) {
    throw new GlacierError(
      "QUERY_FAILED",
      "This version of Polars writes its plans in another way than Glacier knows.",
      {
        hint: "Use nodejs-polars 0.26.1.",
      },
    );
  }
  options.schema = JSON.parse(placeholder);
  return JSON.stringify(plan).replace(placeholder, () => schemaJson(schema));
}

/** A frame of that schema, in memory and without rows. */
export function emptyFrame(leaf: Leaf): LazyFrame {
  return leaf.frame.limit(0).collectSync().lazy();
}

/**
 * The same plan over other frames. It works on Polars' binary form, in which a part stands as it does by itself: that is
 * exact, and unlike JSON it can be as deep as Polars itself allows.
 * @param frames By the name of the source.
 * @throws what Polars throws where the plan can't be serialised
 */
export function withFrames(
  polars: Polars,
  plan: LazyFrame,
  leaves: readonly Leaf[],
  frames: ReadonlyMap<string, Buffer>,
): LazyFrame {
  let bytes = plan.serialize("bincode");
  for (const leaf of leaves) {
    const frame = frames.get(leaf.name);
    if (frame !== undefined) bytes = replaceAll(bytes, leaf.bytes, frame);
  }
  return polars.LazyDataFrame.deserialize(bytes, "bincode");
}

function replaceAll(bytes: Buffer, part: Buffer, by: Buffer): Buffer {
  const parts: Buffer[] = [];
  let at = 0;
  for (let found = bytes.indexOf(part); found !== -1; found = bytes.indexOf(part, at)) {
    parts.push(bytes.subarray(at, found), by);
    at = found + part.length;
  }
  return at === 0 ? bytes : Buffer.concat([...parts, bytes.subarray(at)]);
}

interface ScanOfFrame {
  readonly DataFrameScan?: { readonly schema?: unknown };
}

/** The columns and types of a frame in memory, whatever types it has. @throws Unknown */
export function schemaOf(frame: ReturnType<LazyFrame["collectSync"]>): TableSchema {
  const plan = JSON.parse(frame.limit(0).lazy().serialize("json").toString("utf8")) as ScanOfFrame;
  return decodeSchema(plan.DataFrameScan?.schema, frame.columns);
}
