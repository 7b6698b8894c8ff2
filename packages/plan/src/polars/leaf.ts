import { GlacierError, type LazyFrame } from "@glacier/core";
import type { TableSchema } from "../model/column-type.ts";
import type { Polars } from "./load.ts";
import { schemaJson } from "./types.ts";

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

/** The same columns under the same name come again at every step. */
const made = new Map<string, Leaf>();
const mostLeaves = 500;

export function makeLeaf(polars: Polars, name: string, schema: TableSchema): Leaf {
  const json = leafJson(polars, name, schema);
  const known = made.get(json);
  if (known !== undefined) return known;
  const frame = polars.LazyDataFrame.deserialize(Buffer.from(json), "json");
  const leaf = { name, schema, frame, bytes: frame.serialize("bincode") };
  if (made.size >= mostLeaves) made.clear();
  made.set(json, leaf);
  return leaf;
}

const placeholders = { path: "glacier path", schema: "glacier schema" } as const;
let template: string | undefined;

function leafJson(polars: Polars, name: string, schema: TableSchema): string {
  template ??= leafTemplate(polars);
  return template
    .replace(JSON.stringify(placeholders.path), () => JSON.stringify(pathOfLeaf(name)))
    .replace(JSON.stringify(placeholders.schema), () => schemaJson(schema));
}

function leafTemplate(polars: Polars): string {
  const scan = polars.scanParquet(placeholders.path, { glob: false });
  const plan = JSON.parse(scan.serialize("json").toString("utf8")) as {
    Scan?: { scan_type?: { Parquet?: { options?: { schema?: unknown } } } };
  };
  const options = plan.Scan?.scan_type?.Parquet?.options;
  if (options?.schema === undefined) {
    throw new GlacierError(
      "QUERY_FAILED",
      "This version of Polars writes its plans in another way than Glacier knows.",
      { hint: "Use nodejs-polars 0.26.1." },
    );
  }
  options.schema = placeholders.schema;
  return JSON.stringify(plan);
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
    if (frame === undefined) continue;
    bytes = replaceAll(bytes, leaf.bytes, frame);
    if (!bytes.includes(pathOfLeaf(leaf.name))) continue;
    for (const { name, offset } of rowIndices(plan)) {
      const counted = polars.LazyDataFrame.deserialize(frame, "bincode").withRowIndex(name, offset);
      bytes = replaceAll(
        bytes,
        leaf.frame.withRowIndex(name, offset).serialize("bincode"),
        counted.serialize("bincode"),
      );
    }
  }
  return polars.LazyDataFrame.deserialize(bytes, "bincode");
}

/** Polars has a scan count its own rows, so that a source with an index is another scan. */
function rowIndices(plan: LazyFrame): readonly { readonly name: string; readonly offset: number }[] {
  const json = plan.serialize("json").toString("utf8");
  const found = json.matchAll(/"row_index":(\{"name":"(?:[^"\\]|\\.)*","offset":\d+\})/g);
  return [...new Set([...found].map(([, index]) => index as string))].map((index) => JSON.parse(index));
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
